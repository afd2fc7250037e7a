"""./dev bench-scale: generates logs of growing size and scores each, and lets rivals do the same for as long as they
end within the bounds. Appends to results.json, draws the plots.

    run_scale.py BUILD_FOLDER [ROWS...] [--seconds N] [--memory SIZE] [--keep-rivals-to ROWS] [--results FILE]

Renown runs as a command, from a Parquet file to a score file, on all cores. Rivals begin with columns in memory, on one
thread: neither reading nor numbering names is counted for them. A rival that does not end is not asked at larger sizes.
"""

import argparse
import json
import os
import pathlib
import subprocess
import sys
import threading
import time

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
sys.path.insert(0, str(HERE.parent))

import machine  # noqa: E402
import programs  # noqa: E402
import scale_figures  # noqa: E402

RIVALS = [
    ("duckdb", "score_whole", "the whole score as SQL"),
    ("naive", "score_whole", "the whole score in hash tables"),
    ("igraph", "score_whole", "PageRank alone"),
    ("sqlite", "tally", "pair tallies alone"),
]


class DiskWatch:
    """The most that a folder's files, the nameless ones of a process too, take of the disk: sampled."""

    def __init__(self, folder):
        self.folder, self.most, self.ended = folder, 0, threading.Event()
        self.at_first = self.used()

    def __enter__(self):
        self.thread = threading.Thread(target=self.watch)
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.ended.set()
        self.thread.join()

    def used(self):
        disk = os.statvfs(self.folder)
        return (disk.f_blocks - disk.f_bfree) * disk.f_frsize

    def watch(self):
        while not self.ended.wait(0.05):
            self.most = max(self.most, self.used() - self.at_first)


def score(renown, rows, work, memory, seconds):
    log = work / f"{rows}.parquet"
    command = [renown, "generate", "--events", str(rows), "--people", str(rows), "--days", "7", "--max-bytes", "40G", "--out", str(log)]
    generated = programs.measure_command(command, seconds=seconds)
    command = [renown, "score", str(log), "--out", str(work / "scores.csv")]
    if memory:
        command += ["--memory", memory]
    try:
        with DiskWatch(work) as disk:
            found = programs.measure_command(command, seconds=seconds, environment=os.environ | {"TMPDIR": str(work)})
        return found | {"candidate": "renown", "rows": rows, "log_bytes": log.stat().st_size, "disk_bytes": disk.most, "generate": generated["wall"]}
    finally:
        for file in work.iterdir():
            file.unlink()


def rival(build, name, program, rows, work, seconds):
    """None where it does not end within the bounds."""
    arguments = ["--work", str(work), "--rows", str(rows), "--repeats", "1", "--only", name, "--seconds", str(seconds)]
    found = programs.hold(str(build / "bench" / f"bench_{program}"), arguments, seconds=20 * seconds + 600)
    for file in work.iterdir():
        file.unlink()
    (one,) = found["candidates"]
    if not one["measurements"]:
        return None
    return one["measurements"][0] | {"candidate": name, "rows": rows}


def append(path, one, facts):
    """One line a measurement, with what it was measured on."""
    every = json.loads(path.read_text()) if path.exists() else []
    kept = ("candidate", "rows", "wall", "cpu", "peak", "log_bytes", "disk_bytes", "generate")
    every.append({key: figure(one[key]) for key in kept if key in one} | {"when": time.strftime("%Y-%m-%d"), "load": machine.load(), "machine": facts})
    path.write_text("[\n" + ",\n".join(json.dumps(line) for line in every) + "\n]\n")


def figure(value):
    return round(value, 4) if isinstance(value, float) else value


def arguments():
    parser = argparse.ArgumentParser(prog="./dev bench-scale")
    parser.add_argument("build", type=pathlib.Path)
    parser.add_argument("rows", type=int, nargs="*", default=[100_000, 1_000_000, 10_000_000])
    parser.add_argument("--seconds", type=int, default=120, help="for each rival at each size (default 120)")
    parser.add_argument("--score-seconds", type=int, default=7200, help="for `renown score`, and for generating")
    parser.add_argument("--memory", default="", help="passed on to `renown score`")
    parser.add_argument("--keep-rivals-to", type=int, default=10_000_000, metavar="ROWS", help="no rivals beyond that size")
    parser.add_argument("--results", type=pathlib.Path, default=HERE / "results.json")
    return parser.parse_args()


def main():
    call = arguments()
    work = call.build / "work-scale"
    work.mkdir(parents=True, exist_ok=True)
    facts = machine.line(machine.describe(*machine.build_facts(call.build)), machine.load(), machine.load()).partition("; load")[0]
    still_in = list(RIVALS)
    try:
        for rows in sorted(call.rows):
            one = score(str(call.build / "renown"), rows, work, call.memory, call.score_seconds)
            append(call.results, one, facts)
            print(f"renown {rows:,}: {one['wall']:.2f} s, {one['cpu']:.2f} s CPU, {one['peak'] / 1e6:,.0f} MB, disk {one['disk_bytes'] / 1e6:,.0f} MB", flush=True)
            for name, program, what in list(still_in) if rows <= call.keep_rivals_to else []:
                found = rival(call.build, name, program, rows, work, call.seconds)
                if found is None:
                    still_in.remove((name, program, what))
                    print(f"{name} {rows:,}: not done within {call.seconds} s", flush=True)
                    continue
                append(call.results, found, facts)
                print(f"{name} {rows:,} ({what}): {found['wall']:.2f} s, {found['peak'] / 1e6:,.0f} MB", flush=True)
    except (programs.Failure, subprocess.TimeoutExpired) as failure:
        print(f"bench-scale: {failure}", file=sys.stderr)
        return 1
    finally:
        work.rmdir() if not any(work.iterdir()) else None
    scale_figures.draw(call.results)
    return 0


if __name__ == "__main__":
    sys.exit(main())
