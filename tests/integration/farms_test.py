"""Farms as a user meets them: the summary, the evidence file, the pardon, the lock, the reasons.

A hundred honest accounts act at their own times; twenty accounts of a farm hit the same eight customers, a customer a
day, all within two minutes.
"""

import json
import random
import unittest

from vocabulary import Case, like

CUSTOMERS = 8
FAKES = 20


def moment(day, second):
    return f"2026-05-{day + 1:02}T{second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}Z"


def honest_rows():
    draw = random.Random(1)
    return [
        like(f"person{person}", f"customer{draw.randrange(CUSTOMERS)}", time=moment(draw.randrange(20), draw.randrange(86400)))
        for person in range(100)
        for _ in range(5)
    ]


def farm_rows():
    return [
        like(f"fake{fake}", f"customer{customer}", time=moment(customer, 40_000 + customer * 977 + fake * 6))
        for fake in range(FAKES)
        for customer in range(CUSTOMERS)
    ]


class Farms(Case):
    def setUp(self):
        super().setUp()
        self.log(*honest_rows(), name="honest.csv")
        self.log(*honest_rows(), *farm_rows())

    def evidence(self, *more):
        """The rows of the farm file, and what the run said."""
        answer = self.succeeds("score", "log.csv", "--farms", "farms.csv", "--out", "scores.csv", *more)
        return self.csv_rows("farms.csv"), answer

    def test_each_account_is_listed_with_its_evidence(self):
        rows, answer = self.evidence()
        self.assertEqual(sorted(row["account"] for row in rows), sorted(f"fake{fake}" for fake in range(FAKES)))
        row = next(row for row in rows if row["account"] == "fake3")
        self.assertEqual(
            row,
            {
                "farm": "1",
                "network": "forum",
                "account": "fake3",
                "targets": "8",
                "lockstep": "8",
                "share": "1",
                "farm_people": "20",
                "farm_targets": "8",
                "density": row["density"],
                "reference": "0.25",
                "first": moment(0, 40_018),
                "latest": moment(7, 40_000 + 7 * 977 + 18),
                "person": "",
            },
        )
        self.assertGreater(float(row["density"]), 0.9)
        self.assertIn("20 accounts in 1 farm", answer.err)
        self.assertIn("--pardon", answer.err)
        self.assertIn("160  dropped: by accounts of a farm", answer.err)

    def test_their_acts_weigh_nothing(self):
        self.evidence("--as-of", "2026-06-01")
        bought = self.scores("log.csv", "--as-of", "2026-06-01")
        honest = self.scores("honest.csv", "--as-of", "2026-06-01")
        for customer in range(CUSTOMERS):
            self.assertEqual(bought[f"customer{customer}"]["raw"], honest[f"customer{customer}"]["raw"])

    def test_the_same_rows_in_every_format(self):
        rows, _ = self.evidence()
        self.run_it("score", "log.csv", "--farms", "farms.json")
        as_json = json.loads(self.read("farms.json"))
        self.assertEqual([row["account"] for row in rows], [row["account"] for row in as_json])
        self.assertEqual([float(row["density"]) for row in rows], [row["density"] for row in as_json])
        self.assertEqual(self.run_it("score", "log.csv", "--farms", "farms.parquet").code, 0)
        self.assertEqual(self.read("farms.parquet")[:4], b"PAR1")

    def test_the_same_bytes_for_any_order_and_threads(self):
        self.evidence()
        expected = [self.read(name) for name in ("farms.csv", "scores.csv")]
        rows = honest_rows() + farm_rows()
        random.Random(2).shuffle(rows)
        self.log(*rows, *rows[:50])
        for threads in (1, 8):
            self.evidence("--threads", threads)
            self.assertEqual([self.read(name) for name in ("farms.csv", "scores.csv")], expected)

    def test_the_lock_counts_them(self):
        self.evidence()
        lock = json.loads(self.read("scores.csv.lock"))
        self.assertEqual(lock["farm_search"], {"farms": 1, "accounts": 20})
        self.assertEqual(lock["model"]["constants"]["farm.slot"], 600)

    def test_a_data_folder_pardons_until_it_is_withdrawn(self):
        self.succeeds("import", "log.csv", "--data", "data")
        people = lambda *words: self.succeeds("people", *words, "--data", "data")
        scores = lambda *more: self.succeeds("score", "--data", "data", "--as-of", "2026-06-01", "--json", *more)
        found = lambda *more: json.loads(scores(*more).out)["farm_search"]["accounts"]
        before = scores().out
        self.assertEqual(found(), 20)
        said = people("pardon", "forum:fake3", "forum:fake4", "--why", "They are a choir.").out
        self.assertIn("forum:fake3, forum:fake4", said)
        self.assertIn("They are a choir.", said)
        self.assertEqual(found(), 18)
        self.write("pardon.csv", "network,account\nforum,fake5\n")
        self.assertEqual(found("--pardon", "pardon.csv"), 17, "both count")
        self.write("farms.csv", "network,account\n" + "".join(f"forum,fake{fake}\n" for fake in range(FAKES)))
        people("pardon", "--list", "farms.csv", "--why", "All of them are.")
        self.assertEqual(found(), 0)
        self.succeeds("score", "--data", "data", "--out", "scores.csv")
        self.assertEqual(json.loads(self.read("scores.csv.lock"))["folder_pardon"]["entries"], 20)
        people("unpardon", "2")
        people("unpardon", "forum:fake3")
        self.assertEqual(found(), 19)
        people("unpardon", "forum:fake4")
        self.assertEqual(scores().out, before)
        self.assertIn("Nobody is pardoned.", people("pardons").out)
        kept = json.loads(people("pardons", "--json").out)["pardons"]
        self.assertNotIn(None, [pardon["withdrawn"] for pardon in kept])
        self.assertEqual([len(pardon["accounts"]) for pardon in kept], [1, 20, 1], "what was taken out of the first is kept by itself")

    def test_a_pardon_that_cannot_be_is_refused_in_a_sentence(self):
        fails = lambda naming, *words, code=1: self.fails("people", *words, "--data", "data", naming=naming, code=code)
        fails("name accounts to pardon", "pardon", "--why", "Why not.", code=2)
        fails("nobody.csv", "pardon", "--list", "nobody.csv", "--why", "Why not.")
        self.assertNotIn("data", self.files())
        fails("a reason", "pardon", "forum:fake3", "--why", " ")
        fails("no pardon 7 that stands", "unpardon", "7")
        fails("forum:fake3 is not pardoned", "unpardon", "forum:fake3")

    def test_a_pardon_takes_accounts_out(self):
        self.write("pardon.csv", "network,account\nforum,fake3\nforum,fake4\n")
        rows, _ = self.evidence("--pardon", "pardon.csv")
        self.assertEqual(len(rows), FAKES - 2)
        self.assertNotIn("fake3", [row["account"] for row in rows])
        self.write("pardon.csv", "network,account\n" + "".join(f"forum,fake{fake}\n" for fake in range(FAKES)))
        rows, answer = self.evidence("--pardon", "pardon.csv")
        self.assertEqual(rows, [])
        self.assertNotIn("farm", answer.err)

    def test_verified_accounts_are_not_searched(self):
        self.write("verified.csv", "network,account\nforum,fake0\n")
        rows, _ = self.evidence("--verified", "verified.csv")
        self.assertEqual(len(rows), FAKES - 1)
        self.assertNotIn("fake0", [row["account"] for row in rows])

    def test_an_honest_log_has_an_empty_file(self):
        answer = self.run_it("score", "honest.csv", "--farms", "farms.csv")
        self.assertEqual(answer.code, 0)
        self.assertEqual(self.csv_rows("farms.csv"), [])
        self.assertNotIn("farm", answer.err)

    def test_json_says_how_many(self):
        answer = self.run_it("score", "log.csv", "--json")
        self.assertEqual(json.loads(answer.out)["farm_search"], {"farms": 1, "accounts": 20})
        self.assertEqual(json.loads(answer.out)["rows"]["farm"], 160)

    def test_why_speaks_of_it(self):
        answer = self.run_it("why", "forum:customer0", "log.csv")
        self.assertIn("20 acts by accounts of a farm", answer.out)
        # Three days before, five customers had been served: no farm yet. Since then it was found.
        answer = self.run_it("why", "forum:customer0", "log.csv", "--as-of", "2026-05-09", "--since", "3d")
        self.assertIn("farm findings", answer.out)

    def test_one_file_is_not_written_twice(self):
        for other in ("--out", "--ledger"):
            self.fails(
                *("score", "log.csv", "--farms", "scores.csv", other, "scores.csv"),
                naming="--farms names the same file",
                code=2,
            )
        self.fails("score", "log.csv", "--farms", "log.csv", naming="log.csv is read by this run", code=2)
        self.fails("score", "log.csv", "--farms", "farms.txt", naming="must end in .csv", code=2)


if __name__ == "__main__":
    unittest.main()
