"""A data folder with the town in it, as of today: python3 make_folder.py RENOWN FOLDER

What an operator would do by hand: the log is imported, every person of people.csv is added on the basis that they came
by themselves, their accounts are linked by the operator's word, and those of verified.csv are verified.
"""

import csv
import pathlib
import subprocess
import sys

TOWN = pathlib.Path(__file__).parent


def people() -> dict[str, list[str]]:
    accounts: dict[str, list[str]] = {}
    with open(TOWN / "people.csv", encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            accounts.setdefault(row["person"], []).append(f"{row['network']}:{row['account']}")
    return accounts


def verified() -> set[str]:
    with open(TOWN / "verified.csv", encoding="utf-8") as lines:
        return {f"{row['network']}:{row['account']}" for row in csv.DictReader(lines)}


def main() -> None:
    renown, folder = sys.argv[1], sys.argv[2]

    def run(*arguments: str, **more) -> None:
        subprocess.run([renown, *arguments, "--data", folder], check=True, stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL, **more)

    with open(TOWN / "interactions.csv", "rb") as log:
        shifted = subprocess.run([sys.executable, str(TOWN / "shift.py")], stdin=log, capture_output=True, check=True)
    run("import", "-", input=shifted.stdout)
    known = verified()
    for person, accounts in people().items():
        run("people", "add", person)
        for account in accounts:
            run("people", "link", person, account, "--my-word", "the town's register")
        if known.intersection(accounts):
            run("people", "verify", person)
    unlinked = known - {each for accounts in people().values() for each in accounts}
    for number, account in enumerate(sorted(unlinked), start=1):  # verified, and nobody who came by themselves
        run("people", "add", f"Neighbour {number}", "--basis", "none")
        run("people", "link", f"Neighbour {number}", account, "--my-word", "the town's register")
        run("people", "verify", f"Neighbour {number}")


if __name__ == "__main__":
    main()
