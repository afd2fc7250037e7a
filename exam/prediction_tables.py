"""Tables of what scores foretell."""

import figures as f
from figures import Measure
from markdown import MISSING, figure, interval, signed, table

COLUMNS = [
    ("spearman", "rho"),
    ("spearman_5_engagers", "rho, ≥ 5"),
    ("kendall_tau_b", "tau-b"),
    ("ndcg_100", "NDCG@100"),
    ("ndcg_1000", "NDCG@1000"),
    ("precision_100", "P@100"),
    ("partial_spearman", "partial rho"),
]


def against_best(split):
    """The headline model against the best simple ranking of each figure, with the difference on the same samples."""
    name, rows = f.headline(split), []
    for measure in f.measures(split):
        ours, (best, highest) = f.estimate(split, name, measure), f.best(split, measure)
        if ours is None or best is None:
            continue
        gap = f.difference(split, name, best, measure) or {}
        rows.append(
            [
                split["split"],
                measure.title,
                f"{figure(ours['value'])} {interval(ours.get('interval'))}",
                f"{figure(highest)} {interval(f.estimate(split, best, measure).get('interval'))}, {best}",
                f"{signed(gap.get('value'))} {interval(gap.get('interval'), signed)}",
                figure(f.ratio(split, name, measure)),
            ]
        )
    return rows


AGAINST_HEAD = ["split", "figure", "fitted", "best simple ranking", "difference", "ratio"]


def by_share(evaluations):
    """Ratio to the best simple ranking, for every model and enrolment: mean over draws, and between which."""
    first = next(iter(evaluations.values())).figures["splits"]
    measures = f.measures(first[0])
    head = ["model", "enrolment", *(f"{split['split']}: {measure.title}" for measure in measures for split in first)]
    rows = []
    for name in f.names(first[0], True):
        for enrolment, run in evaluations.items():
            is_drawn = "%" in name
            if not is_drawn and enrolment != next(iter(evaluations)):
                continue  # nobody is drawn: the same again
            cells = [cell(split, name, measure) for measure in measures for split in run.figures["splits"]]
            rows.append([shipped(name), enrolment if is_drawn else "", *cells])
    return table(head, rows)


def cell(split, name, measure):
    ratio, draws = f.ratio(split, name, measure), f.draw_ratios(split, name, measure) if f.score(split, name) else []
    if ratio is None:
        return MISSING
    return figure(ratio) + (f" ({figure(min(draws))} to {figure(max(draws))})" if len(draws) > 1 else "")


def shipped(name):
    """Models that are not fitted have the shipped constants."""
    return name if name.startswith("fitted") else f"renown-0.1, {name}"


def everything(split):
    """Every figure of every ranking; the best simple one of each column in bold."""
    main = f.measures(split)[0].outcome
    columns = [Measure(main, name, title) for name, title in COLUMNS]
    if main == "reposters":
        columns.append(Measure("reach", "ndcg_100", "reach NDCG@100"))
    columns = [one for one in columns if any(f.value(split, name, one) is not None for name in f.names(split, False))]
    chosen = [f.headline(split), "fitted, unprotected", "10 % verified", "verified list", "unprotected"]
    models = [name for at, name in enumerate(chosen) if name in f.names(split, True) and name not in chosen[:at]]
    best = [f.best(split, column)[1] for column in columns]
    rows = [[f"*{shipped(name)}*", *(figure(f.value(split, name, column)) for column in columns)] for name in models]
    for name in f.names(split, False):
        values = [f.value(split, name, column) for column in columns]
        rows.append(
            [
                name,
                *(
                    f"**{figure(value)}**" if value is not None and value == highest else figure(value)
                    for value, highest in zip(values, best)
                ),
            ]
        )
    return table([f"split {split['split']}, later {main}", *(column.title for column in columns)], rows)
