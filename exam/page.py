"""The page: what is missed first, then tables, plots, and how it was made."""

import textwrap

import attack_tables
import figures as f
import origin
import prediction_tables as tables
from goals import MISSED, NEAR, goals
from markdown import table

WIDTH = 120
SHOWN = {
    "frontier": "The frontier: what fakes buy against what the score foretells",
    "ratios": "The fitted model as a share of the best simple ranking",
    "half-lives": "The best half-life of each split, and the fitted model",
    "bought": "Points bought by the number of fakes, and the bound",
    "daily-moves": "Daily moves under renown-0.1",
}


def write(results, size, drawn, folder):
    parts = [
        head(results),
        verdicts(results),
        prediction(results, drawn, folder),
        shipped(results),
        early(results),
        attention(results, drawn, folder),
        moves(results, drawn, folder),
        others(results),
        made(results, size),
    ]
    return wrapped("\n".join(part.strip("\n") + "\n" for part in parts if part))


def wrapped(text):
    """Paragraphs and points in lines of 120; tables, code, titles and pictures as they are."""
    blocks = []
    for block in text.split("\n\n"):
        lines = block.strip("\n").split("\n")
        if lines[0].startswith("- "):
            blocks.append("\n".join(filled(line, "  ") for line in lines))
        elif lines[0].startswith(("|", "    ", "#", "!")):
            blocks.append("\n".join(lines))
        else:
            blocks.append(filled(" ".join(lines), ""))
    return "\n\n".join(blocks) + "\n"


def filled(line, indent):
    return textwrap.fill(line, WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)


def plot(name, drawn, folder):
    return f"![{SHOWN.get(name, name)}]({folder}/{name}.svg)\n" if name in drawn else ""


def head(results):
    if results.own_log:
        return (
            f"# Exam of {results.title}\n\nMade by `./dev exam`: what is asked and why, docs/scoring/evaluation.md.\n"
        )
    return """# The exam

What the score foretells, what bought attention buys, what it costs to be protected: measured on public logs by one
command, `./dev exam`, which writes this page. `./dev exam LOG...` does the same on a log of your own.

The Higgs log is a week of Twitter around one announcement, of which days 1 to 5 are used. A model is fitted to what
came before a split (day 3, 4 or 4.5), scores everybody there, and is held against who was reposted by whom until the
end of day 5. "The fitted model" is `renown fit` with a tenth of the accounts verified, drawn three times; its figures
are means over the draws. The best simple ranking is chosen after the fact, figure by figure: counts of acts or of
engagers, faded with seven half-lives or not, PageRank, LeaderRank, HITS, h-index, k-core, own activity.
[Evaluation](evaluation.md), [attacks](attacks.md), [fit](fit.md) and [farms](farms.md) say how each is measured.
"""


def verdicts(results):
    made_goals = goals(results)
    missed = [goal for goal in made_goals if goal.verdict == MISSED]
    text = "## What is not reached\n\n"
    text += (
        "".join(f"- {goal.asked}. **Reached: {goal.reached}.**\n" for goal in missed) or "Nothing below is missed.\n"
    )
    broken = [
        check["text"]
        for run in attack_tables.all_attacks(results)
        for check in run.figures["checks"]
        if check["kind"] == "promise" and not check["passed"]
    ]
    text += other_shares(results) + other_logs(results)
    text += "".join(f"- A promise is broken, which is a defect: {sentence}\n" for sentence in broken)
    text += "\n## Asked and reached\n\n"
    text += (
        "Points are those of the scale 1 to 100. Ratios are means over draws, in brackets the lowest and "
        "highest draw.\n\n"
    )
    return text + table(
        ["asked", "reached", "verdict"], [[goal.asked, goal.reached, goal.verdict] for goal in made_goals]
    )


def other_shares(results):
    """Where fitted models with other shares, or enrolled in another way, are behind."""
    text = ""
    for enrolment, run in results.evaluations.items():
        ratios = [
            (ratio, name.removeprefix("fitted, "))
            for split in run.figures["splits"]
            for name in f.names(split, True)
            if name.startswith("fitted") and "%" in name
            for measure in f.measures(split)
            for ratio in [f.ratio(split, name, measure)]
            if ratio is not None
        ]
        behind = [one for one in ratios if one[0] < NEAR]
        if behind:
            text += f"- No goal, but to be known: over all verified shares, {enrolment} enrolment, {len(behind)} of "
            text += f"{len(ratios)} ratios are below .97, the lowest is {min(behind)[0]:.3f} ({min(behind)[1]}).\n"
    return text


def other_logs(results):
    """Where the fitted model is behind on logs and splits that no goal is about."""
    others = [(f"another log ({name})", run) for name, run in results.others.items()]
    if results.early is not None:
        others.insert(0, ("split 2 of this log, before there is much of a past", results.early))
    text = ""
    for name, run in others:
        if not run:
            continue
        ratios = [
            f.ratio(split, f.headline(split), measure)
            for split in run.figures["splits"]
            for measure in f.measures(split)
        ]
        ratios = [ratio for ratio in ratios if ratio is not None]
        behind = sum(ratio < 1 for ratio in ratios)
        if behind:
            text += f"- No goal, but to be known: on {name}, the fitted model is below the best simple ranking in "
            text += f"{behind} of {len(ratios)} figures, at worst with a ratio of {min(ratios):.3f}.\n"
    return text


def prediction(results, drawn, folder):
    splits = next(iter(results.evaluations.values())).figures["splits"]
    name = f.headline(splits[0])
    text = "## What it foretells\n\n" + plot("ratios", drawn, folder)
    text += (
        f"\n\"{name}\" against the best simple ranking of each figure, with 95 % intervals over samples "
        "of people and the paired "
    )
    text += "difference on the same samples.\n\n"
    text += table(tables.AGAINST_HEAD, [row for split in splits for row in tables.against_best(split)])
    text += "\n### Every share of verified people\n\n"
    text += (
        "Ratio to the best simple ranking of the row, mean over draws, in brackets the lowest and "
        "highest draw. Random: each "
    )
    text += "account alike. Spread: by invitations along engagements, clustered and self-selected.\n\n"
    text += tables.by_share(results.evaluations)
    text += "\n### Half-lives\n\n" + plot("half-lives", drawn, folder)
    text += "\n### All rankings\n\n"
    for split in splits:
        people = split["people_with_outcome"][f.measures(split)[0].outcome]
        text += (
            f"Split {split['split']}: {split['people']:,} people had been engaged with, "
            f"{split['people_with_5_engagers']:,} of them "
        )
        text += f"by 5 people or more; {people:,} have an outcome. Bold: the best simple ranking of the column.\n\n"
        text += tables.everything(split) + "\n" + plot(f"rankings-{split['split']}", drawn, folder) + "\n"
    return text


def shipped(results):
    splits = next(iter(results.evaluations.values())).figures["splits"]
    rows = []
    for split in splits:
        for measure in f.measures(split):
            values = [f.ratio(split, name, measure) for name in ("10 % verified", "verified list", "unprotected")]
            cells = [f"{value:.3f}" for value in values if value is not None]
            if cells:
                rows.append([split["split"], measure.title, *cells])
    if not rows:
        return ""
    who = "a tenth verified" if "10 % verified" in f.names(splits[0], True) else "the verified list"
    text = "## The shipped model in the same exam\n\n"
    text += (
        "`renown-0.1` is a product's score: half a year of memory, half-lives of a week and a month, "
        "made to move little. It is not "
    )
    text += "meant to follow a surge of hours, and here it does not. Ratio to the best simple ranking:\n\n"
    return text + table(["split", "figure", who, "nobody verified"][: len(rows[0])], rows)


def early(results):
    run = results.early
    if run is None:
        return ""
    text = "## A split before there is a past to learn from\n\n"
    if not run:
        return text + f"Split 2, with a step of one day: the program says \"{run.said}\".\n"
    text += "Split 2: the first row is two days earlier, and the surge is still a day and a half away.\n\n"
    return text + table(
        tables.AGAINST_HEAD, [row for split in run.figures["splits"] for row in tables.against_best(split)]
    )


def attention(results, drawn, folder):
    full = next(
        (
            run
            for (split, share), run in results.attacks.items()
            if split == results.middle and share in ("0.1", "list")
        ),
        None,
    )
    if not full:
        return "## What bought attention buys\n\nNothing was planted: no model could be fitted.\n"
    text = "## What bought attention buys\n\n" + plot("frontier", drawn, folder)
    text += (
        "\nPoints that any number of unverified accounts could buy an account near the median, the 90th "
        "and the 99th percentile, by "
    )
    text += (
        "the bound that is printed before any attack: the mean over about twenty accounts, the most for "
        "one of them, and the "
    )
    text += (
        "largest mean of the crowds that were really planted. Where nobody is verified nothing is "
        "bounded: the most and the mean "
    )
    text += "are those of 10,000 fakes.\n\n"
    text += attack_tables.prices(results)
    text += f"\nThe program checks in every attack that nothing exceeds its bound and that own acts gain nothing: "
    text += attack_tables.checks(results) + "\n\n"
    text += plot("bought", drawn, folder) + "\n" + attack_tables.simple(full.figures)
    text += (
        f"\n### Every attack, split {results.middle}\n\nMean gain, its upper 95 % limit, and the largest "
        "gain, in points. \"Found\" is what the farm "
    )
    text += "search flags.\n\n"
    return text + attack_tables.scenarios(full.figures)


def moves(results, drawn, folder):
    text = plot("daily-moves", drawn, folder)
    if results.steadiness:
        text += (
            "\nThe stationary world and what would make it steadier: [steadiness](steadiness.md). The daily "
            "moves of fitted models are not "
        )
        text += "measured here: with half-lives of hours they move by many points a day, as they are meant to.\n"
    return "## Daily moves\n\n" + text if text else ""


def others(results):
    if not results.others:
        return ""
    text = "## Other logs\n\nThe same command, a tenth verified at random, fitted where the log allows it.\n"
    for name, run in results.others.items():
        text += f"\n### {name}\n\n"
        if not run:
            text += f"The program says: \"{run.said}\".\n"
            continue
        rows = [row for split in run.figures["splits"] for row in tables.against_best(split)]
        if rows:
            text += table(tables.AGAINST_HEAD, rows)
        for split in run.figures["splits"]:
            text += (
                f"\nSplit {split['split']}: {split['people']:,} people, {split['people_with_5_engagers']:,} with "
                "5 engagers or more.\n"
            )
            text += f"\n{tables.everything(split)}"
    return text


def made(results, size):
    text = "## How it was made\n\n"
    text += "    ./dev exam\n\n" if not results.own_log else ""
    text += (
        f"which runs, with seed 1, {size.draws} draws of verified people and {size.bootstrap} samples of "
        "people for intervals:\n\n"
    )
    text += origin.commands(results) + "\n" + origin.inputs(results)
    text += (
        "\nConstants that were fitted before each split, for each draw (the room base is a fifth of "
        "kappa; all others as in "
    )
    text += "`renown-0.1`):\n\n" + origin.constants(results)
    text += (
        "\nFitted models of the attacks are made by the `renown fit` lines above, from one draw of verified people.\n"
    )
    return text + in_sample() if not results.own_log else text


def in_sample():
    return """
## What is in-sample

Each fit looks only at rows before its split. But the grid of candidates, the rule by which one is chosen (two steps,
weights 2 and 1, the least of three ratios), the room base c0 = kappa / 5, and the constants of the farm search were all
chosen on days 1 to 5 of this log, with these very splits. So the figures above are in-sample in that sense: they say
what can be had, not what a new log would give. Days 6 and 7 are not used here.

Everything that was tried, with what it gave: [tried](tried.md).
"""
