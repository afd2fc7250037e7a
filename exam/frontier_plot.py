"""The frontier: what bought attention buys against what the score foretells."""

import figures as f
import plot

SIMPLE = {
    "distinct engagers": ("engagers", "distinct engagers"),
    "decayed distinct engagers 0.25 d": ("engagers-0.25d", "half-life 0.25 d"),
    "decayed distinct engagers 0.5 d": ("engagers-0.5d", "half-life 0.5 d"),
    "decayed distinct engagers 1 d": ("engagers-1d", "half-life 1 d"),
}
BOUGHT = 10000


class Point:
    def __init__(self, label, price, most, figure):
        self.label, self.price, self.most, self.figure = label, price, most, figure


def fitted_points(results, split, measure):
    """One point for each verified share, cheapest first; without a price or a figure it is left out."""
    points = []
    for (of, share), run in results.attacks.items():
        if of != results.middle or share == "0":
            continue
        name = f"fitted, {f.percent(share)} verified" if share != "list" else "fitted, verified list"
        figure, price = f.value(split, name, measure), f.Price(run.figures, "p90")
        if figure is not None:
            points.append(Point(f.percent(share) if share != "list" else "the list", price.mean, price.most, figure))
    return sorted(points, key=lambda point: point.price)


def unprotected_point(results, split, measure):
    run, figure = results.attacks.get((results.middle, "0")), f.value(split, "fitted, unprotected", measure)
    if not run or figure is None:
        return []
    price = f.Price(run.figures, "p90")
    return [Point("fitted, nobody verified", price.mean, price.most, figure)]


def simple_points(results, split, measure):
    run = next((run for (of, _), run in results.attacks.items() if of == results.middle), None)
    points = []
    for ranking in run.figures["simple_rankings"] if run else []:
        name, label = SIMPLE.get(ranking["name"], (None, None))
        price = next((one for one in ranking["prices"] if one["band"] == "p90" and one["accounts"] == BOUGHT), None)
        figure = name and f.value(split, name, measure)
        if price and figure is not None:
            points.append(Point(label, price["points_gained"], price["points_gained"], figure))
    return points


def draw(results, split):
    measure = f.measures(split)[0]
    fitted, open_one, simple = (
        make(results, split, measure) for make in (fitted_points, unprotected_point, simple_points)
    )
    everything = fitted + open_one + simple
    if not everything:
        return None
    picture = plot.Plot(
        432,
        "What fakes buy, and what the score foretells",
        f"Points that fakes buy a 90th-percentile account against {measure.title}, one dot for each share of "
        "verified people, and the simple rankings for comparison.",
        f"Split {split['split']}. Right is worse: points bought for a 90th-percentile account. "
        f"Up is better: {measure.title}.\n"
        f"Blue: what any number of fakes could buy. Grey and orange: what {BOUGHT:,} fakes buy.",
    )
    left, right, top, bottom = 48, plot.WIDTH - 30, 78, 380
    low = min(point.figure for point in everything)
    high = max(point.figure for point in everything)
    room = max((high - low) * 0.12, 0.005)
    x = plot.Scale(0, max(point.most for point in everything) * 1.04, left, right)
    y = plot.Scale(low - room, high + room, bottom, top)
    picture.rows(y, plot.ticks(low - room, high + room, 5), left, right)
    picture.columns(
        x, plot.ticks(0, max(point.most for point in everything) * 1.04, 7), top, bottom, lambda tick: f"+{tick:.0f}"
    )
    picture.text(right, bottom + 38, "points bought: mean, and the line ends at the largest", "muted", "end")
    for point in fitted + open_one:
        picture.whisker(x(point.price), y(point.figure), x(point.most), y(point.figure), "a faint")
    for point in fitted:
        picture.dot(x(point.price), y(point.figure), "a", 6)
    label_shares(picture, x, y, fitted)
    if fitted:
        picture.text(left + 14, bottom - 16, "blue: fitted", "a head")
    for point in open_one:
        picture.dot(x(point.price), y(point.figure), "b", 6)
        picture.text(x(point.price) + 8, y(point.figure) - 13, point.label, "b head", "end")
    for point, at in zip(simple, plot.spread_labels([y(point.figure) for point in simple], 17)):
        picture.square(x(point.price), y(point.figure), "d", 5)
        picture.text(x(point.price) - 11, at + 4, point.label, "d", "end")
    return picture.svg()


def label_shares(picture, x, y, points):
    """Labels in a column behind the longest whisker, each with a line to its own: dots may stand close together."""
    if not points:
        return
    column = max(x(point.most) for point in points) + 26
    for point, at in zip(points, plot.spread_labels([y(point.figure) for point in points], 17)):
        picture.line(x(point.most) + 2, y(point.figure), column - 4, at, "grid")
        picture.text(column, at + 4, f"{point.label} verified" if "%" in point.label else point.label, "a head")
