"""Figures, records, page and the guard of instructions. No timing is asserted."""

import pathlib
import sys
import unittest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "instructions"))

import figures  # noqa: E402
import guard  # noqa: E402
import page  # noqa: E402
import tasks  # noqa: E402


def measured(wall, operations=1.0, **parts):
    return {"wall": wall, "cpu": wall, "peak": 1e6, "growth": 1e6, "operations": operations, "parts": parts}


class Figures(unittest.TestCase):
    def test_values_are_for_one_operation_in_the_unit(self):
        self.assertEqual(figures.values([measured(2.0, 1000)], "wall", "ms"), [2.0])
        self.assertEqual(figures.values([measured(1.0)], "peak", "MB"), [1.0])
        self.assertEqual(figures.values([measured(1.0, pairs=20.0)], "pairs", "B"), [20.0])

    def test_median_and_spread(self):
        self.assertEqual(figures.summary([3.0, 1.0, 2.0]), {"median": 2.0, "least": 1.0, "most": 3.0, "repeats": 3})
        self.assertEqual(figures.summary([1.0, 2.0])["median"], 1.5)
        with self.assertRaisesRegex(ValueError, "no measurement"):
            figures.summary([])

    def test_a_ratio_says_how_many_times_better_ours_is(self):
        self.assertEqual(figures.ratio(2.0, 10.0), 5.0)
        self.assertEqual(figures.ratio(10.0, 2.0), 0.2)
        with self.assertRaisesRegex(ValueError, "too short"):
            figures.ratio(0.0, 1.0)


def result(task="tally", ours=2.0, theirs=10.0, **wants):
    measure = tasks.Measure(task, "rows to pair tallies", "cpu", "s", **wants)
    candidates = {"renown": figures.summary([ours]), "duckdb": figures.summary([theirs])}
    found = {"measure": measure, "input": "a log", "unit": "s", "candidates": candidates, "load": 0.5}
    found["records"] = figures.records(task, "s", candidates, 0.5, measure.at_most)
    return found


class Records(unittest.TestCase):
    def test_shape(self):
        lines = result()["records"]
        self.assertEqual([(one["candidate"], one["ratio_to"], one["ratio"]) for one in lines], [("renown", "duckdb", 5.0), ("duckdb", "renown", 0.2)])
        figures.check(lines)
        self.assertEqual(tuple(lines[0]), ("task", "candidate", "median", "unit", "ratio_to", "ratio", "repeats", "load"))

    def test_a_wanted_figure_is_a_rival_too(self):
        lines = figures.records("lookup", "ns", {"renown": figures.summary([25.0])}, 0.1, 50)
        self.assertEqual([(one["ratio_to"], one["ratio"]) for one in lines], [("target", 2.0)])

    def test_broken_records_are_refused(self):
        good = result()["records"][0]
        for broken in ({"median": -1.0}, {"ratio": "5"}, {"repeats": 0}, {"more": 1}):
            with self.assertRaises(ValueError):
                figures.check([good | broken])

    def test_every_task_has_a_name_of_its_own(self):
        names = [one.task for contest in tasks.CONTESTS for one in contest.measures]
        names += [one.task for one in (*tasks.SCORE_COMMAND, *tasks.IMPORT, *tasks.DELTA_DAY)]
        self.assertEqual(len(names), len(set(names)))


class Page(unittest.TestCase):
    def test_met_and_missed(self):
        self.assertEqual(page.targets([result(times={"duckdb": 5})])[0][-1], "met")
        self.assertEqual(page.targets([result(times={"duckdb": 6})])[0][-1], "**missed**")
        self.assertEqual(page.targets([result(at_most=2.0)])[0][-1], "met")
        self.assertEqual(page.targets([result(at_most=1.9)])[0][-1], "**missed**")

    def test_page_has_every_task_and_what_was_left_out(self):
        text = page.results([result()], [("score_whole_higgs", "RENOWN_DATA has no higgs")], "a machine")
        for words in ("### tally", "| duckdb | 10 s |", "score_whole_higgs: RENOWN_DATA has no higgs", "Measured on: a machine."):
            self.assertIn(words, text)


class Guard(unittest.TestCase):
    DUMP = "version: 1\ndesc: Trigger: Client Request: tally\nevents: Ir\nsummary: 4200\n"

    def test_reads_a_dump(self):
        self.assertEqual(guard.counts_of(self.DUMP), ("tally", 4200))
        self.assertEqual(guard.counts_of("desc: Trigger: Program termination\ntotals: 7\n"), ("", 7))

    def test_more_instructions_are_told(self):
        self.assertEqual(guard.compare({"tally": 100.0}, {"tally": 109.0}), [])
        self.assertEqual(guard.compare({"tally": 100.0}, {"tally": 50.0}), [])
        self.assertEqual(guard.compare({"tally": 100.0}, {"tally": 125.0}), ["tally needs 125.0 instructions a row, 25 % more than the 100.0 it needed"])

    def test_kernels_cannot_go_unnoticed(self):
        self.assertEqual(guard.compare({"tally": 1.0}, {}), ["tally is in the table and was not counted"])
        self.assertEqual(guard.compare({}, {"tally": 1.0}), ["tally is not in the table"])


if __name__ == "__main__":
    unittest.main()
