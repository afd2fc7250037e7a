"""Measures how dense the densest groups in honest logs are: the source of farm.reference_density in a model file.

    models/make_farm_reference.py build/release/renown models/renown-0.1.toml LOG...

Scores each log with copies of the model in which the density that a farm must have is lowered step by step, a group of
three targets is enough and lockstep with three of them too, once for the search by minutes and once for the one by the
hour. Prints what is found at each step. Groups that stay while the density rises to that of the model are farms; look
at them (the farm file of the highest step is printed), and take the highest step at which there is anything else.
"""

import csv
import pathlib
import re
import subprocess
import sys
import tempfile

STEPS = (0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.8)
NEVER = 1e9  # as evidence: the search that is not looked at finds nothing


def with_values(text: str, values: dict) -> str:
    for name, value in values.items():
        text, replaced = re.subn(rf"(?m)^({name} = {{ value = )[^,]+,", rf"\g<1>{value},", text)
        if replaced != 1:
            sys.exit(f"the model has no farm.{name}")
    return text


def farms(renown: str, log: str, model: pathlib.Path, out: pathlib.Path) -> dict:
    """{(people, targets, density): accounts}"""
    command = [renown, "score", log, "--model", str(model), "--farms", str(out), "--top", "1"]
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=False, text=True)
    if done.returncode not in (0, 3):
        sys.exit(done.stderr)
    found = {}
    with open(out, newline="", encoding="utf-8") as rows:
        for row in csv.DictReader(rows):
            key = (int(row["farm_people"]), int(row["farm_targets"]), round(float(row["density"]), 2))
            found.setdefault(key, []).append(f"{row['network']}:{row['account']}")
    return found


def measure(renown: str, text: str, log: str, folder: pathlib.Path, which: str) -> None:
    other = "wide_" if which == "" else ""
    for step in STEPS:
        values = {f"{which}reference_density": step, f"{which}margin": 1, f"{which}evidence": 1.7, "targets": 3,
                  f"{other}evidence": NEVER}
        model = folder / "model.toml"
        model.write_text(with_values(text, values), encoding="utf-8")
        found = farms(renown, log, model, folder / "farms.csv")
        groups = ", ".join(f"{people} x {targets} at {density}" for people, targets, density in found)
        print(f"  {step:4} {groups or 'nothing'}")


def main() -> None:
    renown, model, *logs = sys.argv[1:]
    text = pathlib.Path(model).read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as name:
        for log in logs:
            for which, title in (("", "by minutes"), ("wide_", "by the hour")):
                print(f"{pathlib.Path(log).name}, {title}: density, groups (people x targets at density)")
                measure(renown, text, log, pathlib.Path(name), which)


if __name__ == "__main__":
    main()
