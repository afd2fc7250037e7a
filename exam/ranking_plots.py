"""What the score foretells beside the simple rankings: ratios, dot charts, half-lives."""

import figures as f
import plot

FLOOR = 0.97


def shape(picture, at, x, y, style, radius):
    """The first series are dots, the second squares: not told apart by colour alone."""
    picture.dot(x, y, style, radius) if at == 0 else picture.square(x, y, style, radius * 0.9)


def ratios(results):
    """Ratio to the best simple ranking: three measures, each split, each draw."""
    evaluations = {name: run.figures["splits"] for name, run in results.evaluations.items()}
    first = next(iter(evaluations.values()))
    measures = f.measures(first[0])
    figures = [
        ratio
        for splits in evaluations.values()
        for split in splits
        for measure in measures
        for ratio in [f.ratio(split, f.headline(split), measure), *f.draw_ratios(split, f.headline(split), measure)]
        if ratio is not None
    ]
    if not figures:
        return None
    picture = plot.Plot(
        342,
        "The fitted model as a share of the best simple ranking",
        "Ratio of the fitted model's figure to the best simple ranking's at each split, for three measures. Small marks are "
        "draws of verified people, large ones their means.",
        f"{f.headline(first[0])}. 1 is as good as the best half-life in hindsight. Small: each draw; large: their mean.",
    )
    top, bottom, gap, left = 84, 290, 26, 44
    low, high = min([FLOOR, *figures]) - 0.01, max([1.0, *figures]) + 0.01
    y = plot.Scale(low, high, bottom, top)
    width = (plot.WIDTH - 20 - left - 2 * gap) / 3
    for column, measure in enumerate(measures):
        begin = left + column * (width + gap)
        picture.text(begin, top - 14, measure.title, "head")
        for tick in plot.ticks(low, high, 5):
            picture.line(begin, y(tick), begin + width, y(tick), "grid")
            if column == 0:
                picture.text(begin - 8, y(tick) + 4, f"{tick:.2f}", "muted", "end")
        picture.line(begin, y(1.0), begin + width, y(1.0), "axis")
        picture.path([(begin, y(FLOOR)), (begin + width, y(FLOOR))], "b thin dashed")
        for at, split in enumerate(first):
            middle = begin + width * (at + 0.5) / len(first)
            picture.text(
                middle,
                bottom + 18,
                f"split {split['split']}" if column == 0 or len(split["split"]) < 5 else split["split"],
                "muted",
                "middle",
            )
        for series, (enrolment, splits) in enumerate(evaluations.items()):
            for at, split in enumerate(splits):
                middle = begin + width * (at + 0.5) / len(splits) + (series - (len(evaluations) - 1) / 2) * 26
                name = f.headline(split)
                for ratio in f.draw_ratios(split, name, measure):
                    shape(picture, series, middle - 8, y(ratio), "ac"[series] + " faint", 3)
                ratio = f.ratio(split, name, measure)
                if ratio is not None:
                    shape(picture, series, middle + 2, y(ratio), "ac"[series], 5.5)
    picture.path([(plot.WIDTH - 190, 328), (plot.WIDTH - 162, 328)], "b thin dashed")
    picture.text(plot.WIDTH - 154, 332, "asked: at least .97", "b")
    x = left
    for series, enrolment in enumerate(evaluations):
        shape(picture, series, x + 6, 328, "ac"[series], 5.5)
        picture.text(
            x + 17,
            332,
            f"{enrolment} enrolment" if enrolment != "list" else "the list of verified people",
            "ac"[series],
        )
        x += 160
    return picture.svg()


def rankings(split):
    """Every simple ranking and the fitted models, best first, with 95 % intervals."""
    measures = [f.measures(split)[0], f.measures(split)[2]]
    chosen = [
        f.headline(split),
        *(name for name in ("fitted, unprotected", "10 % verified") if name in f.names(split, True)),
        *f.names(split, False),
    ]
    chosen = [
        name
        for at, name in enumerate(chosen)
        if name not in chosen[:at] and f.value(split, name, measures[0]) is not None
    ]
    chosen.sort(key=lambda name: (-f.value(split, name, measures[0]), name))
    if not chosen:
        return None
    height = 90 + 19 * len(chosen) + 24
    picture = plot.Plot(
        height,
        f"Fitted model and simple rankings, split {split['split']}",
        f"{measures[0].title} and {measures[1].title} of every ranking at split {split['split']} with 95 % intervals.",
        "Lines: 95 % intervals over samples of people.",
    )
    left, gap, top, bottom = 196, 30, 78, 84 + 19 * len(chosen)
    width = (plot.WIDTH - 20 - left - gap) / 2
    styles = {f.headline(split): "a", "fitted, unprotected": "b", "10 % verified": "c"}
    words = {"10 % verified": "renown-0.1, 10 % verified"}
    for column, measure in enumerate(measures):
        begin = left + column * (width + gap)
        ends = [
            end
            for name in chosen
            if f.estimate(split, name, measure)
            for end in [f.value(split, name, measure), *(f.estimate(split, name, measure).get("interval") or [])]
        ]
        if not ends:
            continue
        x = plot.Scale(min(ends), max(ends), begin + 4, begin + width - 4)
        picture.text(begin, top - 12, measure.title, "head")
        picture.columns(x, plot.ticks(min(ends), max(ends), 5), top, bottom)
        for row, name in enumerate(chosen):
            y, style = top + 13 + 19 * row, styles.get(name, "d")
            if column == 0:
                picture.text(left - 10, y + 4, words.get(name, name), f"{style} head" if style != "d" else "", "end")
            figure = f.estimate(split, name, measure)
            if figure is None:
                continue
            if figure.get("interval"):
                picture.whisker(x(figure["interval"][0]), y, x(figure["interval"][1]), y, style)
            picture.dot(x(figure["value"]), y, style, 4 if style == "d" else 5)
    return picture.svg()


def half_lives(results):
    """Decayed distinct engagers against their half-life, and the fitted model, which has to choose before the split."""
    splits = next(iter(results.evaluations.values())).figures["splits"]
    measures = [f.measures(splits[0])[0], f.measures(splits[0])[2]]
    if f.value(splits[0], "engagers-1d", measures[0]) is None:
        return None
    picture = plot.Plot(
        486,
        "The best half-life is a regime, not a constant",
        "Figures of decayed distinct engagers against their half-life at each split, with the fitted model as a level line.",
        "Grey: distinct engagers, decayed with a half-life of so many days; the large dot is the best one.\n"
        "Blue: the fitted model, which chose its half-lives before the split.",
    )
    left, gap = 44, 26
    width = (plot.WIDTH - 20 - left - gap * (len(splits) - 1)) / len(splits)
    for row, measure in enumerate(measures):
        top, bottom = 104 + row * 206, 244 + row * 206
        models = [(split, f.headline(split)) for split in splits]
        figures = [
            f.value(split, f"engagers-{half_life}d", measure) for split in splits for half_life in f.HALF_LIVES
        ] + [f.value(split, name, measure) for split, name in models]
        figures = [figure for figure in figures if figure is not None]
        if not figures:
            continue
        low, high = min(figures) - 0.01, max(figures) + 0.01
        y = plot.Scale(low, high, bottom, top)
        picture.text(0, top - 16, measure.title, "head")
        for column, split in enumerate(splits):
            begin = left + column * (width + gap)
            x = plot.Scale(0.1, 30, begin + 6, begin + width - 6, log=True)
            picture.text(begin + width, top - 16, f"split {split['split']}", "muted", "end")
            for tick in plot.ticks(low, high, 4):
                picture.line(begin, y(tick), begin + width, y(tick), "grid")
                if column == 0:
                    picture.text(begin - 8, y(tick) + 4, f"{tick:.2f}".removeprefix("0"), "muted", "end")
            points = [
                (x(float(half_life)), y(f.value(split, f"engagers-{half_life}d", measure)))
                for half_life in f.HALF_LIVES
                if f.value(split, f"engagers-{half_life}d", measure) is not None
            ]
            picture.path(points, "d")
            best = min(points, key=lambda point: point[1])
            for point in points:
                picture.dot(*point, "d", 5.5 if point == best else 3.5)
            fitted = f.value(split, models[column][1], measure)
            if fitted is not None:
                picture.path([(begin, y(fitted)), (begin + width, y(fitted))], "a")
            for half_life in ("0.1", "0.5", "2", "7", "30"):
                picture.text(
                    x(float(half_life)),
                    bottom + 18,
                    half_life.removeprefix("0") + (" d" if half_life == "30" else ""),
                    "muted",
                    "middle",
                )
    return picture.svg()
