"""Whether contributions add up: the ledger of a fitted model against the raw scores, for every account."""

import csv
import hashlib
import math

MINUTE = 60


def add_up(runner, logs, evaluation, split, model):
    """A run whose figures say how far the sum of somebody's contributions is off at most, relative to the raw score."""
    time = next(one["time"] for one in evaluation["splits"] if one["split"] == split)
    runner.run(
        "score-everybody",
        "score",
        *logs,
        "--as-of",
        time,
        "--model",
        model,
        "--top",
        "1",
        "--out",
        "everybody.csv",
        seconds=10 * MINUTE
    )
    if not runner.render_only:
        write_a_tenth(runner.file("everybody.csv"), runner.file("a-tenth.csv"))
    words = [
        "score",
        *logs,
        "--as-of",
        time,
        "--model",
        model,
        "--verified",
        "a-tenth.csv",
        "--top",
        "1",
        "--out",
        "scores.csv",
        "--ledger",
        "ledger.csv",
    ]
    return runner.run(
        "residual",
        *words,
        seconds=20 * MINUTE,
        figures=lambda out: residual(runner.file("scores.csv"), runner.file("ledger.csv"))
    )


def write_a_tenth(scores, verified):
    """A list of verified people: the tenth of the accounts in a score file whose SHA-256 is smallest."""

    def order(account):
        return hashlib.sha256("\n".join(account).encode()).hexdigest()

    with open(scores, newline="", encoding="utf-8") as file:
        accounts = sorted(((row["network"], row["account"]) for row in csv.DictReader(file)), key=order)
    with open(verified, "w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows([("network", "account"), *accounts[: len(accounts) // 10]])


def residual(scores, ledger):
    """Largest |sum of contributions - raw| / raw, over accounts. No account here shares its person with another."""
    parts, lines = {}, 0
    with open(ledger, newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            parts.setdefault((row["network"], row["account"]), []).append(float(row["contribution"]))
            lines += 1
    largest, accounts = 0.0, 0
    with open(scores, newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            raw, total = float(row["raw"]), math.fsum(parts.get((row["network"], row["account"]), ()))
            accounts += 1
            if raw or total:
                largest = max(largest, abs(total - raw) / max(raw, total))
    return {"accounts": accounts, "lines": lines, "largest": largest}
