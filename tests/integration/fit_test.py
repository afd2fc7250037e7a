"""`renown fit`: a model file that scores, changes only what is fitted and says how it did; what it refuses; a farm in the
Higgs log that it does not learn from.
"""

import csv
import gzip
import os
import pathlib
import re
import tempfile
import tomllib
import unittest

from vocabulary import SOURCE, TOWN, TOWN_LISTS, Case, real_data

FITTED = {"fading", "vouching", "kinds", "networks"}
DAY = 86_400


class Fit(Case):
    def setUp(self):
        super().setUp()
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.model = str(self.folder / "mine.toml")

    def fit(self, *arguments):
        return self.succeeds("fit", *arguments, "--out", self.model, "--json").json()

    def test_the_model_file_scores_and_says_where_it_comes_from(self):
        report = self.fit(TOWN, *TOWN_LISTS)
        scores = self.succeeds("score", TOWN, *TOWN_LISTS, "--model", self.model, "--json").json()
        self.assertEqual(scores["model"], report["model"])
        self.assertRegex(report["model"], "^fit-20241031-[0-9a-f]{8}$")
        self.assertTrue(all(row["percentile"] is not None for row in scores["scores"] if row["score"]))
        text = pathlib.Path(self.model).read_text(encoding="utf-8")
        self.assertIn("# Fitted by `renown fit` to interactions.csv as of 2024-10-31T21:44:25Z", text)
        self.assertIn("the operator's list of 35 accounts", text)
        for figure in report["check"]["fitted"].values():
            self.assertIn(f"{figure:.4f}", text)

    def test_only_fitted_constants_change(self):
        self.fit(TOWN, *TOWN_LISTS)
        before = tomllib.loads((pathlib.Path(SOURCE) / "models/renown-0.1.toml").read_text(encoding="utf-8"))
        after = tomllib.loads(pathlib.Path(self.model).read_text(encoding="utf-8"))
        for section in before.keys() - FITTED - {"name", "quantiles"}:
            self.assertEqual(after[section], before[section], section)
        self.assertEqual(after["vouching"]["standing_weight"], before["vouching"]["standing_weight"])
        shares = [after["fading"][f"{share}_share"]["value"] for share in ("fast", "loyal", "slow")]
        self.assertAlmostEqual(sum(shares), 1.0, 12)

    def test_a_fitted_model_explains_itself_to_the_last_digit(self):
        self.fit(TOWN, *TOWN_LISTS)
        ledger, scores = self.folder / "ledger.csv", self.folder / "scores.csv"
        self.succeeds("score", TOWN, *TOWN_LISTS, "--model", self.model, "--out", str(scores), "--ledger", str(ledger))
        self.assertLessEqual(residual(scores, ledger), 1e-9)

    def test_the_same_bytes_again_and_for_any_number_of_threads(self):
        self.fit(TOWN, *TOWN_LISTS, "--threads", "1")
        first = pathlib.Path(self.model).read_bytes()
        self.fit(TOWN, *TOWN_LISTS, "--threads", "2")
        self.assertEqual(pathlib.Path(self.model).read_bytes(), first)

    def test_a_fitted_model_can_be_fitted_again(self):
        self.fit(TOWN, *TOWN_LISTS)
        first = pathlib.Path(self.model).read_text(encoding="utf-8")
        again = str(self.folder / "again.toml")
        self.succeeds("fit", TOWN, *TOWN_LISTS, "--model", self.model, "--out", again)
        second = pathlib.Path(again).read_text(encoding="utf-8")
        values = re.compile(r"value = [^,]*")
        self.assertEqual(values.findall(first), values.findall(second))

    def test_what_it_refuses(self):
        for arguments, says in (
            ((TOWN,), "name the model file to write: --out MODEL.toml"),
            ((TOWN, "--out", self.model, "--half-life-days", "3"), "--half-life-days: half-lives are what is fitted"),
            ((TOWN, "--out", self.model, "--step", "0"), "--step must be a number of days above 0"),
            ((TOWN, "--out", self.model, "--step", "5000"), "--step 5000: the log before 2024-10-31T21:44:25Z is"),
            ((TOWN, "--out", self.model, "--draw-verified", "2"), "--draw-verified 2: a share is above 0 and at most 1"),
            ((TOWN, "--out", self.model, "--draw-verified", ".1", *TOWN_LISTS), "either --verified or --draw-verified"),
            ((TOWN, "--out", self.model, "--enrolment", "party"), "--enrolment party: there are random, spread"),
            ((TOWN, "--out", self.model, "--room-base-share", "0"), "--room-base-share must be above 0"),
            ((TOWN, "--out", TOWN), "is read by this run: write to another file"),
        ):
            with self.subTest(arguments=arguments):
                self.fails("fit", *arguments, naming=says, code=2)
                self.assertFalse(os.path.exists(self.model))

    def test_a_farm_in_higgs_teaches_it_nothing(self):
        """300 accounts repost 40 customers every eight hours, also after the splits: too slowly spread for lockstep."""
        higgs = real_data("higgs") / "higgs-activity-days-1-5.txt.gz"
        with gzip.open(higgs, "rt", encoding="utf-8") as lines:
            rows = lines.read().splitlines()
        start = int(rows[0].split()[2])
        clean, poisoned = self.folder / "clean.txt", self.folder / "poisoned.txt"
        before = [row for row in rows if int(row.split()[2]) < start + 4 * DAY]
        planted = [
            f"{9_000_000 + fake} {8_000_000 + customer} {start + hour * 3600 + (fake * 7919 + customer * 104729) % 28800} RT"
            for hour in range(48, 96, 8) for fake in range(300) for customer in range(40)
            if (fake * 31 + customer * 17 + hour) % 4 == 0]
        clean.write_text("\n".join(before) + "\n", encoding="utf-8")
        poisoned.write_text("\n".join(sorted(before + planted, key=lambda row: int(row.split()[2]))) + "\n", encoding="utf-8")
        verified = self.folder / "verified.csv"
        people = sorted({row.split()[0] for row in before})
        verified.write_text("network,account\n" + "".join(f"twitter,{one}\n" for one in people[::10]), encoding="utf-8")
        lists = ("--verified", str(verified), "--input-format", "higgs")

        def foretold(log):
            """How the model that is fitted to `log` foretells the fifth day of the honest log."""
            self.fit(str(log), *lists, "--step", "1")
            exam = self.succeeds("evaluate", str(higgs), *lists, "--splits", "4", "--baselines", "none", "--bootstrap", "0",
                                 "--move-days", "0", "--model", self.model, "--json").json()
            figures = exam["splits"][0]["scores"][0]["figures"]
            return [figures["reposters"]["spearman_5_engagers"]["value"], figures["reposters"]["ndcg_1000"]["value"],
                    figures["reach"]["ndcg_100"]["value"]]

        for honest, taught in zip(foretold(clean), foretold(poisoned)):
            self.assertAlmostEqual(taught, honest, delta=0.03 * honest)


def residual(scores, ledger):
    """The largest relative difference between a raw score and the sum of its ledger lines."""

    def rows(path):
        with open(path, newline="", encoding="utf-8") as file:
            yield from csv.DictReader(file)

    sums = {}
    for line in rows(ledger):
        key = ("person", line["person"]) if line["person"] else (line["network"], line["account"])
        sums[key] = sums.get(key, 0.0) + float(line["contribution"])
    largest = 0.0
    for row in rows(scores):
        key = ("person", row["person"]) if row["person"] else (row["network"], row["account"])
        raw = float(row["raw"])
        if raw > 0:
            largest = max(largest, abs(sums.get(key, 0.0) - raw) / raw)
    return largest


if __name__ == "__main__":
    unittest.main()
