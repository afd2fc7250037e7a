"""Time and memory against events: plots and a table of results.json. The newest measurement of each size counts."""

import json
import math
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent.parent / "exam"))

from markdown import table  # noqa: E402
from plot import WIDTH, Plot, Scale, spread_labels  # noqa: E402

STYLES = {"renown": "a", "duckdb": "b", "naive": "c", "igraph": "d", "sqlite": "d dashed"}
WORDS = {
    "renown": "renown",
    "duckdb": "DuckDB, SQL",
    "naive": "naive C++",
    "igraph": "igraph, PageRank",
    "sqlite": "SQLite, tallies",
}


def newest(path):
    """candidate -> rows -> measurement."""
    found = {}
    for line in json.loads(pathlib.Path(path).read_text()):
        found.setdefault(line["candidate"], {})[line["rows"]] = line
    return found


def draw(path):
    folder = pathlib.Path(path).parent
    found = newest(path)
    seconds = plot(found, "wall", 1.0, "Time against events", "Seconds; both scales logarithmic. renown: command, from Parquet to score file, all cores.\nRivals: from columns in memory, one thread.", seconds_word)
    memory = plot(found, "peak", 1.0, "Memory against events", "Peak memory; both scales logarithmic. renown: the whole command.\nRivals: beyond the columns that all share.", bytes_word)
    (folder / "time.svg").write_text(seconds)
    (folder / "memory.svg").write_text(memory)


def plot(found, figure, factor, title, subtitle, write):
    left, right, top, bottom = 64, WIDTH - 150, 76, 400
    points = {name: sorted((rows, line[figure] * factor) for rows, line in sizes.items()) for name, sizes in found.items()}
    every = [one for series in points.values() for one in series]
    x = Scale(*decades(rows for rows, _ in every), left, right, log=True)
    low, high = decades(value for _, value in every)
    y = Scale(low, high, bottom, top, log=True)
    drawn = Plot(450, title, describe(points, write), subtitle)
    drawn.rows(y, powers(low, high), left, right, write)
    drawn.columns(x, powers(*decades(rows for rows, _ in every)), top, bottom, rows_word)
    names = sorted(points, key=lambda name: list(STYLES).index(name))
    for name in names:
        places = [(x(rows), y(value)) for rows, value in points[name]]
        drawn.path(places, STYLES[name])
        for place in places:
            drawn.dot(*place, STYLES[name].split()[0])
    # Each name stands beside the last dot of its line, wherever that is.
    for last in sorted({points[name][-1][0] for name in names}):
        here = [name for name in names if points[name][-1][0] == last]
        ends = [y(points[name][-1][1]) for name in here]
        for name, at in zip(here, spread_labels(ends, 16)):
            drawn.text(x(last) + 10, at + 4, f"{WORDS[name]}", "muted" if name != "renown" else "head")
    return drawn.svg()


def decades(values):
    values = list(values)
    low, high = 10 ** math.floor(math.log10(min(values))), 10 ** math.ceil(math.log10(max(values)))
    return low, high if high > low else 10 * low


def powers(low, high):
    return [10.0**power for power in range(round(math.log10(low)), round(math.log10(high)) + 1)]


def describe(points, write):
    parts = [f"{WORDS[name]}: " + ", ".join(f"{write(value)} at {rows_word(rows)} events" for rows, value in series) for name, series in points.items()]
    return "; ".join(parts)


def seconds_word(value):
    return f"{value:,.3g} s"


def bytes_word(value):
    for limit, word in ((1e9, "GB"), (1e6, "MB"), (1e3, "kB")):
        if value >= limit:
            return f"{value / limit:.3g} {word}"
    return f"{value:.0f} B"


def rows_word(value):
    for limit, word in ((1e9, "G"), (1e6, "M"), (1e3, "k")):
        if value >= limit:
            return f"{value / limit:g} {word}"
    return f"{value:g}"


def table_of(path):
    rows = []
    for name, sizes in newest(path).items():
        for count, line in sorted(sizes.items()):
            disk = bytes_word(line["disk_bytes"]) if line.get("disk_bytes") else ""
            rows.append([WORDS[name], f"{count:,}", seconds_word(line["wall"]), seconds_word(line["cpu"]), bytes_word(line["peak"]), disk, line["load"]])
    return table(["candidate", "events", "wall", "CPU", "peak memory", "disk beside", "load"], rows)
