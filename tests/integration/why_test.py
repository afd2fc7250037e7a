"""`renown why`: the parts of every roll-up sum to the raw score, and of every change to the difference; each reason of
a change appears where a small log gives cause for it.
"""

import csv
import math
import unittest

from vocabulary import TOWN, TOWN_AS_OF, TOWN_LISTS, Case, crowd, csv_text, like

ROLL_UPS = ("engagers", "posts", "networks", "kinds", "tags", "days")
PROTECTIONS = {"unprotected": [], "verified": TOWN_LISTS}


class Sums(Case):
    def close(self, a, b, what):
        self.assertTrue(math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-9), f"{what}: {a} and {b}")

    def test_every_roll_up_sums_to_the_raw_score_of_everybody_in_town(self):
        for protection, lists in PROTECTIONS.items():
            scores = self.succeeds("score", TOWN, *TOWN_AS_OF, *lists, "--json", "--top", "0").json()["scores"]
            self.assertGreater(len(scores), 60)
            for row in scores:
                account = f"{row['network']}:{row['account']}"
                why = self.run_it("why", account, TOWN, *TOWN_AS_OF, *lists, "--json").json()
                self.assertEqual(why["protection"], protection)
                for column in ("raw", "score", "vouched_raw", "bound_raw", "reach", "percentile"):
                    self.assertEqual(why["card"][column], row[column], f"{column} of {account}")
                for roll_up in ROLL_UPS:
                    self.close(
                        sum(part["contribution"] for part in why[roll_up]), row["raw"], f"{roll_up} of {account}"
                    )
                sources = why["sources"]
                if protection == "verified":
                    self.close(sources["verified"] + sources["unverified_counted"], row["raw"], account)
                    self.close(
                        sources["unverified_counted"] + sources["unverified_bounded"], sources["unverified"], account
                    )
                    self.close(sources["verified"], row["vouched_raw"], account)

    def test_the_ledger_sums_to_the_raw_score_of_everybody(self):
        for lists in PROTECTIONS.values():
            self.succeeds("score", TOWN, *TOWN_AS_OF, *lists, "--out", "scores.csv", "--ledger", "ledger.csv")
            sums = {}
            for line in self.csv_rows("ledger.csv"):
                person = line["person"] or (line["network"], line["account"])
                sums[person] = sums.get(person, 0.0) + float(line["contribution"])
            for row in self.csv_rows("scores.csv"):
                self.close(
                    sums.get(row["person"] or (row["network"], row["account"]), 0.0), float(row["raw"]), row["account"]
                )

    def test_the_parts_of_a_change_sum_to_the_difference(self):
        for lists in PROTECTIONS.values():
            for account in ("forum:hazel", "chirp:juniper", "chirp:max_power", "chirp:bixby", "codehub:ember"):
                for since in ("1d", "7d", "30d", "100d", "2024-08-01"):
                    change = self.succeeds(
                        "why", account, TOWN, *TOWN_AS_OF, *lists, "--json", "--since", since
                    ).json()["change"]
                    self.close(change["raw_difference"], change["raw_after"] - change["raw_before"], account)
                    self.close(sum(change["by_reason"].values()), change["raw_difference"], account)
                    self.close(sum(line["difference"] for line in change["lines"]), change["raw_difference"], account)

    def test_what_is_lost_without_an_engager_is_exact(self):
        rows = list(csv.reader(TOWN.read_text(encoding="utf-8").splitlines()))
        for lists in PROTECTIONS.values():
            why = self.succeeds("why", "forum:hazel", TOWN, *TOWN_AS_OF, *lists, "--json").json()
            for engager in [one for one in why["engagers"] if not one["person"]][:4]:
                who = [engager["network"], engager["account"]]
                rest = [row for row in rows if [row[1], row[3]] != who or row[4] != "hazel"]
                self.assertLess(len(rest), len(rows))
                self.write("rest.csv", csv_text(rest))
                without = self.succeeds("why", "forum:hazel", "rest.csv", *TOWN_AS_OF, *lists, "--json").json()
                self.close(why["card"]["score"] - without["card"]["score"], engager["points_lost"], who)

    def test_the_text_shows_what_json_says(self):
        text = self.succeeds("why", "forum:hazel", TOWN, *TOWN_AS_OF, *TOWN_LISTS, "--since", "7d").out
        why = self.succeeds("why", "forum:hazel", TOWN, *TOWN_AS_OF, *TOWN_LISTS, "--since", "7d", "--json").json()
        self.assertIn(f"score      {why['card']['score']:.1f}", text)
        self.assertIn(f"bound      {why['card']['bound_score']:.1f}", text)
        self.assertIn(f"verified: {why['sources']['verified_engagers']} engagers", text)
        for reason, difference in why["change"]["by_reason"].items():
            self.assertEqual(reason in text, difference != 0, reason)


EARLY, LATER, AS_OF, SINCE = "2026-05-01", "2026-06-25", "2026-07-01", "2026-06-15"
NOBODY_VERIFIED = "network,account\n"
NOBODY_LINKED = "person,network,account\n"
CROWD = crowd("hazel", 4, time=EARLY)
ADA_VERIFIED = NOBODY_VERIFIED + "forum,ada\n"


def early(actor, target="hazel", **more):
    return like(actor, target, EARLY, **more)


def later(actor, target="hazel", **more):
    return like(actor, target, LATER, **more)


class Reasons(Case):
    """One cause a log, and the reason that must be named for it, with its sign."""

    def change(self, *rows, **lists):
        self.log(*rows)
        options = []
        for name, text in lists.items():
            option = "--" + name.replace("_", "-")
            options += [option, self.write(f"{name}.csv", text)]
        answer = self.run_it("why", "forum:hazel", "log.csv", "--as-of", AS_OF, "--since", SINCE, "--json", *options)
        self.assertIn(answer.code, (0, 3), answer.err)
        change = answer.json()["change"]
        self.assertTrue(
            math.isclose(sum(change["by_reason"].values()), change["raw_after"] - change["raw_before"], abs_tol=1e-9)
        )
        return change

    def expect(self, change, **wanted):
        """Which reasons there are, and which way each moved the score: "+" or "-"."""
        signs = {
            reason.replace(" ", "_"): "+" if amount > 0 else "-"
            for reason, amount in change["by_reason"].items()
            if amount
        }
        self.assertEqual(signs, wanted)

    def test_new_engager(self):
        self.expect(self.change(CROWD, later("ada")), new_engagers="+", faded="-")

    def test_first_engager_ever(self):
        change = self.change(later("ada"))
        self.assertFalse(change["engaged_with_before"])
        self.expect(change, new_engagers="+")

    def test_renewed(self):
        self.expect(self.change(early("ada"), later("ada")), renewed="+")

    def test_faded(self):
        self.expect(self.change(CROWD), faded="-")

    def test_faded_out_of_the_window(self):
        self.expect(self.change(like("ada", "hazel", "2025-12-25"), early("bob")), faded="-")

    def test_withdrawn(self):
        self.expect(self.change(early("ada", id="a1"), like("ada", "", LATER, kind="undo", id="a1")), withdrawn="-")

    def test_withdrawn_but_an_older_act_stands(self):
        change = self.change(
            early("ada"), like("ada", "hazel", "2026-06-10", id="a2"), like("ada", "", LATER, kind="undo", id="a2")
        )
        self.expect(change, withdrawn="-")

    def test_newly_verified(self):
        change = self.change(CROWD, early("ada"), verified=ADA_VERIFIED, verified_then=NOBODY_VERIFIED)
        self.assertGreater(change["by_reason"]["newly verified"], 0)
        self.assertGreater(change["by_reason"]["room for unvouched attention"], 0, "it makes room for the others")
        self.assertEqual(change["by_reason"]["no longer verified"], 0)

    def test_no_longer_verified(self):
        change = self.change(CROWD, early("ada"), verified=NOBODY_VERIFIED, verified_then=ADA_VERIFIED)
        self.assertLess(change["by_reason"]["no longer verified"], 0)
        self.assertLess(change["by_reason"]["room for unvouched attention"], 0)
        self.assertEqual(change["by_reason"]["newly verified"], 0)

    def test_links(self):
        people = NOBODY_LINKED + "Fan,forum,fan0\nFan,forum,fan1\n"
        change = self.change(CROWD, people=people, people_then=NOBODY_LINKED)
        self.assertLess(change["by_reason"]["links"], 0)

    def test_links_to_the_one_who_is_engaged_with(self):
        people = NOBODY_LINKED + "Hazel,forum,hazel\nHazel,forum,fan0\n"
        change = self.change(CROWD, people=people, people_then=NOBODY_LINKED)
        self.assertLess(change["by_reason"]["links"], 0)

    def test_standing(self):
        verified = ADA_VERIFIED + "forum,bob\n"
        self.expect(
            self.change(early("ada"), later("bob", "ada"), verified=verified), faded="-", standing_of_your_engagers="+"
        )

    def test_room(self):
        change = self.change(CROWD, later("ada"), verified=ADA_VERIFIED)
        self.expect(change, faded="-", new_engagers="+", room_for_unvouched_attention="+")

    def test_nothing_happened_to_somebody_nobody_engages_with(self):
        self.expect(self.change(early("hazel", "ada")))


if __name__ == "__main__":
    unittest.main()
