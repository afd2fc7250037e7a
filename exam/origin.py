"""How a page was made: commands, inputs, constants."""

import pathlib

import figures as f
from markdown import MISSING, table

CONSTANTS = [
    ("fading.half_life_fast", "h_fast, d"),
    ("fading.half_life_loyal", "h_loyal, d"),
    ("fading.half_life_slow", "h_slow, d"),
    ("fading.loyal_span", "loyal_span, d"),
    ("fading.fast_share", "b1"),
    ("fading.loyal_share", "b2"),
    ("fading.slow_share", "b3"),
]


def all_runs(results):
    found = [
        *results.evaluations.values(),
        results.early,
        *results.fits.values(),
        *results.attacks.values(),
        results.spread_attack,
        *results.shipped_attacks.values(),
        results.residual,
        results.steadiness,
        results.honest,
        *results.others.values(),
    ]
    return [run for run in found if run]


def commands(results):
    return "".join(f"    {command}\n" for command in results.commands)


def inputs(results):
    rows = {}
    for run in all_runs(results):
        for one in (run.figures or {}).get("inputs", []):
            name = pathlib.PurePath(one["name"]).name
            rows[name] = [name, f"{one['interactions']:,}", one["sha256"] or one.get("rows_digest") or MISSING]
    return table(["log", "interactions", "SHA-256"], rows.values())


def constants(results):
    """What was fitted before each split, for each draw of the headline model and for nobody verified."""
    rows = []
    for enrolment, run in results.evaluations.items():
        for split in run.figures["splits"]:
            for fitted in split.get("fitted", []):
                if fitted["name"] not in (f.headline(split), "fitted, unprotected"):
                    continue
                if fitted["name"] == "fitted, unprotected" and enrolment != next(iter(results.evaluations)):
                    continue
                window = fitted["constants"]["window.days"]
                values = [plain(fitted["constants"].get(key), window) for key, _ in CONSTANTS]
                rows.append(
                    [
                        split["split"],
                        fitted["name"].removeprefix("fitted, "),
                        enrolment if "%" in fitted["name"] else "",
                        fitted["draw"] + 1,
                        *values,
                        weights(fitted["constants"]),
                    ]
                )
    return table(
        ["split", "verified", "enrolment", "draw", *(title for _, title in CONSTANTS), "kinds, networks below 1"], rows
    )


def plain(value, window):
    """A half-life of a thousand windows means that nothing fades."""
    return MISSING if value is None else "none" if value >= 1000 * window else f"{value:.3g}"


def weights(constants_of_model):
    return ", ".join(
        f"{key.partition('.')[2]} {value:g}"
        for key, value in constants_of_model.items()
        if key.startswith(("kinds.", "networks.")) and value != 1
    )
