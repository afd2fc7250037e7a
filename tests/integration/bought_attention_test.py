"""P7 on real data: ten thousand planted accounts leave a 90th-percentile account no higher than the bound that was
printed for it before the attack. Higgs (RENOWN_DATA), a tenth of the accounts verified by a hash, as_of held.
"""

import gzip
import hashlib
import unittest

from vocabulary import Case, real_data

PLANTED = 10_000
DAY = 86_400


class BoughtAttention(Case):
    @classmethod
    def setUpClass(cls):
        cls.path = real_data("higgs") / "higgs-activity-days-1-5.txt.gz"
        with gzip.open(cls.path, "rt", encoding="ascii") as file:
            cls.rows = [line.split() for line in file]
        cls.as_of = max(int(row[2]) for row in cls.rows) + 1
        accounts = {name for row in cls.rows for name in row[:2]}
        cls.verified = sorted(name for name in accounts if hashlib.sha256(name.encode()).digest()[0] * 10 < 256)

    def setUp(self):
        super().setUp()
        self.write("verified.csv", "network,account\n" + "".join(f"twitter,{name}\n" for name in self.verified))
        self.before = self.cards(self.path)
        scored = sorted((row for row in self.before.values() if row["score"] is not None), key=lambda row: row["raw"])
        self.victim = scored[len(scored) * 9 // 10]["account"]

    def cards(self, *logs):
        return self.scores(*logs, "--as-of", self.as_of, "--verified", "verified.csv")

    def attack(self, name, acts):
        """Plants the acts (actor, target, time) and compares the victim with what was printed before."""
        self.write("planted.txt", "".join(f"{actor} {target} {time} RT\n" for actor, target, time in acts))
        before, after = self.before[self.victim], self.cards(self.path, "planted.txt")[self.victim]
        print(f"{name}: {self.figures(before)} before, {self.figures(after)} after, bound {self.figures(before, 'bound_')}")
        self.assertGreaterEqual(after["reach"], before["reach"] + PLANTED, "the attack was seen")
        self.assertGreater(after["raw"], before["raw"])
        self.assertLessEqual(after["raw"], before["bound_raw"] * (1 + 1e-12))
        self.assertLessEqual(after["score"], before["bound_score"] * (1 + 1e-12))
        self.assertEqual(
            after["vouched_raw"], before["vouched_raw"], "unverified accounts cannot touch the vouched score"
        )
        self.assertEqual(after["bound_raw"], before["bound_raw"])

    @staticmethod
    def figures(card, prefix=""):
        return f"raw {card[prefix + 'raw']:.2f} ({card[prefix + 'score']:.1f} points)"

    def planted(self):
        return (f"9{number:06}9" for number in range(PLANTED))

    def test_fresh(self):
        self.attack("fresh", ((actor, self.victim, self.as_of - 60) for actor in self.planted()))

    def test_dripped(self):
        self.attack(
            "dripped over a month",
            (
                (actor, self.victim, self.as_of - 1 - number * 30 * DAY // PLANTED)
                for number, actor in enumerate(self.planted())
            ),
        )

    def test_loyal(self):
        self.attack(
            "twice, nine days apart",
            ((actor, self.victim, self.as_of - 60 - days * DAY) for actor in self.planted() for days in (0, 9)),
        )

    def test_they_court_verified_people_too(self):
        """Each also engages with people whose word counts, and with others of the crowd."""
        acts = []
        for number, actor in enumerate(self.planted()):
            acts.append((actor, self.victim, self.as_of - 60))
            acts += [
                (actor, self.verified[(number * 7 + step) % len(self.verified)], self.as_of - 120 - step)
                for step in range(3)
            ]
            acts.append((actor, f"9{(number + 1) % PLANTED:06}9", self.as_of - 30))
        self.attack("courting verified people", acts)

    def test_without_a_list_there_is_no_bound(self):
        self.write("planted.txt", "".join(f"{actor} {self.victim} {self.as_of - 60} RT\n" for actor in self.planted()))
        after = self.scores(self.path, "planted.txt", "--as-of", self.as_of)[self.victim]
        self.assertEqual((after["protection"], after["bound_raw"]), ("unprotected", None))
        print(f"without a list: {after['score']:.1f} points")
        self.assertGreater(after["score"], 60)


if __name__ == "__main__":
    unittest.main()
