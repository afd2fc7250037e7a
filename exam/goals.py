"""What is asked, what is reached, and whether that is enough."""

import figures as f

CROWD_GOALS = {"0.1": (5, 12), "0.02": (12, 16)}  # verified share: points at most, on average and for anybody
NEAR, FIRST = 0.97, 1.0
FOUND = 0.99
RESIDUAL = 1e-9
FARM_FINDINGS = "findings of the farm search"
REACHED, MISSED, REPORTED = "reached", "**missed**", "reported"


class Goal:
    def __init__(self, asked, reached, verdict):
        self.asked, self.reached, self.verdict = asked, reached, verdict


def verdict(passed):
    return REACHED if passed else MISSED


def goals(results):
    made = []
    for part in (
        prediction,
        graph_rankings,
        shares,
        crowds,
        own_acts,
        bots,
        farms,
        honest_crowds,
        accomplices,
        steadiness,
        residual,
        followers,
    ):
        made += part(results)
    return made


def first_evaluation(results):
    return next(iter(results.evaluations.values())).figures


def prediction(results):
    splits = first_evaluation(results)["splits"]
    for measure in f.measures(splits[0]):
        texts, lowest = [], 9.0
        for split in splits:
            name = f.headline(split)
            ratio, draws = f.ratio(split, name, measure), f.draw_ratios(split, name, measure)
            if ratio is None:
                continue
            lowest = min(lowest, ratio)
            each = f" ({min(draws):.3f} to {max(draws):.3f})" if len(draws) > 1 else ""
            texts.append(f"split {split['split']}: {ratio:.3f}{each}")
        if not texts:
            continue
        word = (
            REACHED + ", first on all"
            if lowest >= FIRST
            else REACHED + ", but for the goal of 1.0" if lowest >= NEAR else MISSED
        )
        yield Goal(
            f"{measure.title}: at least .97 of the best simple ranking of the split with its best half-life in hindsight; "
            "the goal is 1.0",
            "; ".join(texts),
            word,
        )


def graph_rankings(results):
    above, compared, below = 0, 0, []
    for split in first_evaluation(results)["splits"]:
        name = f.headline(split)
        for measure in f.measures(split):
            for ranking in f.GRAPH_RANKINGS:
                ours, theirs = f.value(split, name, measure), f.value(split, ranking, measure)
                if ours is None or theirs is None:
                    continue
                compared += 1
                above += ours > theirs
                if ours <= theirs:
                    below.append(
                        f"{ranking} at split {split['split']}, {measure.title}: {theirs:.3f} against {ours:.3f}"
                    )
    if compared:
        yield Goal(
            "Above PageRank, HITS, k-core and h-index everywhere",
            f"above in {above} of {compared} comparisons" + "".join(f"; below {one}" for one in below),
            verdict(not below),
        )


def shares(results):
    texts = []
    for enrolment, run in results.evaluations.items():
        means, draws = [], []
        for split in run.figures["splits"]:
            for name in f.names(split, True):
                if not (name.startswith("fitted") and "verified" in name):
                    continue
                for measure in f.measures(split):
                    ratio, where = (
                        f.ratio(split, name, measure),
                        f"{name.removeprefix('fitted, ')}, split {split['split']}, {measure.title}",
                    )
                    if ratio is not None:
                        means.append((ratio, where))
                        draws += [(draw, where) for draw in f.draw_ratios(split, name, measure)]
        if means:
            below = sum(ratio < NEAR for ratio, _ in means)
            text = f"{enrolment}: {len(means) - below} of {len(means)} ratios at least .97, "
            text += f"the lowest {min(means)[0]:.3f} ({min(means)[1]})"
            texts.append(text + (f", the lowest draw {min(draws)[0]:.3f} ({min(draws)[1]})" if draws else ""))
    if texts:
        yield Goal("Every verified share, random and spread enrolment, several draws", "; ".join(texts), REPORTED)


def crowds(results):
    for share, (mean, most) in CROWD_GOALS.items():
        runs = [(split, run) for (split, of), run in results.attacks.items() if of == share]
        yield from crowd_goals(f"{f.percent(share)} verified", runs, mean, most)
    if results.spread_attack:
        runs = [(results.middle, results.spread_attack)]
        yield from crowd_goals("10 % verified by spread enrolment", runs, *CROWD_GOALS["0.1"])


def crowd_goals(who, runs, mean, most):
    for name in ("p90", "p99") if runs else ():
        prices = [(split, f.Price(run.figures, name)) for split, run in runs]
        texts = [
            f"split {split}: +{price.mean:.1f} on average, +{price.most:.1f} at most "
            f"(planted: +{price.planted_mean:.1f}, +{price.planted_most:.1f})"
            for split, price in prices
        ]
        yield Goal(
            f"{who}: any number of unverified accounts buys a {name} account at most +{mean} points on average, "
            f"+{most} for anybody",
            "; ".join(texts),
            verdict(all(price.mean <= mean and price.most <= most for _, price in prices)),
        )


def checked(results):
    """Attacks that goals without a share of their own are about."""
    return [(split, share, run.figures) for (split, share), run in results.attacks.items() if share in ("0.1", "list")]


def own_acts(results):
    largest, runs = 0.0, checked(results)
    for _, _, attack in runs:
        for one in attack["shares"][0]["scenarios"]:
            if one["means"] == "own" and not one["skipped"]:
                largest = max(
                    [largest, *(abs(each["points_gained"]) for found in one["bands"] for each in found["each"])]
                )
    if runs:
        yield Goal(
            "Own acts gain 0, the farms found before held",
            f"largest gain {largest:.3g} points",
            verdict(largest < 1e-9),
        )
    changed = [
        f"split {split}: {check['text'].partition(': ')[2]}"
        for split, _, attack in runs
        for check in attack["checks"]
        if not check["passed"] and FARM_FINDINGS in check["text"]
    ]
    if runs:
        yield Goal(
            "Own acts change no finding of the farm search",
            "; ".join(changed) if changed else "none changed",
            verdict(not changed),
        )


def bots(results):
    for title, prefixes in (
        ("Quote bots whose posts draw what the median account's do", ("quote-bot-1", "quote-bot-5", "quote-bot-30")),
        ("Quote bots with an audience as large as the median person's", ("quote-bot-audience-",)),
        ("The reply bot", ("reply-bot",)),
    ):
        texts, passed = [], True
        for split, _, attack in checked(results):
            chosen = [
                one
                for one in attack["shares"][0]["scenarios"]
                if one["means"] == "bot"
                and one["bands"]
                and one["name"].startswith(prefixes)
                and one["name"] != "reply-bot-liked"
            ]
            if not chosen:
                continue
            highest, median = max(one["bands"][0]["points_after"]["mean"] for one in chosen), f.median_points(attack)
            passed = passed and highest < median
            texts.append(f"split {split}: {highest:.1f}, median person {median:.1f}")
        if texts:
            yield Goal(f"{title}: below the median person", "; ".join(texts), verdict(passed))


def farms(results):
    texts, passed = [], True
    for split, _, attack in checked(results):
        for customers in ("20", "100"):
            one = f.scenario(attack, f"farm-{customers}")
            if not one or not one["planted_accounts"]:
                continue
            found = one["flagged_planted"]
            recall, flagged = found / one["planted_accounts"], found + one["flagged_real"]
            precision = found / flagged if flagged else 0.0
            passed = passed and recall >= FOUND and precision >= FOUND
            texts.append(f"split {split}, {customers} customers: precision {precision:.3f}, recall {recall:.3f}")
    if texts:
        yield Goal(
            "Farms with 20 customers and more: found with precision and recall of at least .99",
            "; ".join(texts),
            verdict(passed),
        )


def honest_crowds(results):
    if results.honest:
        crowds, flagged = results.honest.figures["crowds"], results.honest.figures["failed"]
        yield Goal(
            "Honest crowds: nobody taken for a farm",
            f"people flagged in {flagged} of {crowds} crowds",
            verdict(flagged == 0),
        )


def accomplices(results):
    texts = []
    for split, _, attack in checked(results):
        if split != results.middle:
            continue
        for name in ("accomplices-1", "accomplices-3", "accomplices-10"):
            alone = f.band(f.scenario(attack, name), "p90")
            joined = f.band(f.scenario(attack, f"{name}-with-10000"), "p90")
            if alone and joined:
                texts.append(
                    f"{name.rpartition('-')[2]}: +{alone['points_gained']['mean']:.1f}, with 10,000 fakes "
                    f"+{joined['points_gained']['mean']:.1f}"
                )
    if texts:
        yield Goal("Verified accomplices, p90", "; ".join(texts), REPORTED)


def steadiness(results):
    if not results.steadiness:
        return
    for moves in results.steadiness.figures["daily_moves"]:
        everybody, quiet = moves["all"], moves["no_new_act"]
        yield Goal(
            f"Stationary world, renown-0.1, {moves['model']}: mean daily move at most .25 points, p99 at most 2",
            f"mean {everybody['mean']:.2f}, p99 {everybody['p99']:.2f}",
            verdict(everybody["mean"] <= 0.25 and everybody["p99"] <= 2),
        )
        yield Goal(
            f"The same, {moves['model']}: nobody without a new act moves by more than 2 points",
            f"largest {quiet['largest']:.2f}",
            verdict(quiet["largest"] <= 2),
        )


def residual(results):
    if results.residual:
        found = results.residual.figures
        yield Goal(
            "Contributions sum to the raw score under a fitted model: relative residual at most 1e-9",
            f"largest {found['largest']:.1e} of {found['accounts']:,} accounts, {found['lines']:,} contributions",
            verdict(found["largest"] <= RESIDUAL),
        )


def followers(results):
    printed = [
        (split["split"], split.get("r2_points_log_followers") or {}) for split in first_evaluation(results)["splits"]
    ]
    texts = [
        f"split {split}: {r2[name]:.3f}"
        for split, r2 in printed
        for name in r2
        if name == f.HEADLINE or name == "fitted, verified list"
        if r2[name] is not None
    ]
    yield Goal(
        "R2 of points against log(followers), where there are follows",
        "; ".join(texts) if texts else "the log has no follow rows, so there is none",
        REPORTED,
    )
