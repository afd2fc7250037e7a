"""./dev bench: holds every task, prints the table, writes the JSON and bench/RESULTS.md. Python's standard library.

    run_bench.py BUILD_FOLDER [--json FILE] [--quick] [--repeats N] [--only TASK]... [--page FILE]
"""

import argparse
import json
import os
import pathlib
import shutil
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

import command_tasks  # noqa: E402
import figures  # noqa: E402
import machine  # noqa: E402
import page  # noqa: E402
import programs  # noqa: E402
import tasks  # noqa: E402
from redis_server import RedisServer  # noqa: E402


class Bench:
    def __init__(self, build, quick, repeats, only):
        self.build, self.quick, self.only = pathlib.Path(build), quick, set(only)
        self.repeats = repeats or (3 if quick else 5)
        self.work = command_tasks.work_folder(self.build / "work")
        self.renown = str(self.build / "renown")
        self.data = os.environ.get("RENOWN_DATA", "")
        self.results, self.left_out = [], []

    def wants(self, measures):
        return not self.only or any(one.task in self.only for one in measures)

    def hold_all(self):
        with RedisServer() as port:
            for contest in tasks.CONTESTS:
                if self.wants(contest.measures):
                    self.hold(contest, port)
        self.commands()
        shutil.rmtree(self.work, ignore_errors=True)

    def hold(self, contest, redis_port):
        arguments = ["--work", str(self.work), "--repeats", str(self.repeats), *contest.options]
        if contest.log:
            log = self.real_log(contest.log, contest.measures)
            if log is None:
                return
            arguments += ["--log", str(log)]
        else:
            arguments += ["--rows", str(contest.quick_rows if self.quick else contest.rows)]
        if contest.program in ("http_lookup", "lookup", "topk"):
            if redis_port:
                arguments += ["--redis", str(redis_port)]
            else:
                self.leave_out("redis", "there is no redis-server")
        before = machine.load()
        found = programs.hold(str(self.build / "bench" / f"bench_{contest.program}"), arguments)
        for one in found["candidates"]:
            if not one["in_bounds"]:
                self.leave_out(f"{contest.measures[0].task}, {one['name']}", "not done within the bounds")
        measured = {one["name"]: one["measurements"] for one in found["candidates"] if one["measurements"]}
        self.add(contest.measures, found["input"], measured, before)

    def commands(self):
        if self.wants(tasks.SCORE_COMMAND):
            log = self.real_log(tasks.HIGGS, tasks.SCORE_COMMAND)
            if log is not None:
                before = machine.load()
                self.add(tasks.SCORE_COMMAND, "Higgs days 1 to 5, 508,844 rows", command_tasks.score_command(self.renown, log, self.work, self.repeats), before)
        if self.wants(tasks.IMPORT):
            before = machine.load()
            rows = 200_000 if self.quick else 1_000_000
            programs.hold(str(self.build / "bench" / "bench_ingest"), ["--work", str(self.work), "--repeats", "0", "--rows", str(rows), "--only", "renown"])
            events = self.work / "events.ndjson"
            rows = command_tasks.rows_of(events)
            self.add(tasks.IMPORT, f"invented log, {rows:,} rows as JSON lines of 127 bytes", command_tasks.import_events(self.renown, events, rows, self.work, self.repeats), before)
        if self.wants(tasks.DELTA_DAY):
            before = machine.load()
            rows = 100_000 if self.quick else 500_000
            self.add(tasks.DELTA_DAY, f"invented log, {rows:,} rows", command_tasks.delta_day(self.renown, self.work, rows, self.repeats), before)

    def real_log(self, name, measures):
        log = pathlib.Path(self.data) / name if self.data else None
        if log is None or not log.exists():
            self.leave_out(measures[0].task, f"RENOWN_DATA has no {name}")
            return None
        return log

    def leave_out(self, what, why):
        self.left_out.append((what, why))
        print(f"left out: {what}: {why}", file=sys.stderr)

    def add(self, measures, what, measured, load_before):
        load = max(load_before, machine.load())
        for one in measures:
            candidates = {
                name: figures.summary(figures.values(series, one.figure, one.unit))
                for name, series in measured.items()
                if has(series, one.figure)
            }
            result = {"measure": one, "input": what, "unit": one.unit, "candidates": candidates, "load": load}
            result["records"] = figures.records(one.task, one.unit, candidates, load, one.at_most)
            self.results.append(result)
            print(page.terminal_lines(result), flush=True)


def has(series, figure):
    return all(figure in one or figure in one["parts"] for one in series)


def arguments():
    parser = argparse.ArgumentParser(prog="./dev bench", description="measures Renown and its rivals")
    parser.add_argument("build")
    parser.add_argument("--json", help="write the records there")
    parser.add_argument("--quick", action="store_true", help="three turns, small inputs; RESULTS.md stays as it is")
    parser.add_argument("--repeats", type=int, default=0)
    parser.add_argument("--only", action="append", default=[], metavar="TASK")
    parser.add_argument("--page", default=str(HERE / "RESULTS.md"))
    return parser.parse_args()


def main():
    call = arguments()
    known = {one.task for contest in tasks.CONTESTS for one in contest.measures}
    known |= {one.task for one in (*tasks.SCORE_COMMAND, *tasks.IMPORT, *tasks.DELTA_DAY)}
    for name in call.only:
        if name not in known:
            print(f"bench: --only {name}: there is no such task (there are {', '.join(sorted(known))})", file=sys.stderr)
            return 2
    bench = Bench(call.build, call.quick, call.repeats, call.only)
    facts = machine.describe(*machine.build_facts(call.build))
    load_before = machine.load()
    try:
        bench.hold_all()
    except programs.Failure as failure:
        print(f"bench: {failure}", file=sys.stderr)
        return 1
    line = machine.line(facts, load_before, machine.load())
    print(line)
    lines = [one for result in bench.results for one in result["records"]]
    figures.check(lines)
    if call.json:
        pathlib.Path(call.json).write_text("[\n" + ",\n".join(json.dumps(one) for one in lines) + "\n]\n")
    if not call.quick and not call.only:
        pathlib.Path(call.page).write_text(page.results(bench.results, bench.left_out, line))
    return 0


if __name__ == "__main__":
    sys.exit(main())
