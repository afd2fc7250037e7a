"""`renown evaluate`: a small exam of the sample town with fixed figures; the same figures from a slow twin in Python;
the same bytes whatever the threads, the order of rows and the output; what it refuses; on the Higgs log the figures of
another program.
"""

import collections
import json
import math
import random
import time
import unittest

from vocabulary import HEADER, TOWN, TOWN_LISTS, Case, environment, interrupt, like, real_data

DAY = 86_400
TOWN_EXAM = ["evaluate", TOWN, *TOWN_LISTS, "--splits", "60,90", "--horizon", "25"]
QUICK = ["--bootstrap", "20", "--baselines", "engagers,engagers-7d,hits,followers", "--move-days", "3"]


def time_text(seconds):
    hours, rest = divmod(seconds % DAY, 3600)
    return f"2026-06-{1 + seconds // DAY:02}T{hours:02}:{rest // 60:02}:{rest % 60:02}Z"


def score_of(report, name, split=0):
    return next(one for one in report["splits"][split]["scores"] if one["name"] == name)


def value(report, name, outcome, measure, split=0):
    return score_of(report, name, split)["figures"][outcome][measure]["value"]


class Exam(Case):
    def exam(self, *arguments):
        return self.succeeds(*arguments, "--json").json()

    # -- the town

    def test_the_town_has_these_figures(self):
        report = self.exam(*TOWN_EXAM, *QUICK)
        first, second = report["splits"]
        self.assertEqual(first["time"], "2024-09-02T07:02:48Z")
        self.assertEqual(first["until"], "2024-09-27T07:02:48Z")
        self.assertEqual((first["people"], first["people_with_5_engagers"]), (56, 33))
        self.assertEqual((second["people"], second["people_with_5_engagers"]), (58, 36))
        self.assertEqual(first["people_with_outcome"], TOWN_OUTCOMES)
        self.assertEqual([one["name"] for one in report["models"]], ["verified list", "unprotected"])
        for (name, outcome, measure, split), wanted in TOWN_FIGURES.items():
            self.assertAlmostEqual(value(report, name, outcome, measure, split), wanted, 6, (name, outcome, measure))
        self.assertEqual(len(report["agreement_between_networks"]), 3)
        self.assertAlmostEqual(first["r2_points_log_followers"]["unprotected"], TOWN_R2, 6)
        self.assertEqual([moves["days"] for moves in report["daily_moves"]], [3, 3])
        self.assertEqual(report["inputs"][0]["interactions"], 5000)
        self.assertRegex(report["inputs"][0]["sha256"], "^[0-9a-f]{64}$")
        self.assertEqual(report["verified"]["entries"], 35)

    def test_every_figure_lies_in_its_interval_or_near_it_and_differences_are_paired(self):
        report = self.exam(*TOWN_EXAM, *QUICK)
        names = {one["name"] for one in report["splits"][0]["scores"]}
        self.assertEqual(names, {"verified list", "unprotected", "engagers", "engagers-7d", "hits", "followers"})
        for split in report["splits"]:
            self.assertEqual(len(split["differences"]), 2 * 4)
            for difference in split["differences"]:
                for outcome, measures in difference["figures"].items():
                    for measure, figure in measures.items():
                        if figure is None:
                            continue
                        a, b = (
                            next(s for s in split["scores"] if s["name"] == difference[end])["figures"]
                            for end in ("model", "minus")
                        )
                        wanted = a[outcome][measure]["value"] - b[outcome][measure]["value"]
                        self.assertAlmostEqual(figure["value"], wanted, 5)
                        low, high = figure["interval"]
                        self.assertLessEqual(low, high)

    def test_drawn_lists_have_a_mean_a_deviation_and_each_draw(self):
        for enrolment in ("random", "spread"):
            drawn_lists = ["--verified-shares", "0.5,0.1", "--draws", "3", "--enrolment", enrolment]
            report = self.exam("evaluate", TOWN, "--splits", "90", *drawn_lists, *QUICK)
            self.assertEqual(len(report["models"]), 3)
            name = report["models"][0]["name"]
            self.assertTrue(name.startswith("50 % verified"))
            self.assertEqual(report["models"][0]["constants"]["vouching.verified_share"], 0.5)
            drawn = score_of(report, name)
            rhos = [draw["reposters"]["spearman"] for draw in drawn["draws"]]
            self.assertEqual(len(rhos), 3)
            self.assertGreater(len(set(rhos)), 1)
            self.assertAlmostEqual(drawn["figures"]["reposters"]["spearman"]["value"], sum(rhos) / 3, 5)
            self.assertGreater(drawn["standard_deviation_between_draws"]["reposters"]["spearman"], 0)

    def test_same_bytes(self):
        wanted = self.succeeds(*TOWN_EXAM, *QUICK, "--json", "--threads", 1).out
        self.assertEqual(self.succeeds(*TOWN_EXAM, *QUICK, "--json", "--threads", 2).out, wanted)
        self.succeeds(*TOWN_EXAM, *QUICK, "--out", "exam.json")
        self.assertEqual(self.read("exam.json").decode(), wanted)
        lines = TOWN.read_text(encoding="utf-8").splitlines(keepends=True)[1:]
        random.Random(1).shuffle(lines)
        self.log(*lines)
        shuffled = self.exam("evaluate", "log.csv", *TOWN_EXAM[2:], *QUICK)
        self.assertEqual(shuffled["splits"], json.loads(wanted)["splits"])
        self.assertEqual(shuffled["daily_moves"], json.loads(wanted)["daily_moves"])
        other_seed = self.exam(*TOWN_EXAM, *QUICK, "--seed", 2)
        self.assertNotEqual(other_seed["splits"], shuffled["splits"])

    def test_the_table_shows_models_baselines_and_the_best_of_each_column(self):
        out = self.succeeds(*TOWN_EXAM, *QUICK).out
        for words in (
            "Split 60",
            "56 people, 33 of them with 5 engagers or more; 19 with later reposters",
            "verified list / *",
            "verified list minus the best simple ranking of each column",
            "R2 of points against log(1 + followers)",
            "Agreement between networks",
            "Daily moves, points",
        ):
            self.assertIn(words, out)
        self.assertIn("*", out.split("verified list")[1])
        other = self.succeeds(*TOWN_EXAM, *QUICK, "--outcome", "new_engagers").out
        self.assertIn("new engagers", other)
        plain = self.succeeds(*TOWN_EXAM, "--baselines", "none", "--bootstrap", "0", "--move-days", "0").out
        self.assertNotIn("*", plain)
        self.assertNotIn("Daily moves", plain)

    # -- a slow twin

    def test_a_slow_twin_says_the_same(self):
        dice = random.Random(5)
        rows = []  # (second, actor, target, kind): one act a pair and second, nobody addresses anybody
        for second in sorted(dice.sample(range(1, 8 * DAY), 900)):
            actor, target = f"p{dice.randrange(80)}", f"p{int(dice.paretovariate(0.7)) % 60}"
            rows.append((second, actor, target, dice.choice(["like", "repost"])))
        rows.insert(0, (0, "p0", "p1", "like"))
        self.log(*(like(actor, target, time_text(second), kind) for second, actor, target, kind in rows))
        names = ["acts", "engagers", "engagers-1d", "acts-2d", "own-activity"]
        days = ["--splits", "5", "--until", "7"]
        report = self.exam("evaluate", "log.csv", *days, "--bootstrap", "0", "--baselines", ",".join(names))
        twin = slow_exam(rows, 5 * DAY, 7 * DAY)
        self.assertEqual(report["splits"][0]["people"], len(twin["people"]))
        compared = 0
        for name in names:
            for outcome in ("engagers", "reposters", "reach", "new_engagers"):
                figures = score_of(report, name)["figures"][outcome]
                x = [twin["scores"][name][who] for who in twin["people"]]
                y = [twin["outcomes"][outcome][who] for who in twin["people"]]
                self.assertAlmostEqual(figures["spearman"]["value"], slow_spearman(x, y), 5)
                big = [i for i, who in enumerate(twin["people"]) if twin["scores"]["engagers"][who] >= 5]
                self.assertAlmostEqual(
                    figures["spearman_5_engagers"]["value"], slow_spearman([x[i] for i in big], [y[i] for i in big]), 5
                )
                self.assertAlmostEqual(figures["kendall_tau_b"]["value"], slow_kendall(x, y), 5)
                if len(set(x)) == len(x):  # among equals a hash decides, which the twin does not know
                    self.assertAlmostEqual(figures["ndcg_1000"]["value"], slow_ndcg(x, y, math.log1p), 5)
                    self.assertAlmostEqual(figures["ndcg_1000_linear"]["value"], slow_ndcg(x, y, float), 5)
                    compared += 1
        self.assertGreaterEqual(compared, 4)

    # -- what it refuses

    def test_refuses_with_a_sentence(self):
        for arguments, naming, code in (
            (["evaluate"], "LOG", 2),
            (["evaluate", TOWN], "--splits", 2),
            (["evaluate", TOWN, "--splits", "soon"], "'soon'", 2),
            (["evaluate", TOWN, "--splits", "60,"], "''", 2),
            (["evaluate", TOWN, "--splits", "0"], "is not inside the log", 2),
            (["evaluate", TOWN, "--splits", "999"], "--splits 999", 2),
            (["evaluate", TOWN, "--splits", "60..50"], "60..50", 2),
            (["evaluate", TOWN, "--splits", "60,60"], "there already", 2),
            (["evaluate", TOWN, "--splits", "100", "--horizon", "60"], "--splits 100", 2),
            (["evaluate", TOWN, "--splits", "60", "--horizon", "9", "--until", "90"], "--horizon", 2),
            (["evaluate", TOWN, "--splits", "60", "--until", "then"], "'then'", 2),
            (["evaluate", TOWN, "--splits", "60", "--baselines", "klout"], "'klout'", 2),
            (["evaluate", TOWN, "--splits", "60", "--enrolment", "lottery"], "lottery", 2),
            (["evaluate", TOWN, "--splits", "60", "--outcome", "fame"], "fame", 2),
            (["evaluate", TOWN, "--splits", "60", "--verified-shares", "0"], "--verified-shares 0", 2),
            (["evaluate", TOWN, "--splits", "60", "--verified-shares", "0.1,2"], "--verified-shares 2", 2),
            (["evaluate", TOWN, "--splits", "60", "--draws", "0"], "'0'", 2),
            (["evaluate", TOWN, "--splits", "60", "--as-of", "2024-09-01"], "--as-of", 2),
            (["evaluate", TOWN, "--splits", "60", "--model", "nosuch"], "nosuch", 2),
            (["evaluate", "nosuch.csv", "--splits", "1"], "nosuch.csv", 1),
            (["evaluate", TOWN, "--splits", "60", *QUICK, "--out", "no/such/folder.json"], "no/such", 1),
        ):
            with self.subTest(arguments):
                self.fails(*arguments, naming=naming, code=code, env=environment(HOME=str(self.folder)))

    def test_never_writes_over_what_it_reads_nor_leaves_half_a_file(self):
        self.log(*TOWN.read_text(encoding="utf-8").splitlines(keepends=True)[1:])
        before = self.read("log.csv")
        self.fails("evaluate", "log.csv", "--splits", "60", "--out", "log.csv", naming="is read by this run", code=2)
        self.fails("evaluate", "log.csv", "--splits", "999", "--out", "exam.json", naming="999", code=2)
        self.assertEqual(self.files(), ["log.csv"])
        self.assertEqual(self.read("log.csv"), before)

    def test_a_split_without_people_or_outcomes_is_not_enough_data(self):
        later = [like("b", "x", time_text(3 * DAY)), like("c", "y", time_text(6 * DAY))]
        self.log(like("a", "x", time_text(0), "post"), *later)
        self.fails("evaluate", "log.csv", "--splits", "2", naming="nobody had been engaged with", code=3)
        self.fails("evaluate", "log.csv", "--splits", "4", naming="none of the 1 people", code=3)
        self.write("empty.csv", HEADER)
        self.fails("evaluate", "empty.csv", "--splits", "2", naming="no interaction", code=3)

    # -- Higgs

    def test_higgs_has_the_figures_of_another_program(self):
        log = real_data("higgs") / "higgs-activity-days-1-5.txt.gz"
        report = self.exam(
            "evaluate", log, "--splits", "2..4,3,4,4.5", "--until", "5", "--bootstrap", "0", "--move-days", "0",
            "--draws", "1", "--baselines", "engagers-0.25d,engagers-0.5d,engagers-1d",
        )  # fmt: skip
        for split, name, spearman, ndcg, reach in KNOWN:
            for outcome, measure, wanted in (
                ("reposters", "spearman_5_engagers", spearman),
                ("reposters", "ndcg_1000", ndcg),
                ("reach", "ndcg_100", reach),
            ):
                self.assertAlmostEqual(value(report, name, outcome, measure, split), wanted, delta=0.008)

    def test_ends_at_once_when_interrupted(self):
        log = real_data("higgs") / "higgs-activity-days-1-5.txt.gz"
        days = ["--splits", "4", "--until", "5"]
        process = self.start("evaluate", log, *days, "--bootstrap", "100000", "--out", "exam.json")
        time.sleep(4)  # reading, scoring or sampling: it must end from any of them
        answer = interrupt(process)
        self.assertLess(answer.code, 0)
        self.assertEqual(self.files(), [])


# -- the twin: every rule in its plainest form


def slow_exam(rows, split, until):
    acts = [row for row in rows if row[1] != row[2]]
    before = [row for row in acts if row[0] < split]
    after = [row for row in acts if split <= row[0] < until]
    scores = {name: collections.Counter() for name in ("acts", "engagers", "engagers-1d", "acts-2d", "own-activity")}
    latest = {}
    for second, actor, target, _ in before:
        latest[actor, target] = second
        scores["acts"][target] += 1
        scores["own-activity"][actor] += 1
        scores["acts-2d"][target] += 2 ** (-(split - second) / DAY / 2)
    for (_, target), second in latest.items():
        scores["engagers"][target] += 1
        scores["engagers-1d"][target] += 2 ** (-(split - second) / DAY)
    engagers, reposters = collections.defaultdict(set), collections.defaultdict(set)
    for _, actor, target, kind in after:
        engagers[target].add(actor)
        if kind == "repost":
            reposters[target].add(actor)
    people = sorted(scores["engagers"])
    outcomes = {
        "engagers": {who: len(engagers[who]) for who in people},
        "reposters": {who: len(reposters[who]) for who in people},
        "reach": {who: sum(1 + len(reposters[actor]) for actor in list(reposters[who])) for who in people},
        "new_engagers": {who: sum((actor, who) not in latest for actor in engagers[who]) for who in people},
    }
    return {"people": people, "scores": scores, "outcomes": outcomes}


def midranks(values):
    return [sum(other < one for other in values) + (values.count(one) + 1) / 2 for one in values]


def slow_spearman(x, y):
    a, b = midranks(x), midranks(y)
    mean = (len(x) + 1) / 2
    covariance = sum((i - mean) * (j - mean) for i, j in zip(a, b))
    return covariance / math.sqrt(sum((i - mean) ** 2 for i in a) * sum((j - mean) ** 2 for j in b))


def slow_kendall(x, y):
    sign = lambda number: (number > 0) - (number < 0)  # noqa: E731
    pairs = [(sign(x[i] - x[j]), sign(y[i] - y[j])) for i in range(len(x)) for j in range(i)]
    agreement = sum(a * b for a, b in pairs)
    return agreement / math.sqrt(sum(a != 0 for a, _ in pairs) * sum(b != 0 for _, b in pairs))


def slow_ndcg(x, y, gain):
    discounted = lambda gains: sum(g / math.log2(place + 2) for place, g in enumerate(gains))  # noqa: E731
    in_order = [gain(outcome) for _, outcome in sorted(zip(x, y), reverse=True)]
    return discounted(in_order) / discounted(sorted(map(gain, y), reverse=True))


# -- expectations

# Split (in the order asked for), ranking, Spearman (>= 5 engagers), NDCG@1000, reach NDCG@100 on days 1-5 of Higgs, by
# another program, in which answers that were asked for count; Renown drops those, which moves figures by up to .007.
KNOWN = [
    (0, "engagers-1d", 0.434, 0.695, 0.686),
    (1, "engagers-0.25d", 0.466, 0.658, 0.776),
    (1, "engagers-0.5d", 0.484, 0.684, 0.773),
    (1, "engagers-1d", 0.491, 0.688, 0.774),
    (2, "engagers-0.25d", 0.487, 0.689, 0.753),
    (2, "engagers-0.5d", 0.482, 0.676, 0.748),
    (2, "engagers-1d", 0.474, 0.664, 0.723),
    (3, "engagers-0.25d", 0.443, 0.623, 0.691),
    (3, "engagers-0.5d", 0.431, 0.598, 0.650),
    (3, "engagers-1d", 0.410, 0.581, 0.632),
]

# Ranking, outcome, measure, split.
TOWN_FIGURES = {
    ("verified list", "reposters", "spearman", 0): 0.588019,
    ("verified list", "reposters", "spearman_5_engagers", 0): 0.638029,
    ("verified list", "engagers", "kendall_tau_b", 0): 0.711456,
    ("verified list", "reach", "ndcg_100", 0): 0.872901,
    ("verified list", "engagers", "partial_spearman", 1): 0.640259,
    ("unprotected", "reposters", "ndcg_1000", 0): 0.889983,
    ("unprotected", "engagers", "partial_spearman", 1): 0.687904,
    ("engagers", "reposters", "spearman", 0): 0.555852,
    ("engagers", "engagers", "kendall_tau_b", 1): 0.817885,
    ("engagers-7d", "reach", "ndcg_100", 0): 0.871882,
    ("engagers-7d", "reposters", "ndcg_1000", 1): 0.897702,
    ("hits", "reposters", "spearman", 0): 0.690633,
    ("hits", "new_engagers", "precision_100", 0): 0.178571,
    ("followers", "reposters", "spearman_5_engagers", 1): 0.189892,
}
TOWN_OUTCOMES = {"engagers": 52, "reposters": 19, "reach": 19, "new_engagers": 10}
TOWN_R2 = 0.085428

if __name__ == "__main__":
    unittest.main()
