"""Makes the published exam: runs the command on real logs, writes a page and its plots.

    exam/make_exam.py build/release/renown                         docs/scoring/exam.md, from $RENOWN_DATA
    exam/make_exam.py build/release/renown LOG... [--verified FILE] [--people FILE] [--pardon FILE]
                                                            the same on a log of your own: build/exam/own/exam.md
    --render-only    the page again from what the last runs gave     --quick   one draw, few samples and people

`./dev exam` builds the program first. Runs are kept in build/exam; one is repeated when its command, its log or the
program has changed. The same inputs give the same bytes.
"""

import argparse
import os
import pathlib
import subprocess
import sys

import page
import plan
import plots
from runs import Runner, Stopped, say

ROOT = pathlib.Path(__file__).resolve().parent.parent
LISTS = ("verified", "people", "pardon")


def arguments():
    parser = argparse.ArgumentParser(description="Makes the published exam, or one of a log of your own.")
    parser.add_argument("program", help="the command: build/release/renown")
    parser.add_argument("logs", nargs="*", help="logs of your own; without any: the published exam")
    for name in LISTS:
        parser.add_argument(f"--{name}", help="passed on to every run of the command, with logs of your own")
    parser.add_argument("--out", help="the page to write (default: docs/scoring/exam.md, or build/exam/own/exam.md)")
    parser.add_argument("--runs", help="folder where runs are kept (default: build/exam, or build/exam/own)")
    parser.add_argument("--farm-tests", help="the program farm_tests, for honest crowds; without it they are left out")
    parser.add_argument(
        "--render-only", action="store_true", help="run nothing; write the page from the runs that are kept"
    )
    parser.add_argument("--quick", action="store_true", help="one draw, two shares, few samples, people and attacks")
    return parser.parse_args()


def higgs_places():
    data = pathlib.Path(os.environ.get("RENOWN_DATA", "/nonexistent"))
    places = {
        word: data / word.removeprefix("$RENOWN_DATA/") for word in (plan.HIGGS, plan.GITHUB, plan.STACK_EXCHANGE)
    }
    return places


def own_words(given):
    """The reader's files by their names alone, which is how the page shows them: {name: path}."""
    paths = [pathlib.Path(log).resolve() for log in given.logs]
    lists = [(name, pathlib.Path(value).resolve()) for name in LISTS if (value := getattr(given, name))]
    places = {}
    for path in [*paths, *(path for _, path in lists)]:
        if not path.exists():
            raise Stopped(f"{path.name} does not exist")
        if places.setdefault(path.name, path) != path:
            raise Stopped(f"two files are called {path.name}: rename one, so that the page can tell them apart")
    return [path.name for path in paths], [word for name, path in lists for word in (f"--{name}", path.name)], places


def honest_crowds(runner, program):
    """Invented honest crowds, in which the farm search must find nobody: tests/farm."""

    def make():
        done = subprocess.run(
            [program, "--gtest_filter=*HonestCrowd*-*long*"], capture_output=True, text=True, timeout=1800, check=False
        )
        passed, failed = (
            sum(line.startswith(word) and "HonestCrowd" in line and "(" in line for line in done.stdout.splitlines())
            for word in ("[       OK ]", "[  FAILED  ]")
        )
        return {
            "code": 0 if passed + failed else 1,
            "said": "",
            "figures": {"crowds": passed + failed, "failed": failed},
        }

    return runner.keep("honest-crowds", "farm_tests --gtest_filter=*HonestCrowd*-*long*", (), make)


def make(given):
    size = plan.quick() if given.quick else plan.Size()
    if given.logs:
        names, lists, places = own_words(given)
        folder = pathlib.Path(given.runs or ROOT / "build/exam/own")
        runner = Runner(given.program, folder, places, given.render_only)
        results = plan.own(runner, size, names, lists)
        out = pathlib.Path(given.out or folder / "exam.md")
    else:
        runner = Runner(given.program, given.runs or ROOT / "build/exam", higgs_places(), given.render_only)
        if not given.render_only and not runner.places[plan.HIGGS].exists():
            raise Stopped("RENOWN_DATA has no higgs: set it to the folder of data, or name a log of your own")
        results = plan.higgs(runner, size)
        kept = runner.folder / "runs" / "honest-crowds.json"
        if given.farm_tests or (given.render_only and kept.exists()):
            results.honest = honest_crowds(runner, given.farm_tests)
        out = pathlib.Path(given.out or ROOT / "docs/scoring/exam.md")
    results.commands = runner.commands
    drawn = plots.write(results, out.parent / out.stem)
    out.write_text(page.write(results, size, drawn, out.stem), encoding="utf-8")
    say(f"the page is {out}")


def main():
    try:
        make(arguments())
    except Stopped as sentence:
        say(str(sentence))
        return 1
    except KeyboardInterrupt:
        say("stopped; runs that ended are kept")
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
