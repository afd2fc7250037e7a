"""The tally of a data folder: a run goes on from what earlier runs took in, and nobody can tell from the scores."""

import csv
import os
import random
import shutil
import unittest

from vocabulary import HEADER, TOWN, TOWN_AS_OF, TOWN_LISTS, Case, csv_text, like

# Undos first: where none was seen yet, rows are kept without what undos name them by, and the first undo makes the
# tally anew (test_late_rows_and_late_undos).
ROWS = sorted(list(csv.reader(TOWN.read_text(encoding="utf-8").splitlines()))[1:], key=lambda row: row[2] != "undo")


class Tally(Case):
    def tally(self):
        return sorted(path.name for path in (self.folder / "data/tally").glob("0*"))

    def scores(self, *logs, lists=tuple(TOWN_LISTS), memory="100M"):
        self.succeeds("score", *logs, *TOWN_AS_OF, *lists, "--memory", memory, "--out", "scores.csv")
        return self.read("scores.csv")

    def import_rows(self, *rows):
        self.write("part.csv", HEADER + csv_text(rows))
        self.succeeds("import", "part.csv", "--data", "data")

    def digest(self):
        return self.read("scores.csv.lock").decode().split('"rows_digest"')[1].split("\n")[0]

    def test_each_run_adds_a_file_for_what_is_new(self):
        wanted = self.scores(TOWN)
        self.import_rows(*ROWS[:4500])
        self.scores("--data", "data")
        for day in range(5):
            end = 4500 + (day + 1) * 100 if day < 4 else len(ROWS)
            self.import_rows(*ROWS[4500 + day * 100 : end])
            self.scores("--data", "data")
            self.assertEqual(self.tally(), [f"{number:08}" for number in range(1, day + 3)])
        self.assertEqual(self.scores("--data", "data"), wanted)
        with_tally = self.digest()
        shutil.rmtree(self.folder / "data/tally")
        self.assertEqual(self.scores("--data", "data"), wanted, "it can be dropped at any time")
        self.assertEqual(self.digest(), with_tally)

    def test_a_run_with_nothing_new_adds_nothing(self):
        self.import_rows(*ROWS)
        first = self.scores("--data", "data")
        before = (self.folder / "data/tally/00000001").stat()
        self.assertEqual(self.scores("--data", "data"), first)
        after = (self.folder / "data/tally/00000001").stat()
        self.assertEqual((before.st_ino, before.st_mtime_ns), (after.st_ino, after.st_mtime_ns))

    def test_large_files_become_one(self):
        for end in (1000, 1120, 3000):
            self.import_rows(*ROWS[:end])
            self.scores("--data", "data")
        self.assertEqual(self.tally(), ["00000001"])
        self.import_rows(*ROWS)
        self.assertEqual(self.scores("--data", "data"), self.scores(TOWN))

    def test_an_import_takes_in_what_it_adds_where_a_run_has_begun_to(self):
        self.import_rows(*ROWS[:4500])
        self.assertEqual(self.tally(), [], "nobody scored yet")
        self.scores("--data", "data", lists=())
        self.import_rows(*ROWS[4500:])
        self.assertEqual(self.tally(), ["00000001", "00000002"])
        self.hide_the_log()
        self.assertEqual(self.scores("--data", "data", lists=()), self.scores(TOWN, lists=()))

    def test_an_import_leaves_the_tally_of_other_people_alone(self):
        self.import_rows(*ROWS[:4500])
        self.scores("--data", "data")  # by a people file, which the folder does not have
        self.import_rows(*ROWS[4500:])
        self.assertEqual(self.tally(), ["00000001"])
        self.assertEqual(self.scores("--data", "data"), self.scores(TOWN))

    def hide_the_log(self):
        """Spoils the database behind its headers: whoever opens it fails."""
        path = self.folder / "data/interactions.duckdb"
        times = path.stat()
        with path.open("r+b") as file:
            file.seek(12288)
            file.write(b"\xff" * (times.st_size - 12288))
        os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))

    def test_a_log_that_did_not_change_is_not_opened(self):
        self.import_rows(*ROWS)
        wanted = self.scores("--data", "data")
        with_log = self.digest()
        self.hide_the_log()
        self.assertEqual(self.scores("--data", "data"), wanted)
        self.assertEqual(self.digest(), with_log)
        os.utime(self.folder / "data/interactions.duckdb")
        self.assertNotEqual(self.run_it("score", "--data", "data", *TOWN_AS_OF).code, 0, "it is hidden indeed")

    def test_days_of_any_kind(self):
        """Days in any order, some twice, people who change, an erased account, several times to score at."""
        for seed in range(6):
            draw = random.Random(seed)
            shutil.rmtree(self.folder / "data", ignore_errors=True)
            rows = list(ROWS) if seed % 2 else [row for row in ROWS if row[2] != "undo"]
            draw.shuffle(rows)
            begin, erased = 0, False
            while begin < len(rows):
                end = begin + draw.choice((1, 40, 400, 3000))
                again = draw.sample(rows[:begin], min(begin, 20))
                self.import_rows(*rows[begin:end], *again)
                begin = end
                if draw.random() < 0.3 and not erased and begin > 1000:
                    erased = True
                    self.succeeds("erase", ":".join(rows[0][i] for i in (1, 3)), "--data", "data")
                lists = draw.choice(((), TOWN_LISTS[2:], TOWN_LISTS))
                if draw.random() < 0.6 and begin > 500:
                    self.compare_with_a_fresh_tally(lists)
            self.compare_with_a_fresh_tally(TOWN_LISTS)

    def compare_with_a_fresh_tally(self, lists):
        found = self.scores("--data", "data", lists=lists), self.digest()
        kept = self.folder / "kept"
        (self.folder / "data/tally").rename(kept)
        self.assertEqual(found, (self.scores("--data", "data", lists=lists), self.digest()))
        shutil.rmtree(self.folder / "data/tally")
        kept.rename(self.folder / "data/tally")

    def test_many_files_become_one(self):
        self.import_rows(*ROWS[:4000])
        self.scores("--data", "data")
        for number in range(4000, 4033):
            self.import_rows(ROWS[number])
            self.scores("--data", "data")
        self.assertEqual(self.tally(), ["00000001", "00000002"])
        self.import_rows(*ROWS)
        self.assertEqual(self.scores("--data", "data"), self.scores(TOWN))

    def test_late_rows_and_late_undos(self):
        undos = [row for row in ROWS if row[2] == "undo"]
        self.assertTrue(undos)
        rest = [row for row in ROWS if row[2] != "undo"]
        self.import_rows(*rest[2500:])
        self.scores("--data", "data")
        self.import_rows(*rest[:2500])
        self.scores("--data", "data")
        self.import_rows(*undos)  # the first rows were kept without what undos name them by
        self.assertEqual(self.scores("--data", "data"), self.scores(TOWN))

    def test_another_people_file_is_another_tally(self):
        self.import_rows(*ROWS)
        self.scores("--data", "data")
        for lists in ((), TOWN_LISTS[2:], TOWN_LISTS):
            self.assertEqual(self.scores("--data", "data", lists=lists), self.scores(TOWN, lists=lists))

    def test_a_damaged_or_cut_file_is_not_used(self):
        self.import_rows(*ROWS[:4500])
        self.scores("--data", "data")
        self.import_rows(*ROWS[4500:])
        wanted = self.scores("--data", "data")
        folder = self.folder / "data/tally"
        whole = {number: (folder / number).read_bytes() for number in ("00000001", "00000002")}
        for number, good in whole.items():
            for damaged in (good[:-1], good[: len(good) // 2], b"", good + b"x",
                            good[:20000] + bytes([good[20000] ^ 1]) + good[20001:]):
                for name, content in whole.items():
                    (folder / name).write_bytes(content)
                (folder / number).write_bytes(damaged)
                self.assertEqual(self.scores("--data", "data"), wanted)
                self.assertEqual(self.scores("--data", "data"), wanted, "and what was made anew is good")

    def test_the_tally_of_another_log_is_not_used(self):
        self.import_rows(*ROWS[:2500])
        self.scores("--data", "data")
        shutil.copytree(self.folder / "data/tally", self.folder / "tally")
        shutil.rmtree(self.folder / "data")
        self.import_rows(*ROWS[2500:])
        shutil.copytree(self.folder / "tally", self.folder / "data/tally")
        wanted = self.scores("part.csv")
        self.assertEqual(self.scores("--data", "data"), wanted)

    def test_an_erase_removes_it(self):
        self.import_rows(*ROWS, like("ada-the-erased", "hazel").strip().split(","))
        self.scores("--data", "data")
        self.assertIn(b"ada-the-erased", (self.folder / "data/tally/00000001").read_bytes())
        self.succeeds("erase", "forum:ada-the-erased", "--data", "data")
        self.assertEqual(self.tally(), [])
        self.assertEqual(self.scores("--data", "data"), self.scores(TOWN))
        self.assertNotIn(b"ada-the-erased", (self.folder / "data/tally/00000001").read_bytes())

    def test_a_folder_that_cannot_keep_one_scores_all_the_same(self):
        self.import_rows(*ROWS)
        (self.folder / "data/tally").write_text("in the way")
        self.assertEqual(self.scores("--data", "data"), self.scores(TOWN))

    def test_little_memory_changes_nothing(self):
        self.write("log.csv", HEADER + csv_text(ROWS * 4))  # enough rows for whole chunks
        self.assertEqual(self.scores("log.csv", memory="1"), self.scores(TOWN))


if __name__ == "__main__":
    unittest.main()
