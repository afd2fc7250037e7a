"""Reading the reports of `renown evaluate` and `renown attack`."""

import math

HEADLINE = "fitted, 10 % verified"
SPREAD = ", spread"
GRAPH_RANKINGS = ["pagerank", "pagerank-reposts", "hits", "k-core", "h-index"]
HALF_LIVES = ["0.1", "0.25", "0.5", "1", "2", "7", "30"]


def without_enrolment(report):
    """A report in which models have the same names whatever the enrolment: "10 % verified, spread" is "10 % verified"."""
    if isinstance(report, dict):
        return {without_enrolment(key): without_enrolment(value) for key, value in report.items()}
    if isinstance(report, list):
        return [without_enrolment(value) for value in report]
    return report.removesuffix(SPREAD) if isinstance(report, str) else report


class Measure:
    """A figure that a goal is about: a measure of one outcome."""

    def __init__(self, outcome, name, title):
        self.outcome, self.name, self.title = outcome, name, title


def measures(split):
    """The three figures of the goals. Where nobody reposts, later engagers are foretold instead."""
    if split["people_with_outcome"]["reposters"]:
        return [
            Measure("reposters", "ndcg_1000", "NDCG@1000"),
            Measure("reach", "ndcg_100", "reach NDCG@100"),
            Measure("reposters", "spearman_5_engagers", "Spearman, ≥ 5 engagers"),
        ]
    return [
        Measure("engagers", "ndcg_1000", "NDCG@1000"),
        Measure("engagers", "ndcg_100", "NDCG@100"),
        Measure("engagers", "spearman_5_engagers", "Spearman, ≥ 5 engagers"),
    ]


def score(split, name):
    return next((one for one in split["scores"] if one["name"] == name), None)


def names(split, is_model):
    return [one["name"] for one in split["scores"] if one["is_model"] == is_model]


def estimate(split, name, measure):
    """{"value": ..., "interval": [low, high] or absent}, or None."""
    one = score(split, name)
    figure = one and one["figures"].get(measure.outcome, {}).get(measure.name)
    return figure if figure and figure.get("value") is not None else None


def value(split, name, measure):
    figure = estimate(split, name, measure)
    return figure["value"] if figure else None


def best(split, measure):
    """The best simple ranking of a figure, half-lives chosen in hindsight: (name, value), or (None, None)."""
    found = [(value(split, name, measure), name) for name in names(split, False)]
    found = [(figure, name) for figure, name in found if figure is not None]
    if not found:
        return None, None
    highest = max(figure for figure, _ in found)
    return next(name for figure, name in found if figure == highest), highest


def ratio(split, name, measure):
    """A model's figure as a share of the best simple ranking's; None where that makes no sense."""
    figure, (_, highest) = value(split, name, measure), best(split, measure)
    return figure / highest if figure is not None and highest and highest > 0 else None


def draw_ratios(split, name, measure):
    """The same for every draw of verified people."""
    _, highest = best(split, measure)
    draws = [draw[measure.outcome][measure.name] for draw in score(split, name).get("draws") or []]
    return [figure / highest for figure in draws if figure is not None] if highest and highest > 0 else []


def difference(split, model, minus, measure):
    """Model minus simple ranking on the same samples of people."""
    for one in split["differences"]:
        if one["model"] == model and one["minus"] == minus:
            return one["figures"][measure.outcome][measure.name]
    return None


def headline(split):
    """The model that goals are about: fitted with a tenth verified; on a reader's log, what is nearest to that."""
    models = names(split, True)
    fitted = [name for name in models if name.startswith("fitted")]
    for name in (HEADLINE, "fitted, verified list", *fitted, *models):
        if name in models:
            return name
    return None


def percent(share):
    """ "0.1" -> "10 %"."""
    return f"{float(share) * 100:g} %"


# ---- attacks


def scenario(attack, name):
    return next((one for one in attack["shares"][0]["scenarios"] if one["name"] == name and not one["skipped"]), None)


def band(one, name):
    return next((found for found in one["bands"] if found["band"] == name), None) if one else None


def points(raw, constants):
    """docs/scoring/points.md"""
    unit, top = constants["scale.unit"], constants["scale.top"]
    return min(100.0, max(1.0, 1 + 99 * math.log1p(raw / unit) / math.log1p(top / unit)))


class Price:
    """What any number of unverified accounts buys in a band: `mean` and `most` points over its people by the bound
    printed before the attack, and by what was planted. Unprotected: by what was planted alone."""

    def __init__(self, attack, name):
        share = attack["shares"][0]
        crowds = [
            band(one, name) for one in share["scenarios"] if one["means"] in ("crowd", "farm") and not one["skipped"]
        ]
        self.people = crowds[0]["targets"]
        self.planted_mean = max(one["points_gained"]["mean"] for one in crowds)
        self.planted_upper = max(one["points_gained"]["mean_upper_95"] or 0 for one in crowds)
        self.planted_most = max(one["points_gained"]["most"] for one in crowds)
        self.mean, self.most, self.is_bounded = self.planted_mean, self.planted_most, share["protection"] == "verified"
        if self.is_bounded:
            gains = [
                points(each["bound_before"], share["constants"]) - points(each["raw_before"], share["constants"])
                for each in crowds[0]["each"]
            ]
            self.mean, self.most = math.fsum(gains) / len(gains), max(gains)


def median_points(attack):
    draws = attack["shares"][0]["draws"]
    return sum(draw["median_points"] for draw in draws) / len(draws)
