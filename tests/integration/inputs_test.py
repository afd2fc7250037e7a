"""One log in many guises: standard input, patterns, several files, gzip and zstd, CSV, NDJSON and Parquet."""

import csv
import json
import os
import pathlib
import threading
import unittest

from vocabulary import HEADER, TOWN, TOWN_AS_OF, TOWN_LISTS, Case, csv_text, like

LINES = TOWN.read_text(encoding="utf-8").splitlines(keepends=True)[1:]


class Inputs(Case):
    def setUp(self):
        super().setUp()
        self.wanted = self.score_file(TOWN, *TOWN_AS_OF)

    def same(self, *logs, **more):
        self.assertEqual(self.score_file(*logs, *TOWN_AS_OF, **more), self.wanted)

    def test_standard_input(self):
        self.same("-", stdin=TOWN.read_bytes())
        self.same("/dev/stdin", stdin=TOWN.read_bytes())

    def test_packed_by_content_and_not_by_name(self):
        self.write("log.csv.gz", TOWN.read_bytes())
        self.write("log.csv.zst", TOWN.read_bytes())
        for name in ("log.csv.gz", "log.csv.zst"):
            self.same(name)
            self.same("-", stdin=self.read(name))
            os.rename(self.folder / name, self.folder / "no-ending")
            self.same("no-ending")

    def test_gzip_of_several_members(self):
        """As `cat a.gz b.gz` makes it."""
        self.write("a.gz", HEADER + "".join(LINES[:2000]))
        self.write("b.gz", "".join(LINES[2000:]))
        self.write("both", self.read("a.gz") + self.read("b.gz"))
        self.same("both")

    def test_several_files_and_patterns(self):
        (self.folder / "2026" / "10").mkdir(parents=True)
        self.write("2026/a.csv", HEADER + "".join(LINES[:1000]))
        self.write("2026/10/b.csv", HEADER + "".join(LINES[1000:]))
        self.same("2026/a.csv", "2026/10/b.csv")
        self.same("2026/**/*.csv")
        self.same("2026/[a-z].csv", "2026/1?/*")
        self.same("2026/a.csv", "-", stdin=self.read("2026/10/b.csv"))

    def test_a_named_pipe(self):
        os.mkfifo(self.folder / "pipe")
        feeder = threading.Thread(target=lambda: (self.folder / "pipe").write_bytes(TOWN.read_bytes()))
        feeder.start()
        self.same("pipe")
        feeder.join()

    def test_crlf_byte_order_mark_and_other_columns(self):
        text = "".join(f"{line.rstrip()},extra\r\n" for line in [HEADER, *LINES])
        self.write("log.csv", b"\xef\xbb\xbf" + text.encode())
        self.same("log.csv")
        self.assertIn("note:", self.succeeds("score", "log.csv").err)

    def test_ndjson(self):
        rows = list(csv.DictReader(TOWN.read_text(encoding="utf-8").splitlines()))
        self.write("log.ndjson", "".join(json.dumps(row) + "\n" for row in rows))
        self.same("log.ndjson")
        self.write("log.ndjson.gz", "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows))
        self.same("log.ndjson.gz")

    def test_parquet(self):
        self.write("part.csv", HEADER + "".join(LINES[:500]))
        self.wanted = self.score_file("part.csv", *TOWN_AS_OF)
        self.succeeds("import", "part.csv", "--data", "data")
        self.succeeds("export", "--data", "data", "--out", "out")
        self.same("out/**/*.parquet")
        part = next((self.folder / "out").rglob("*.parquet"))
        self.fails("score", "-", naming="a Parquet file cannot be read from standard input", stdin=part.read_bytes())

    def test_columns_in_another_order(self):
        self.write(
            "log.csv",
            csv_text([["kind", "target", "actor", "network", "time"], ["like", "hazel", "ada", "forum", "1"]]),
        )
        self.assertEqual(list(self.scores("log.csv")), ["hazel"])

    def test_times_in_all_forms_are_one_time(self):
        forms = [
            "1420070400",
            "1420070400.9",
            "2015-01-01T00:00:00Z",
            "2015-01-01T01:00:00+01:00",
            "2015-01-01 00:00:00Z",
            "2015-01-01t00:00:00.123z",
            "2015-01-01",
        ]
        self.log(*(like("ada", "hazel", form) for form in forms))
        self.assertEqual(self.succeeds("score", "log.csv", "--json").json()["rows"]["acts"], 1)

    def test_the_lists_may_be_packed_too(self):
        wanted = self.score_file(TOWN, *TOWN_AS_OF, *TOWN_LISTS)
        options = []
        for option, path in zip(TOWN_LISTS[::2], TOWN_LISTS[1::2]):
            options += [option, self.write(f"{option[2:]}.gz", pathlib.Path(path).read_bytes())]
        self.assertEqual(self.score_file(TOWN, *TOWN_AS_OF, *options), wanted)

    def test_the_lock_names_every_input(self):
        self.write("a.csv.gz", HEADER + "".join(LINES[:1000]))
        self.score_file("a.csv.gz", "-", stdin=HEADER.encode() + "".join(LINES[1000:]).encode())
        lock = json.loads(self.read("scores.csv.lock"))
        self.assertEqual([one["name"] for one in lock["inputs"]], ["a.csv.gz", "-"])
        self.assertEqual([one["interactions"] for one in lock["inputs"]], [1000, 4000])
        self.assertEqual(len(lock["inputs"][0]["sha256"]), 64)
        self.assertEqual(lock["protection"], "unprotected")


if __name__ == "__main__":
    unittest.main()
