"""A class that reads one list together with somebody: in lockstep, so that the farm search finds them, and no farm."""

import csv
import datetime
import pathlib

PUPILS, AUTHORS = 12, 8


def write_class_log(to: pathlib.Path, *readers: str) -> None:
    """A class goes through one list with those readers, an author a day; each of them reads the readers at other times.

    readers  NETWORK:ACCOUNT, all of one network
    """
    network = readers[0].split(":")[0]
    accounts = [reader.split(":")[1] for reader in readers]
    today = datetime.datetime.now(datetime.timezone.utc).replace(hour=9, minute=0, second=0, microsecond=0)
    pupils = [f"pupil{i}" for i in range(PUPILS)]
    rows = []
    for i, each in enumerate(pupils + accounts):
        for author in range(AUTHORS):
            at = today - datetime.timedelta(days=20 + author, seconds=i + author * 977)
            rows.append((at, network, "like", each, f"author{author}", f"list{author}"))
    for i, pupil in enumerate(pupils):
        for number, account in enumerate(accounts):
            at = today - datetime.timedelta(days=i + 1, hours=i, minutes=13 * number)
            rows.append((at, network, "like", pupil, account, f"essay of {account}"))
    with open(to, "w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(["time", "network", "kind", "actor", "target", "post", "id"])
        out.writerows((at.strftime("%Y-%m-%dT%H:%M:%SZ"), *rest, "") for at, *rest in rows)
