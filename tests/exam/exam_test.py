"""The page of `./dev exam`: made from runs on the sample town, it shows their figures; the same bytes twice; plots are
well-formed and stay inside their frames; goals and small helpers at their corners.
"""

import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree

SOURCE = pathlib.Path(os.environ["RENOWN_SOURCE"])
sys.path.insert(0, str(SOURCE / "exam"))

import figures  # noqa: E402
import goals  # noqa: E402
import markdown  # noqa: E402
import plot  # noqa: E402
import residual  # noqa: E402

TOWN = SOURCE / "examples/town"
SVG = "{http://www.w3.org/2000/svg}"


def make_exam(folder, *words, code=0):
    done = subprocess.run(
        [
            sys.executable,
            SOURCE / "exam/make_exam.py",
            os.environ["RENOWN_COMMAND"],
            *map(str, words),
            "--runs",
            folder,
        ],
        capture_output=True,
        text=True,
        timeout=280,
        check=False,
    )
    assert done.returncode == code, done.stderr
    return done.stderr


def files(folder):
    return {path.name: path.read_bytes() for path in [folder / "exam.md", *sorted((folder / "exam").iterdir())]}


class TownExam(unittest.TestCase):
    """One small exam of the town, made once for all tests: two shares, one draw."""

    @classmethod
    def setUpClass(cls):
        cls.scratch = tempfile.TemporaryDirectory(prefix="renown-test-")
        cls.folder = pathlib.Path(cls.scratch.name)
        cls.said = make_exam(cls.folder, TOWN / "interactions.csv", "--people", TOWN / "people.csv", "--quick")
        cls.page = (cls.folder / "exam.md").read_text(encoding="utf-8")

    @classmethod
    def tearDownClass(cls):
        cls.scratch.cleanup()

    def run_of(self, name):
        return json.loads((self.folder / "runs" / f"{name}.json").read_text(encoding="utf-8"))["figures"]

    def test_the_page_shows_the_figures_of_the_runs(self):
        evaluation = self.run_of("evaluate-random")
        self.assertEqual(len(evaluation["splits"]), 3)
        for split in evaluation["splits"]:
            measure = figures.measures(split)[0]
            name = figures.headline(split)
            self.assertEqual(name, "fitted, 10 % verified")
            self.assertIn(markdown.figure(figures.value(split, name, measure)), self.page)
            self.assertIn(f"split {split['split']}: {figures.ratio(split, name, measure):.3f}", self.page)
            best, highest = figures.best(split, measure)
            self.assertRegex(self.page, rf"{re.escape(markdown.figure(highest))} \[[^]]*\], {best} \|")
        self.assertRegex(self.page, r"(?m)^\| fitted, 10 % verified \| spread \| \d?\.\d{3} \| \d?\.\d{3} \|")
        middle = evaluation["splits"][1]["split"]
        attack = self.run_of(f"attack-{middle}-0.1")
        gained = figures.band(figures.scenario(attack, "once-100"), "p90")["points_gained"]
        self.assertIn(f"{gained['mean']:+.1f} ({gained['mean_upper_95']:+.1f}) {gained['most']:+.1f}", self.page)
        self.assertIn(evaluation["inputs"][0]["sha256"], self.page)

    def test_the_page_shows_what_was_run_and_no_path(self):
        self.assertIn("renown evaluate interactions.csv --splits", self.page)
        self.assertIn("renown attack interactions.csv --people people.csv", self.page)
        self.assertNotIn(str(SOURCE), self.page)
        self.assertNotIn(str(self.folder), self.page)

    def test_what_is_missed_comes_first(self):
        asked = re.findall(r"(?m)^\| (.*?) \| .* \| \*\*missed\*\* \|$", self.page)
        first = " ".join(self.page.split("## Asked and reached")[0].split())
        self.assertIn("## What is not reached", first)
        for sentence in asked:
            self.assertIn(sentence, first)

    def test_the_same_bytes_again_from_the_runs_that_are_kept(self):
        before = files(self.folder)
        said = make_exam(self.folder, TOWN / "interactions.csv", "--people", TOWN / "people.csv", "--quick")
        self.assertNotIn("runs   renown", said)
        self.assertEqual(files(self.folder), before)
        make_exam(self.folder, TOWN / "interactions.csv", "--people", TOWN / "people.csv", "--quick", "--render-only")
        self.assertEqual(files(self.folder), before)

    def test_plots_are_well_formed_described_and_inside_their_frame(self):
        plots = sorted((self.folder / "exam").glob("*.svg"))
        names = {path.stem for path in plots}
        self.assertLessEqual({"frontier", "ratios", "half-lives", "bought", "daily-moves"}, names)
        for path in plots:
            self.assertIn(f"(exam/{path.name})", self.page)
            root = xml.etree.ElementTree.parse(path).getroot()
            self.assertEqual(root.tag, f"{SVG}svg")
            self.assertTrue(root.find(f"{SVG}title").text and root.find(f"{SVG}desc").text, path.name)
            left, top, width, height = map(float, root.get("viewBox").split())
            for element in root.iter():
                places = [
                    (float(element.get(x)), float(element.get(y)))
                    for x, y in (("x", "y"), ("cx", "cy"), ("x1", "y1"), ("x2", "y2"))
                    if element.get(x) is not None
                ]
                places += [tuple(map(float, pair.split(","))) for pair in (element.get("points") or "").split()]
                for x, y in places:
                    self.assertTrue(left <= x <= left + width and top <= y <= top + height, f"{path.name}: {x}, {y}")

    def test_a_missing_log_and_missing_runs_are_said(self):
        self.assertIn("nothing.csv does not exist", make_exam(self.folder, "nothing.csv", code=1))
        self.assertIn(
            "run the exam once without --render-only",
            make_exam(self.folder / "empty", TOWN / "interactions.csv", "--render-only", code=1),
        )


class Helpers(unittest.TestCase):
    def test_figures(self):
        for value, wanted in ((None, "-"), (0.0, ".000"), (0.69, ".690"), (-0.015, "-.015"), (1.0, "1.000")):
            self.assertEqual(markdown.figure(value), wanted)
        self.assertEqual(markdown.signed(-0.015), "-.015")
        self.assertEqual(markdown.signed(0.0), "+.000")
        self.assertEqual(markdown.table(["a"], [["b|c"]]), "| a |\n|---|\n| b\\|c |\n")

    def test_models_are_called_the_same_for_every_enrolment(self):
        report = {
            "models": [{"name": "2 % verified, spread", "draws": 3}],
            "r2": {"fitted, 2 % verified, spread": None},
        }
        wanted = {"models": [{"name": "2 % verified", "draws": 3}], "r2": {"fitted, 2 % verified": None}}
        self.assertEqual(figures.without_enrolment(report), wanted)

    def test_points_are_those_of_the_scale(self):
        constants = {"scale.unit": 1, "scale.top": 1_000_000}
        for raw, wanted in ((0, 1.0), (10, 18.2), (1000, 50.5), (1e9, 100.0)):
            self.assertAlmostEqual(figures.points(raw, constants), wanted, 1)

    def test_ticks_are_round_and_inside(self):
        for wanted, found in zip((0.65, 0.66, 0.67, 0.68, 0.69), plot.ticks(0.645, 0.692, 5)):
            self.assertAlmostEqual(found, wanted)
        self.assertEqual(plot.ticks(0, 50, 5), [0, 10, 20, 30, 40, 50])

    def test_labels_are_spread_in_their_order(self):
        self.assertEqual(plot.spread_labels([], 10), [])
        self.assertEqual(plot.spread_labels([5], 10), [5])
        self.assertEqual(plot.spread_labels([0, 100], 10), [0, 100])
        moved = plot.spread_labels([51, 50, 50, 90], 10)
        self.assertEqual(sorted(range(4), key=lambda one: moved[one]), [1, 2, 0, 3])
        order = sorted(moved)
        self.assertTrue(all(later - earlier >= 10 - 1e-9 for earlier, later in zip(order, order[1:])))

    def test_the_residual_is_the_largest_of_all_accounts(self):
        with tempfile.TemporaryDirectory(prefix="renown-test-") as folder:
            scores, ledger = pathlib.Path(folder, "scores.csv"), pathlib.Path(folder, "ledger.csv")
            scores.write_text("network,account,raw\na,x,3\na,y,2\na,z,0\n", encoding="utf-8")
            ledger.write_text("network,account,contribution\na,x,1\na,x,2\na,y,1.5\n", encoding="utf-8")
            self.assertEqual(residual.residual(scores, ledger), {"accounts": 3, "lines": 3, "largest": 0.25})
            self.assertEqual(goals.verdict(0.25 <= goals.RESIDUAL), goals.MISSED)


if __name__ == "__main__":
    unittest.main()
