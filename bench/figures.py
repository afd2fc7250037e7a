"""Figures: from measurements to medians, ratios and the records of `./dev bench --json`. Lower is always better."""

import statistics

FIELDS = ("task", "candidate", "median", "unit", "ratio_to", "ratio", "repeats", "load")
PER_SECOND = {"s": 1.0, "ms": 1e3, "us": 1e6, "ns": 1e9}
PER_BYTE = {"MB": 1e-6, "B": 1.0}
FACTORS = PER_SECOND | PER_BYTE


def values(measurements, figure, unit):
    """One value a measurement, for one operation, in `unit`. A figure is wall, cpu, peak, growth, or a part's name."""
    found = []
    for one in measurements:
        value = one["parts"][figure] if figure in one["parts"] else one[figure]
        found.append(value / one["operations"] * FACTORS[unit])
    return found


def summary(found):
    """Median, least and most."""
    if not found:
        raise ValueError("no measurement, no median")
    return {"median": statistics.median(found), "least": min(found), "most": max(found), "repeats": len(found)}


def ratio(ours, theirs):
    """How many times better `ours` is than `theirs`: of two medians, the lower is the better one."""
    if ours <= 0:
        raise ValueError("a figure of 0 was measured: too short to be compared")
    return theirs / ours


def record(task, candidate, median, unit, ratio_to, times_better, repeats, load):
    return dict(zip(FIELDS, (task, candidate, significant(median), unit, ratio_to, significant(times_better), repeats, load)))


def significant(value):
    """Four digits are more than any timing holds."""
    return float(f"{value:.4g}")


def records(task, unit, candidates, load, target=None):
    """The records of a task: each candidate of ours against each rival and, where there is one, the wanted figure;
    each rival against the first of ours.

    candidates  name -> summary, ours first; ours are called renown or renown_...
    """
    ours = [name for name in candidates if is_ours(name)]
    rivals = [name for name in candidates if not is_ours(name)]
    lines = []
    for name in ours:
        one = candidates[name]
        for rival in rivals:
            lines.append(record(task, name, one["median"], unit, rival, ratio(one["median"], candidates[rival]["median"]), one["repeats"], load))
        if target is not None:
            lines.append(record(task, name, one["median"], unit, "target", ratio(one["median"], target), one["repeats"], load))
    for name in rivals:
        if ours:
            one = candidates[name]
            lines.append(record(task, name, one["median"], unit, ours[0], ratio(one["median"], candidates[ours[0]]["median"]), one["repeats"], load))
    return lines


def is_ours(name):
    return name == "renown" or name.startswith("renown_")


def check(lines):
    """The contract of the JSON file: says what is wrong as ValueError."""
    for line in lines:
        if tuple(line) != FIELDS:
            raise ValueError(f"a record has the fields {tuple(line)}")
        for name in ("median", "ratio", "load"):
            if not isinstance(line[name], (int, float)) or line[name] < 0:
                raise ValueError(f"{line['task']} {line['candidate']}: {name} is {line[name]!r}")
        if not isinstance(line["repeats"], int) or line["repeats"] < 1:
            raise ValueError(f"{line['task']} {line['candidate']}: repeats is {line['repeats']!r}")
