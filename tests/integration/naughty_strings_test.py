"""All naughty strings (RENOWN_DATA) as accounts, posts, tags and names of people: in and out, unchanged to the byte."""

import csv
import json
import unittest

import parquet
from vocabulary import Case, csv_text, real_data

AS_OF = ["--as-of", "2015-02-01"]
COLUMNS = ["time", "network", "kind", "actor", "target", "post", "id", "tags"]


class NaughtyStrings(Case):
    def setUp(self):
        super().setUp()
        strings = json.loads((real_data("naughty-strings") / "blns.json").read_bytes())
        self.assertEqual(len(strings), 515)
        self.posts = set(strings)
        self.names = self.posts - {""}
        rows = []
        for number, text in enumerate(strings):
            name = text or "nobody"
            rows.append(["2015-01-01", "forum", "like", f"fan{number}", name, text, "", ""])  # as target and post
            rows.append(
                ["2015-01-01", "forum", "like", name, f"idol{number}", text, text, text]
            )  # as actor, id and tags
        self.rows = rows
        self.write("log.csv", csv_text([COLUMNS, *rows]))
        self.write(
            "log.ndjson", "".join(json.dumps(dict(zip(COLUMNS, row)), ensure_ascii=False) + "\n" for row in rows)
        )
        self.write("escaped.ndjson", "".join(json.dumps(dict(zip(COLUMNS, row))) + "\n" for row in rows))
        self.write(
            "people.csv", csv_text([["person", "network", "account"], *([name, "forum", name] for name in self.names)])
        )

    def check(self, *arguments):
        for ending in ("csv", "json", "parquet"):
            self.succeeds(
                "score",
                *arguments,
                *AS_OF,
                "--people",
                "people.csv",
                "--out",
                f"scores.{ending}",
                "--ledger",
                f"ledger.{ending}",
            )
            scores, ledger = self.table(f"scores.{ending}"), self.table(f"ledger.{ending}")
            if scores is None:
                continue
            targets = {row["account"] for row in scores}
            self.assertEqual(self.names - targets, set(), "as targets")
            self.assertEqual({row["person"] for row in scores} - {""}, self.names, "as names of people")
            self.assertEqual(self.names - {row["actor"] for row in ledger}, set(), "as actors")
            self.assertEqual({row["post"] for row in ledger}, self.posts, "as posts")
            self.assertEqual({row["tags"] for row in ledger}, self.posts, "as tags")
            pairs = {(row["actor"], row["post"]) for row in ledger if row["account"].startswith("idol")}
            self.assertEqual(pairs, {(row[3], row[5]) for row in self.rows if row[4].startswith("idol")})

    def table(self, name):
        if name.endswith(".json"):
            return json.loads(self.read(name))
        if name.endswith(".parquet"):
            return parquet.rows(self.folder / name) if parquet.can_read() else None
        with open(self.folder / name, encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def test_csv(self):
        self.check("log.csv")

    def test_ndjson(self):
        self.check("log.ndjson")
        self.check("escaped.ndjson")

    def test_all_forms_give_the_same_bytes(self):
        wanted = self.score_file("log.csv", *AS_OF)
        self.assertEqual(self.score_file("log.ndjson", *AS_OF), wanted)
        self.assertEqual(self.score_file("escaped.ndjson", *AS_OF), wanted)

    def test_data_folder_and_export(self):
        self.succeeds("import", "log.csv", "--data", "data")
        self.check("--data", "data")
        self.succeeds("export", "--data", "data", "--out", "out")
        self.check("out/**/*.parquet")

    def test_why_finds_each_of_them(self):
        for name in sorted(self.names)[::7]:
            why = self.succeeds("why", f"forum:{name}", "log.csv", *AS_OF, "--json", code=3).json()
            self.assertEqual(why["accounts"], [{"network": "forum", "account": name}])


if __name__ == "__main__":
    unittest.main()
