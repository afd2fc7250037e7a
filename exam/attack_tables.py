"""Tables of what bought attention buys."""

import figures as f
from markdown import MISSING, points, table

BANDS = ["median", "p90", "p99"]


def prices(results):
    """What any number of unverified accounts buys, for each split, share and enrolment."""
    rows = []
    for (split, share), run in results.attacks.items():
        rows.append(price_row(split, "fitted", share, "", run))
    if results.spread_attack:
        rows.append(price_row(results.middle, "fitted", "0.1", ", spread", results.spread_attack))
    for share, run in results.shipped_attacks.items():
        rows.append(price_row(results.middle, "renown-0.1", share, "", run))
    return table(
        [
            "split",
            "model",
            "verified",
            *(f"{band}: mean / most / planted" for band in BANDS),
            "accomplices 1, 3, 10 (p90)",
        ],
        rows,
    )


def price_row(split, model, share, enrolment, run):
    attack, cells = run.figures, []
    for name in BANDS:
        price = f.Price(attack, name)
        cells.append(
            f"{points(price.mean)} / {points(price.most)} / {points(price.planted_mean)}"
            if price.is_bounded
            else f"no bound / {points(price.planted_most)} / {points(price.planted_mean)}"
        )
    helpers = [f.band(f.scenario(attack, f"accomplices-{count}"), "p90") for count in (1, 3, 10)]
    who = "the list" if share == "list" else "nobody" if share == "0" else f.percent(share) + enrolment
    return [
        split,
        model,
        who,
        *cells,
        ", ".join(points(one["points_gained"]["mean"]) for one in helpers) if all(helpers) else MISSING,
    ]


def scenarios(attack):
    """Every scenario of one run: mean, upper 95 % limit and largest gain of each band; bots by points reached."""
    rows = []
    for one in attack["shares"][0]["scenarios"]:
        if one["skipped"] or one["means"] == "bot":
            continue
        bands = [f.band(one, name) for name in BANDS]
        rows.append(
            [
                one["name"],
                one["description"],
                *(gained(band["points_gained"]) if band else MISSING for band in bands),
                found(one),
            ]
        )
    text = table(["scenario", "what it is", *(f"{band}: mean (upper) most" for band in BANDS), "found"], rows)
    bots = [one for one in attack["shares"][0]["scenarios"] if one["means"] == "bot" and not one["skipped"]]
    if bots:
        text += f"\nBots, which do not exist before; the median person has {f.median_points(attack):.1f} points:\n\n"
        text += table(
            ["bot", "what it is", "points: mean (upper) most"],
            [[one["name"], one["description"], reached(one["bands"][0]["points_after"])] for one in bots],
        )
    return text


def gained(spread):
    upper = f" ({points(spread['mean_upper_95'])})" if spread["mean_upper_95"] is not None else ""
    return f"{points(spread['mean'])}{upper} {points(spread['most'])}"


def reached(spread):
    upper = f" ({spread['mean_upper_95']:.1f})" if spread["mean_upper_95"] is not None else ""
    return f"{spread['mean']:.1f}{upper} {spread['most']:.1f}"


def found(one):
    if not one["flagged_planted"] and not one["flagged_real"]:
        return ""
    share = 100 * one["flagged_planted"] / one["planted_accounts"] if one["planted_accounts"] else 0
    return f"{share:.1f} %" + (f", and {one['flagged_real']} real people" if one["flagged_real"] else "")


def simple(attack):
    """What the same fakes buy where engagers are just counted."""
    rows = [
        [
            ranking["name"],
            *(
                " / ".join(points(price["points_gained"]) for price in ranking["prices"] if price["band"] == band)
                for band in BANDS
            ),
        ]
        for ranking in attack["simple_rankings"]
    ]
    return table(["simple ranking, 1,000 / 10,000 fakes", *BANDS], rows) if rows else ""


def checks(results):
    """What the program itself checks in every attack; a broken promise is a defect."""
    broken = [
        check["text"]
        for run in all_attacks(results)
        for check in run.figures["checks"]
        if check["kind"] == "promise" and not check["passed"]
    ]
    held = sum(
        check["kind"] == "promise" and check["passed"]
        for run in all_attacks(results)
        for check in run.figures["checks"]
    )
    return f"{held} of {held + len(broken)} promises held." + "".join(f"\n- **broken**: {text}" for text in broken)


def all_attacks(results):
    return [
        *results.attacks.values(),
        *([results.spread_attack] if results.spread_attack else []),
        *results.shipped_attacks.values(),
    ]
