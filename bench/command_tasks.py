"""Tasks about whole commands: `renown score` on a log, `renown import`, and scoring a data folder a day later."""

import hashlib
import pathlib
import shutil
import subprocess

import programs

OUTPUTS = ("scores.csv", "ledger.csv", "farms.csv")


def score_command(renown, log, work, repeats):
    """Every file that the command can write; a tenth of the accounts verified, by hash of their names."""
    verified = work / "verified.csv"
    write_verified(renown, log, verified, work)
    command = [renown, "score", str(log), "--verified", str(verified)]
    for option, name in zip(("--out", "--ledger", "--farms"), OUTPUTS):
        command += [option, str(work / name)]
    programs.measure_command(command)  # warms the caches up, and is not counted
    return {"renown": [programs.measure_command(command) for _ in range(repeats)]}


def write_verified(renown, log, path, work):
    scores = work / "all.csv"
    run([renown, "score", str(log), "--out", str(scores)])
    accounts = [line.split(",")[:2] for line in scores.read_text().splitlines()[1:]]
    chosen = [one for one in accounts if hashlib.sha256(one[1].encode()).digest()[0] < 26]
    path.write_text("network,account\n" + "".join(f"{network},{account}\n" for network, account in chosen))


def import_events(renown, events, rows, work, repeats):
    """A fresh data folder each time."""
    found = []
    for _ in range(repeats):
        folder = work / "imported"
        shutil.rmtree(folder, ignore_errors=True)
        one = programs.measure_command([renown, "import", str(events), "--data", str(folder)])
        found.append(one | {"operations": float(rows)})
        shutil.rmtree(folder)
    return {"renown": found}


def delta_day(renown, work, rows, repeats):
    """A log is imported and scored; then 1 % more is imported, and scored again: how long, and the same bytes as a fresh
    folder gives that never saw the first score. How long that import took stands beside it: it takes in what it adds."""
    whole = work / "whole.csv"
    run([renown, "generate", "--events", str(rows), "--people", str(rows), "--days", "7", "--max-bytes", "2G", "--out", str(whole)])
    first, day = split_log(whole, work, rows - rows // 100)
    found = {"renown": [], "renown_full": [], "renown_import": []}
    for _ in range(repeats):
        for name, steps in (("renown", ([first], [day])), ("renown_full", ([first, day],))):
            folder = work / name
            shutil.rmtree(folder, ignore_errors=True)
            out = work / f"{name}.csv"
            for logs in steps:
                imported = programs.measure_command([renown, "import", *map(str, logs), "--data", str(folder)])
                measured = programs.measure_command([renown, "score", "--data", str(folder), "--out", str(out)])
            found[name].append(measured)
            if name == "renown":
                found["renown_import"].append(imported)
            shutil.rmtree(folder)
        if (work / "renown.csv").read_bytes() != (work / "renown_full.csv").read_bytes():
            raise programs.Failure("delta_day: scoring after one more day gave other bytes than scoring afresh; no time counts")
    return found


def split_log(whole, work, rows):
    """The first `rows` rows, and what follows: rows are in order of time."""
    lines = whole.read_text().splitlines(keepends=True)
    first, day = work / "first.csv", work / "day.csv"
    first.write_text("".join(lines[: rows + 1]))
    day.write_text("".join([lines[0], *lines[rows + 1 :]]))
    whole.unlink()
    return first, day


def run(command):
    done = subprocess.run(command, capture_output=True, text=True, timeout=600)
    if done.returncode != 0:
        raise programs.Failure(f"{' '.join(map(str, command[:2]))}: {done.stderr.strip().splitlines()[-1]}")


def rows_of(path):
    with open(path, "rb") as file:
        return sum(chunk.count(b"\n") for chunk in iter(lambda: file.read(1 << 20), b""))


def work_folder(path):
    folder = pathlib.Path(path)
    folder.mkdir(parents=True, exist_ok=True)
    return folder
