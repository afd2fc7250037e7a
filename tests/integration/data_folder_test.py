"""A data folder: import, score, export and erase; one writer at a time; erased is never existed (P10)."""

import csv
import os
import unittest

from vocabulary import HEADER, TOWN, TOWN_AS_OF, TOWN_LISTS, Case, crowd, csv_text, like, wait_until

ROWS = list(csv.reader(TOWN.read_text(encoding="utf-8").splitlines()))[1:]


class DataFolder(Case):
    def import_town(self):
        return self.succeeds("import", TOWN, "--data", "data", "--json").json()

    def scores_of(self, *arguments):
        return self.score_file(*arguments, *TOWN_AS_OF, *TOWN_LISTS)

    # -- import

    def test_a_second_import_adds_nothing(self):
        first, second = self.import_town(), self.import_town()
        self.assertEqual((first["added"], first["duplicates"]), (5000, 0))
        self.assertEqual((second["added"], second["duplicates"]), (0, 5000))

    def test_the_folder_scores_as_the_file_does(self):
        self.import_town()
        self.assertEqual(self.scores_of("--data", "data"), self.scores_of(TOWN))
        self.assertEqual(
            self.succeeds("why", "forum:hazel", "--data", "data", *TOWN_AS_OF, "--since", "7d").out,
            self.succeeds("why", "forum:hazel", TOWN, *TOWN_AS_OF, "--since", "7d").out,
        )

    def test_parts_and_late_rows_and_several_logs_at_once(self):
        self.write("late.csv", HEADER + csv_text(ROWS[:2000]))
        self.write("early.csv.gz", HEADER + csv_text(ROWS[2000:4000]))
        self.write("last.csv", HEADER + csv_text(ROWS[3000:]))
        self.succeeds("import", "early.csv.gz", "--data", "data")
        added = self.succeeds("import", "late.csv", "last.csv", "--data", "data", "--json").json()
        self.assertEqual((added["added"], added["duplicates"]), (3000, 1000))
        self.assertEqual(self.scores_of("--data", "data"), self.scores_of(TOWN))

    def test_from_standard_input(self):
        self.succeeds("import", "-", "--data", "data", stdin=TOWN.read_bytes())
        self.assertEqual(self.scores_of("--data", "data"), self.scores_of(TOWN))

    def test_the_users_own_folder(self):
        env = {"PATH": os.environ["PATH"], "HOME": str(self.folder), "XDG_DATA_HOME": str(self.folder / "xdg")}
        self.succeeds("import", TOWN, env=env)
        self.assertIn("xdg/renown/interactions.duckdb", self.files())
        self.assertEqual(self.succeeds("score", "--json", *TOWN_AS_OF, env=env).json()["rows"]["read"], 5000)
        self.assertEqual((self.folder / "xdg/renown").stat().st_mode & 0o077, 0, "for its owner only")

    def test_a_failed_import_keeps_what_came_before(self):
        self.log(like("ada", "hazel"))
        self.write("broken.csv", "time,network\n")
        self.fails("import", "log.csv", "broken.csv", "--data", "data", naming="broken.csv")
        self.assertEqual(self.succeeds("score", "--data", "data", "--json").json()["rows"]["read"], 1)

    def test_bad_records_are_shown_and_the_good_ones_kept(self):
        self.log(like("ada", "hazel"), like("bob", "hazel", time="never"))
        answer = self.succeeds("import", "log.csv", "--data", "data", "--json")
        self.assertEqual((answer.json()["added"], answer.json()["bad"]), (1, 1))
        self.assertIn("bad record: log.csv:3", answer.err)
        self.fails("import", "log.csv", "--data", "other", "--strict", naming="log.csv:3")

    # -- erase

    def test_erased_is_never_existed(self):
        self.import_town()
        gone = [("forum", "hazel"), ("chirp", "max_power"), ("chirp", "juniper")]
        for network, account in gone:
            self.succeeds("erase", f"{network}:{account}", "--data", "data")
        rest = [row for row in ROWS if not any(self.names(row, *account) for account in gone)]
        self.write("rest.csv", HEADER + csv_text(rest))
        self.assertEqual(self.scores_of("--data", "data"), self.scores_of("rest.csv"))
        again = self.import_town()
        self.assertEqual(
            (again["added"], again["erased"]), (0, len(ROWS) - len(rest)), "a re-import does not bring them back"
        )
        self.assertEqual(self.scores_of("--data", "data"), self.scores_of("rest.csv"))
        self.fails("why", "forum:hazel", "--data", "data", naming="forum:hazel does not appear", code=3)

    @staticmethod
    def names(row, network, account):
        return row[1] == network and account in (row[3], row[4])

    def test_no_byte_of_the_name_remains(self):
        name = "zaphod-beeblebrox-42"
        rows = [
            like(name, "hazel", post=f"forum.example/{name}/1", id=f"{name}-7", tags=f"x {name}"),
            like("ada", name),
            like("ada", "hazel", post=f"https://forum.example/{name}/2"),
            *[crowd("hazel", 2000)],
        ]
        self.log(*rows)
        self.succeeds("import", "log.csv", "--data", "data")
        self.assertTrue(self.holds(name))
        erased = self.succeeds("erase", f"forum:{name}", "--data", "data", "--json").json()
        self.assertEqual((erased["rows_removed"], erased["rows_cleaned"]), (2, 1))
        self.assertFalse(self.holds(name), "in the folder")
        self.succeeds("import", "log.csv", "--data", "data")
        self.assertFalse(self.holds(name), "after a re-import")
        self.succeeds("export", "--data", "data", "--out", "data/../out")
        self.assertFalse(any(name.encode() in path.read_bytes() for path in (self.folder / "out").rglob("*.parquet")))

    def holds(self, name):
        files = [path for path in (self.folder / "data").rglob("*") if path.is_file()]
        self.assertTrue(files)
        return any(name.encode() in path.read_bytes() or name in str(path) for path in files)

    # -- export

    def export_two_weeks(self):
        """A part of the town, so that there are few files."""
        self.write("weeks.csv", HEADER + csv_text(ROWS[:500]))
        self.succeeds("import", "weeks.csv", "--data", "data")
        return self.succeeds("export", "--data", "data", "--out", "out", "--json").json()

    def exported(self):
        return {name: self.read(name) for name in self.files() if name.endswith(".parquet")}

    def test_an_export_scores_the_same(self):
        written = self.export_two_weeks()
        self.assertEqual((written["rows"], written["files"]), (500, len(self.exported())))
        self.assertIn("out/day=2024-07-04/network=chirp/interactions.parquet", self.exported())
        self.assertEqual(self.scores_of("out/**/*.parquet"), self.scores_of("weeks.csv"))
        self.succeeds("import", "out/**/*.parquet", "--data", "second")
        self.assertEqual(self.scores_of("--data", "second"), self.scores_of("weeks.csv"))

    def test_an_export_again_replaces_the_first_and_nothing_else(self):
        self.export_two_weeks()
        first = self.exported()
        self.export_two_weeks()
        self.assertEqual(self.exported(), first)
        (self.folder / "mine").mkdir()
        self.write("mine/letter.txt", "dear")
        self.fails("export", "--data", "data", "--out", "mine", naming="mine is not empty")
        self.assertEqual(self.read("mine/letter.txt"), b"dear")

    # -- one writer, or several readers

    def test_a_second_writer_is_refused_and_told_which_process(self):
        self.import_town()
        writer = self.hold_by_import()
        for second in (
            ["import", TOWN],
            ["erase", "forum:hazel"],
            ["score"],
            ["why", "forum:hazel"],
            ["export", "--out", "out"],
        ):
            answer = self.fails(*second, "--data", "data", naming="data")
            self.assertRegex(answer.err, rf"\b{writer.pid}\b", "it names the process")
            self.assertIn("try again", answer.err)
        self.pipe.write(like("ada", "hazel"))
        self.pipe.close()
        self.assertEqual(self.finish(writer).code, 0)
        self.assertEqual(self.succeeds("score", "--data", "data", "--json").json()["rows"]["read"], 5001)

    def hold_by_import(self):
        """An import that goes on until self.pipe is closed."""
        os.mkfifo(self.folder / "pipe")
        writer = self.start("import", "pipe", "--data", "data")
        self.pipe = open(self.folder / "pipe", "w", encoding="utf-8")
        self.addCleanup(self.pipe.close)
        self.pipe.write(HEADER)
        self.pipe.flush()
        wait_until(lambda: self.read("data/lock").strip() == str(writer.pid).encode(), "the writer to hold the folder")
        return writer

    def test_a_killed_writer_blocks_nobody(self):
        self.import_town()
        writer = self.hold_by_import()
        writer.kill()
        writer.wait()
        self.assertEqual(self.import_town()["duplicates"], 5000)

    def test_readers_read_side_by_side(self):
        self.import_town()
        readers = [self.start("score", "--data", "data", "--json", *TOWN_AS_OF) for _ in range(4)]
        self.assertEqual([self.finish(reader).code for reader in readers], [0] * 4)

    def test_memory_and_threads_change_nothing(self):
        self.import_town()
        wanted = self.scores_of("--data", "data")
        self.assertEqual(
            self.score_file("--data", "data", *TOWN_AS_OF, *TOWN_LISTS, "--memory", "256M", "--threads", "1"), wanted
        )
        self.succeeds("import", TOWN, "--data", "small", "--memory", "256M", "--batch-rows", "300")
        self.assertEqual(self.scores_of("--data", "small"), wanted)

    def test_a_folder_that_was_tampered_with_is_refused(self):
        self.import_town()
        whole = self.read("data/interactions.duckdb")
        self.write("data/interactions.duckdb", whole[: len(whole) // 3])
        self.fails("score", "--data", "data", naming="interactions.duckdb")
        self.write("data/interactions.duckdb", b"not a database")
        self.fails("import", TOWN, "--data", "data", naming="interactions.duckdb")
        self.write("data/interactions.duckdb", whole)
        (self.folder / "data/tombstone.key").unlink()
        self.fails("import", TOWN, "--data", "data", naming="tombstone.key is missing")


if __name__ == "__main__":
    unittest.main()
