"""All plots of a page, as files."""

import frontier_plot
import other_plots
import ranking_plots


def write(results, folder):
    """Writes what there are figures for; gives the names of the files, in the order of the page."""
    splits = next(iter(results.evaluations.values())).figures["splits"]
    middle = next(split for split in splits if split["split"] == results.middle)
    drawn = {
        "frontier": frontier_plot.draw(results, middle),
        "ratios": ranking_plots.ratios(results),
        **{f"rankings-{split['split']}": ranking_plots.rankings(split) for split in splits},
        "half-lives": ranking_plots.half_lives(results),
        "bought": other_plots.bought(results),
        "daily-moves": other_plots.daily_moves(results),
    }
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.svg"):
        old.unlink()
    for name, svg in drawn.items():
        if svg:
            (folder / f"{name}.svg").write_text(svg, encoding="utf-8")
    return [name for name, svg in drawn.items() if svg]
