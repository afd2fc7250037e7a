"""`renown attack`: fixed figures on the sample town; the same bytes whatever the threads and the order of rows; what it
refuses; and that the promises hold on Higgs (RENOWN_DATA).
"""

import csv
import random
import signal
import unittest

from vocabulary import TOWN, TOWN_AS_OF, TOWN_LISTS, Case, interrupt, like, real_data, wait_until

TOWN_ATTACK = ["attack", TOWN, *TOWN_LISTS, *TOWN_AS_OF, "--targets", "5"]
SMALL = "once-10,weights-1000,accomplices-3,farm-20,pod-10,own-likes,own-sock-linked,quote-bot-audience,reply-bot"

# scenario: mean points gained at the median, p90 and p99 of the town
TOWN_GAINED = {
    "once-10": (6.1, 3.4, 3.1),
    "weights-1000": (11.4, 11.8, 11.2),
    "farm-20": (0.0, 0.0, 0.0),
    "own-likes": (0.0, 0.0, 0.0),
    "own-sock-linked": (0.0, 0.0, 0.0),
}


class Attack(Case):
    def report(self, *arguments, **more):
        return self.succeeds(*arguments, "--json", **more).json()

    def scenario(self, report, name, share=0):
        return next(one for one in report["shares"][share]["scenarios"] if one["name"] == name)

    # -- the town

    def test_the_town_has_these_figures(self):
        report = self.report(*TOWN_ATTACK, "--scenarios", SMALL)
        self.assertEqual(report["as_of"], "2024-11-01T00:00:00Z")
        self.assertEqual(report["inputs"][0]["interactions"], 5000)
        self.assertEqual(report["verified"]["entries"], 35)
        share = report["shares"][0]
        self.assertEqual((share["verified_share"], share["protection"]), (None, "verified"))
        self.assertEqual(share["constants"]["vouching.verified_share"], 0.1)
        self.assertEqual(share["draws"][0]["scored_people"], 49)
        for name, wanted in TOWN_GAINED.items():
            bands = self.scenario(report, name)["bands"]
            self.assertEqual([band["band"] for band in bands], ["median", "p90", "p99"])
            for band, points in zip(bands, wanted):
                self.assertAlmostEqual(band["points_gained"]["mean"], points, delta=0.051, msg=f"{name} {band['band']}")
                self.assertEqual(band["targets"], 5)
        self.assertTrue(all(check["passed"] for check in report["checks"]), report["checks"])
        self.assertEqual({check["kind"] for check in report["checks"]}, {"promise", "goal"})

    def test_every_attack_stays_within_its_bound_and_upper_limits_lie_between_mean_and_most(self):
        report = self.report(*TOWN_ATTACK, "--scenarios", SMALL)
        for scenario in report["shares"][0]["scenarios"]:
            for band in scenario["bands"]:
                for each in band["each"]:
                    self.assertLessEqual(each["raw_after"], each["bound_after"] * (1 + 1e-12), scenario["name"])
                gained = band["points_gained"]
                self.assertLessEqual(gained["least"], gained["mean"] + 1e-9)
                self.assertLessEqual(gained["mean"], gained["most"] + 1e-9)
                self.assertGreaterEqual(gained["mean_upper_95"], gained["mean"])

    def test_farm_accounts_are_found_and_nobody_else(self):
        farm = self.scenario(self.report(*TOWN_ATTACK, "--scenarios", "farm-20"), "farm-20")
        self.assertEqual(farm["flagged_planted"], farm["planted_accounts"])
        self.assertEqual(farm["flagged_real"], 0)

    def test_table_and_file_say_the_same(self):
        table = self.succeeds(*TOWN_ATTACK, "--scenarios", "once-10,reply-bot", "--out", "attack.json").out
        self.assertIn("once-10", table)
        self.assertIn("points reached", table)
        self.assertIn("distinct engagers", table)
        self.assertRegex(table, r"(?m)^pass +with the list of verified people: S stays within")
        told = self.succeeds(*TOWN_ATTACK, "--scenarios", "once-10,reply-bot", "--json").out
        self.assertEqual(self.read("attack.json").decode(), told)

    # -- shares

    def test_verified_people_are_drawn_where_no_list_is_given(self):
        lists = [*TOWN_LISTS[:2], *TOWN_AS_OF, "--targets", "4"]
        report = self.report("attack", TOWN, *lists, "--scenarios", "weights-1000")
        self.assertEqual([share["verified_share"] for share in report["shares"]], [0.1])
        report = self.report(
            "attack", TOWN, *lists, "--scenarios", "weights-1000,accomplices-1", "--verified-shares", "0.5,0.1,0",
            "--draws", "2", "--enrolment", "spread", "--seed", "7"
        )
        half, tenth, nobody = report["shares"]
        self.assertEqual([draw["seed"] for draw in half["draws"]], [7, 8])
        self.assertEqual((half["constants"]["vouching.verified_share"], nobody["protection"]), (0.5, "unprotected"))
        self.assertGreater(tenth["frontier"][0]["unlimited_points"], half["frontier"][0]["unlimited_points"])
        self.assertIsNone(nobody["frontier"][0]["unlimited_points"])
        self.assertGreater(nobody["frontier"][0]["observed_points"], tenth["frontier"][0]["observed_points"])
        self.assertTrue(self.scenario(report, "accomplices-1", 2)["skipped"])
        self.assertEqual(self.scenario(report, "weights-1000", 0)["bands"][0]["targets"], 8)

    # -- the same bytes

    def test_threads_and_the_order_of_rows_do_not_matter(self):
        with open(TOWN, encoding="utf-8", newline="") as file:
            head, *rows = csv.reader(file)
        random.Random(1).shuffle(rows)
        with open(self.folder / "shuffled.csv", "w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([head, *rows])
        more = ["--scenarios", SMALL, "--enrolment", "spread", "--verified-shares", "0.2"]
        common = [*TOWN_LISTS[:2], *TOWN_AS_OF, "--targets", "4", *more]
        one = self.report("attack", TOWN, *common, "--threads", "1")
        two = self.report("attack", TOWN, *common, "--threads", "2")
        shuffled = self.report("attack", "shuffled.csv", *common)
        self.assertEqual(one, two)
        del one["inputs"], shuffled["inputs"]
        self.assertEqual(one, shuffled)

    # -- what is refused

    def test_refusals(self):
        cases = [
            (["--scenarios", "everything"], "--scenarios everything: there are all, "),
            (["--bands", "101"], "--bands 101: a percentile is from 0 to 100"),
            (["--bands", "high"], "'high' is no number"),
            (["--verified-shares", "1.5"], "--verified-shares 1.5: a share is from 0"),
            (["--verified-shares", "0.1", "--verified-share", "0.1"], "leave --verified-share out"),
            (["--verified-shares", "0.1", *TOWN_LISTS[2:]], "give one of the two"),
            (["--enrolment", "friends"], "--enrolment friends: there are random, spread"),
            (["--targets", "0"], "'0' is no whole number"),
            (["--draws", "0"], "'0' is no whole number"),
        ]
        for arguments, naming in cases:
            self.fails("attack", TOWN, *arguments, naming=naming, code=2)

    def test_files_that_cannot_be_or_must_not_be_written_are_refused_before_the_run(self):
        self.fails("attack", TOWN, "--out", "nowhere/attack.json", naming="nowhere")
        self.write("log.csv", TOWN.read_bytes())
        self.fails("attack", "log.csv", "--out", "./log.csv", naming="is read by this run", code=2)
        self.assertEqual(self.read("log.csv"), TOWN.read_bytes())

    def test_a_log_without_scores_has_nobody_to_attack(self):
        self.log(like("ada", "hazel"), like("bob", "hazel"))
        self.fails("attack", "log.csv", naming="nobody in this log has a score", code=3)
        self.log(*(like(name, "hazel") for name in ("ada", "bob", "cyd")))
        report = self.report("attack", "log.csv", "--scenarios", "once-10,own-posts,accomplices-1,pod-10")
        self.assertEqual(self.scenario(report, "once-10")["bands"][0]["targets"], 1)

    def test_ctrl_c_leaves_nothing(self):
        process = self.start("attack", TOWN, *TOWN_LISTS, *TOWN_AS_OF, "--out", "attack.json")
        wait_until(lambda: self.files() or process.poll() is not None, "the report's file to be begun")
        answer = interrupt(process)
        self.assertEqual(answer.code, -signal.SIGINT)
        self.assertEqual((answer.out, self.files()), ("", []))

    # -- Higgs

    def test_promises_hold_on_higgs(self):
        log = real_data("higgs") / "higgs-activity-days-1-5.txt.gz"
        report = self.report(
            "attack", log, "--targets", "20", "--bands", "90,99",
            "--scenarios", "once-1000,weights-1000,accomplices-3,accomplices-3-with-1000,own-likes,farm-20"
        )
        for check in report["checks"]:
            print(("pass  " if check["passed"] else "missed  ") + check["text"])
        self.assertEqual({check["kind"] for check in report["checks"]}, {"promise", "goal"})
        missed = [check["text"] for check in report["checks"] if not check["passed"]]
        self.assertEqual([text for text in missed if "findings of the farm search" not in text], [])
        crowd = self.scenario(report, "weights-1000")["bands"]
        self.assertLess(crowd[0]["points_gained"]["mean"], 5.0)
        simple = report["simple_rankings"][0]
        self.assertEqual(simple["name"], "distinct engagers")
        self.assertGreater(simple["prices"][0]["points_gained"], 20.0)
        self.assertGreater(self.scenario(report, "accomplices-3-with-1000")["bands"][0]["points_gained"]["mean"],
                           crowd[0]["points_gained"]["mean"])


if __name__ == "__main__":
    unittest.main()
