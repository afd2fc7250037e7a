"""bench/RESULTS.md and the table on the terminal."""

import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "exam"), str(HERE / "scale")]

import scale_figures  # noqa: E402
from markdown import table  # noqa: E402


def short(value):
    """Three digits are what a timing is good for."""
    if value >= 100:
        return f"{value:,.0f}"
    text = f"{value:.3g}"
    return f"{float(text):f}".rstrip("0").rstrip(".") if "e" in text else text


def ratio_of(result, candidate, rival):
    for one in result["records"]:
        if one["candidate"] == candidate and one["ratio_to"] == rival:
            return one["ratio"]
    return None


def terminal_lines(result):
    measure = result["measure"]
    lines = [f"{measure.task}: {measure.title}   ({result['input']}; load {result['load']})"]
    ours = next(iter(result["candidates"]))
    for name, one in result["candidates"].items():
        against = ratio_of(result, ours, name)
        words = f"renown is {short(against)} times better" if against is not None else ""
        spread = f"{short(one['least'])} ... {short(one['most'])}"
        lines.append(f"  {name:18} {short(one['median']):>10} {result['unit']:3} {spread:>22}   {words}")
    return "\n".join(lines)


def targets(results):
    """Rows of (task, wanted, measured, met), met or not."""
    rows = []
    for result in results:
        measure = result["measure"]
        for rival, wanted in measure.times.items():
            got = ratio_of(result, measure.candidate, rival)
            if got is not None:
                rows.append([measure.task, f"{short(wanted)} times as good as {rival}", short(got), "met" if got >= wanted else "**missed**"])
        if measure.at_most is not None and measure.candidate in result["candidates"]:
            got = result["candidates"][measure.candidate]["median"]
            rows.append([measure.task, f"at most {short(measure.at_most)} {measure.unit}", f"{short(got)} {measure.unit}", "met" if got <= measure.at_most else "**missed**"])
    return rows


def details(result):
    measure = result["measure"]
    ours = next(iter(result["candidates"]))
    rows = []
    for name, one in result["candidates"].items():
        against = ratio_of(result, ours, name)
        rows.append([name, f"{short(one['median'])} {result['unit']}", f"{short(one['least'])} to {short(one['most'])}", one["repeats"], "" if against is None else f"{short(against)}"])
    head = ["candidate", "median", "spread", "turns", f"times as good: {ours}"]
    return f"### {measure.task}\n\n{measure.title[0].upper()}{measure.title[1:]}. {measure_word(measure)}; {result['input']}; load {result['load']}.\n\n" + table(head, rows)


def measure_word(measure):
    words = {"cpu": "CPU time", "wall": "Wall time", "peak": "Peak memory", "growth": "Memory"}
    return words.get(measure.figure, "Memory" if measure.unit in ("B", "MB") else "Time")


def results(found, left_out, machine_line):
    parts = [
        "# Results",
        "Written by `./dev bench`; nobody edits it. [README.md](README.md) says how it is measured, `task.h` of each folder what.",
        f"Measured on: {machine_line}.",
        "## Wanted and measured",
        table(["task", "wanted", "measured", ""], targets(found)).rstrip(),
        "## What limits it next",
        (HERE / "limits.md").read_text().rstrip(),
    ]
    scale = HERE / "scale" / "results.json"
    if scale.exists():
        parts += ["## From small logs to large ones", "![time against events](scale/time.svg)", "![memory against events](scale/memory.svg)", scale_figures.table_of(scale).rstrip()]
    parts += ["## Every task", *[details(result).rstrip() for result in found]]
    if left_out:
        parts += ["## Left out", "\n".join(f"- {what}: {why}" for what, why in left_out)]
    return "\n\n".join(parts) + "\n"
