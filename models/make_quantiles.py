"""Writes the reference quantiles of a model: raw scores of a published log, unprotected and with a tenth verified.

    models/make_quantiles.py build/release/renown $RENOWN_DATA/higgs/higgs-activity-days-1-5.txt.gz models/renown-0.1.toml

Scores the log twice with the model (whose quantiles play no part in raw scores) and replaces everything behind the
line "# ---- quantiles" of the model file. People below the coverage floor have no score and are left out. Verified are
the accounts whose hash is divisible by ten, so that everybody gets the same list from the same log.
"""

import csv
import gzip
import pathlib
import subprocess
import sys
import tempfile

MARK = "# ---- quantiles"
PERCENTS = ([0] + list(range(1, 100)) + [99 + i / 10 for i in range(1, 10)] + [99.95, 99.99, 100])


def stable_hash(text: str) -> int:
    """base::stable_hash: FNV-1a, then the finalizer of MurmurHash3."""
    mask = (1 << 64) - 1
    value = 0xCBF29CE484222325
    for byte in text.encode():
        value = ((value ^ byte) * 0x100000001B3) & mask
    for shift, factor in ((33, 0xFF51AFD7ED558CCD), (33, 0xC4CEB9FE1A85EC53)):
        value = ((value ^ (value >> shift)) * factor) & mask
    return value ^ (value >> 33)


def write_verified(log: str, path: pathlib.Path) -> None:
    accounts = set()
    with gzip.open(log, "rt", encoding="utf-8") as lines:
        for line in lines:
            accounts.update(line.split()[:2])
    chosen = sorted(a for a in accounts if stable_hash(f"verified\ntwitter\n{a}") % 10 == 0)
    path.write_text("network,account\n" + "".join(f"twitter,{a}\n" for a in chosen), encoding="utf-8")


def raws(renown: str, log: str, model: str, folder: pathlib.Path, *options: str) -> list:
    out = folder / "scores.csv"
    subprocess.run([renown, "score", log, "--model", model, "--out", str(out), "--top", "1", *options], check=True,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    with open(out, newline="", encoding="utf-8") as rows:
        return sorted(float(row["raw"]) for row in csv.DictReader(rows) if row["score"])


def quantile(values: list, percent: float) -> float:
    """Nearest rank: the smallest raw with at least `percent` of the people at or below it."""
    rank = max(1, -(-len(values) * percent // 100))
    return values[int(rank) - 1]


def section(mode: str, source: str, values: list) -> str:
    numbers = ", ".join(repr(quantile(values, p)) for p in PERCENTS)
    return (f'[quantiles.{mode}]\nsource = "{source}; {len(values):,} scored people"\n'
            f'percent = [{", ".join(f"{p:g}" for p in PERCENTS)}]\nraw = [{numbers}]\n')


def main() -> None:
    renown, log, model = sys.argv[1:4]
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        verified = folder / "verified.csv"
        write_verified(log, verified)
        unprotected = raws(renown, log, model, folder)
        protected = raws(renown, log, model, folder, "--verified", str(verified))
    source = "Higgs Twitter activity, days 1 to 5 (arXiv 1301.2952), as of one second after the newest row, "
    text = pathlib.Path(model).read_text(encoding="utf-8")
    head = text.split(MARK)[0].rstrip() + "\n\n"
    head += f"{MARK}: raw score at each percent of the scored people of a published log; written by models/make_quantiles.py\n\n"
    pathlib.Path(model).write_text(
        head + section("unprotected", source + "no list of verified people", unprotected) + "\n"
        + section("verified", source + "a tenth of the accounts verified by hash", protected), encoding="utf-8")


if __name__ == "__main__":
    main()
