"""Golden worlds (tests/golden/README.md) through the command: score on the files, and import, then score --data."""

import csv
import json
import math
import unittest

import parquet
from vocabulary import SOURCE, Case

WORLDS = sorted(path for path in (SOURCE / "tests/golden").glob("*.txt"))
DROP_NAMES = {"weight_0": "weightless", "merged": "twins", "kept": "acts"}  # of the golden files, where JSON has others


def sections(path):
    """{name of section: its text}"""
    result, name = {}, None
    for line in path.read_text(encoding="utf-8").split("\n"):
        if line.startswith("## "):
            name = line[3:]
            result[name] = []
        elif name:
            result[name].append(line)
    return {name: "\n".join(lines).strip("\n") + "\n" for name, lines in result.items()}


def rows_of(text):
    return list(csv.DictReader(text.splitlines()))


def as_text(value):
    """A cell of a JSON file as CSV has it."""
    return "" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


class Golden(Case):
    def check_world(self, path):
        world = sections(path)
        lists = [f"--as-of={world['as_of'].strip()}"]
        for name in ("people", "verified"):
            if name in world:
                lists += [f"--{name}", self.write(f"{name}.csv", world[name])]
        self.write("log.csv", world["interactions"])
        self.code = 0 if rows_of(world["cards"]) else 3  # nobody was engaged with

        counted = self.check_run(world, "log.csv", *lists)
        wanted = {row["reason"]: int(row["rows"]) for row in rows_of(world["dropped"])}
        self.assertEqual({reason: counted[DROP_NAMES.get(reason, reason)] for reason in wanted}, wanted)

        imported = self.succeeds("import", "log.csv", "--data", "data", "--json").json()
        counted = self.check_run(world, "--data", "data", *lists)
        self.assertEqual(counted["acts"], wanted["kept"])
        self.assertEqual(counted["read"] + imported["duplicates"], sum(wanted.values()), "import merges equal rows")

    def check_run(self, world, *arguments):
        """Compares everything that a run writes. Returns its counts of rows."""
        for ending in ("csv", "json", "parquet"):
            answer = self.succeeds(
                "score",
                *arguments,
                "--json",
                "--top",
                "0",
                "--out",
                f"scores.{ending}",
                "--ledger",
                f"ledger.{ending}",
                code=self.code,
            )
            self.expect(world["cards"], self.table(f"scores.{ending}"))
            self.expect(world["ledger"], self.table(f"ledger.{ending}"), sort_key=4)
        self.expect(world["cards"], [{k: as_text(v) for k, v in row.items()} for row in answer.json()["scores"]])
        return answer.json()["rows"]

    def table(self, name):
        """The rows of a file that was written, as texts."""
        if name.endswith(".csv"):
            return self.csv_rows(name)
        if name.endswith(".parquet"):
            self.assertTrue(parquet.is_whole(self.read(name)))
            return parquet.rows(self.folder / name) if parquet.can_read() else None
        return [{key: as_text(value) for key, value in row.items()} for row in json.loads(self.read(name))]

    def expect(self, wanted, got, sort_key=0):
        """Every wanted column of every row; numbers to 1e-9, relative or absolute."""
        if got is None:
            return
        wanted = rows_of(wanted)
        columns = list(wanted[0]) if wanted else []
        if sort_key:
            got = sorted(got, key=lambda row: [row[column].encode() for column in list(row)[:sort_key]])
        self.assertEqual(len(got), len(wanted))
        for want_row, got_row in zip(wanted, got):
            for column in columns:
                self.assertTrue(same(want_row[column], got_row[column]), f"{column}: want {want_row}, got {got_row}")


def same(want, got):
    if want == got:
        return True
    try:
        return math.isclose(float(want), float(got), rel_tol=1e-9, abs_tol=1e-9)
    except ValueError:
        return False


def add_test(path):
    setattr(Golden, f"test_{path.stem}", lambda self: self.check_world(path))


for world_file in WORLDS:
    add_test(world_file)

if __name__ == "__main__":
    unittest.main()
