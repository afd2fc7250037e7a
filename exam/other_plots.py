"""What attention buys by the number of fakes, and how far scores move."""

import figures as f
import plot

COUNTS = [10, 100, 1000, 10000]
BANDS = [("median", "a"), ("p90", "b"), ("p99", "c")]


def bought(results):
    """Points bought by so many new accounts that act just now, for three bands, with the bound for any number."""
    runs = [
        (share, run)
        for (split, share), run in results.attacks.items()
        if split == results.middle and share in ("list", "0.1", "0.02")
    ]
    if not runs:
        return None
    picture = plot.Plot(
        360,
        "Points bought by fakes, and the bound",
        "Mean points gained by people at the median, 90th and 99th percentile against the number of new accounts, with the mean "
        "of the bounds that are printed before the attack.",
        f"Split {results.middle}, fitted. Lines: mean of about twenty people. Dashed: what any number could buy, printed before.",
    )
    left, gap, top, bottom = 40, 142, 92, 296
    width = (plot.WIDTH - 8 - left - gap * len(runs) + 24) / len(runs)
    highest = max(f.Price(run.figures, band).mean for _, run in runs for band, _ in BANDS)
    y = plot.Scale(0, highest * 1.12, bottom, top)
    for column, (share, run) in enumerate(runs):
        begin = left + column * (width + gap)
        x = plot.Scale(COUNTS[0], COUNTS[-1], begin + 8, begin + width - 8, log=True)
        picture.text(
            begin,
            top - 16,
            f"{f.percent(share)} verified" if share != "list" else "the list of verified people",
            "head",
        )
        for tick in plot.ticks(0, highest * 1.12, 5):
            picture.line(begin, y(tick), begin + width, y(tick), "grid")
            picture.text(begin - 8, y(tick) + 4, f"+{tick:g}", "muted", "end")
        for count in COUNTS:
            picture.text(x(count), bottom + 18, f"{count:,}", "muted", "middle")
        if column == 0:
            picture.text(begin, bottom + 42, "new accounts, each acting once in the last hour", "muted")
        names = [(band, style) for band, style in BANDS if f.band(f.scenario(run.figures, "once-10"), band)]
        bounds = [f.Price(run.figures, band).mean for band, _ in names]
        places = plot.spread_labels([y(bound) for bound in bounds], 17)
        for (band, style), bound, place in zip(names, bounds, places):
            gained = [(count, f.band(f.scenario(run.figures, f"once-{count}"), band)) for count in COUNTS]
            picture.path([(begin, y(bound)), (begin + width, y(bound))], f"{style} thin dashed")
            picture.path([(x(count), y(one["points_gained"]["mean"])) for count, one in gained], style)
            for count, one in gained:
                picture.dot(x(count), y(one["points_gained"]["mean"]), style)
            picture.text(begin + width + 8, place + 4, f"{band} +{bound:.1f}", f"{style} head")
    return picture.svg()


def daily_moves(results):
    """How far scores move from one day to the next."""
    rows = []
    if results.steadiness:
        for moves in results.steadiness.figures["daily_moves"]:
            rows += [
                (f"stationary, {moves['model']}", moves["all"]),
                (f"stationary, {moves['model']}, no new act", moves["no_new_act"]),
            ]
    evaluation = next(iter(results.evaluations.values())).figures
    log = "this log" if results.own_log else results.title
    for moves in evaluation["daily_moves"]:
        rows += [
            (f"{log}, {moves['model']}", moves["all"]),
            (f"{log}, {moves['model']}, no new act", moves["no_new_act"]),
        ]
    rows = [(name, sizes) for name, sizes in rows if sizes["person_days"] and sizes["mean"] > 0]
    if not rows:
        return None
    height = 126 + 26 * len(rows)
    picture = plot.Plot(
        height,
        "Daily moves under renown-0.1",
        "Mean, 99th percentile and largest size of moves from one day to the next, in points, for a stationary world "
        "and for the log of the exam.",
        "Points from one day to the next, logarithmic. Asked of a stationary world: mean .25, p99 2, no new act 2.",
    )
    left, right, top, bottom = 268, plot.WIDTH - 24, 72, 74 + 26 * len(rows)
    lowest, highest = (pick(sizes[key] for _, sizes in rows for key in ("mean", "largest")) for pick in (min, max))
    x = plot.Scale(min(0.05, lowest * 0.8), max(50.0, highest * 1.2), left, right, log=True)
    picture.columns(x, [0.1, 0.25, 0.5, 1, 2, 5, 10, 20, 50], top, bottom)
    for number, (name, sizes) in enumerate(rows):
        y = top + 16 + 26 * number
        picture.text(left - 12, y + 4, name, "", "end")
        picture.whisker(x(sizes["mean"]), y, x(max(sizes["largest"], sizes["mean"])), y, "d")
        for key, style in (("largest", "d"), ("p99", "b"), ("mean", "a")):
            if sizes[key] > 0:
                (picture.square if key == "largest" else picture.dot)(x(sizes[key]), y, style, 5)
    x = left
    for words, style in (("mean", "a"), ("99 % move less", "b"), ("largest", "d")):
        (picture.square if style == "d" else picture.dot)(x + 6, height - 10, style, 5)
        picture.text(x + 17, height - 6, words, style)
        x += 40 + 8 * len(words)
    return picture.svg()
