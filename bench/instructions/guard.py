"""Guards the kernels against becoming slower: their instructions, counted by callgrind, against bench/instructions.json.

    guard.py KERNELS COMPILER            compares; ends with 1 where a kernel needs too many, with 77 where nothing is known
    guard.py KERNELS COMPILER --update   writes the counts of this compiler into the table

Instructions do not depend on what else the machine does, unlike time, so a test may assert them.
"""

import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

TABLE = pathlib.Path(__file__).resolve().parent.parent / "instructions.json"
TOLERANCE = 0.10
SKIPPED = 77


def count(kernels):
    """Instructions a row by kernel."""
    with tempfile.TemporaryDirectory() as folder:
        command = ["valgrind", "--tool=callgrind", "--collect-atstart=no", f"--callgrind-out-file={folder}/out", kernels]
        # The widest kernel of simdjson that every x86-64 machine and valgrind have: the same counts everywhere.
        done = subprocess.run(command, capture_output=True, text=True, timeout=240, env=os.environ | {"SIMDJSON_FORCE_IMPLEMENTATION": "westmere"})
        if done.returncode != 0:
            sys.exit(f"the kernels did not run under valgrind: {done.stderr.strip().splitlines()[-1]}")
        rows = dict(line.split() for line in done.stdout.splitlines())
        totals = {}
        for file in pathlib.Path(folder).iterdir():
            name, total = counts_of(file.read_text())
            if name in rows:
                totals[name] = total
    return {name: round(totals[name] / int(rows[name]), 1) for name in rows}


def counts_of(text):
    """The kernel that a dump is of, and its instructions."""
    name = re.search(r"desc: Trigger: Client Request: (\w+)", text)
    total = re.search(r"^(?:summary|totals): (\d+)", text, re.M)
    return (name[1] if name else "", int(total[1]) if total else 0)


def compare(known, counted):
    """Sentences about kernels that need more instructions than they may; an empty list is what one wants."""
    said = []
    for name in sorted(known.keys() | counted.keys()):
        if name not in known:
            said.append(f"{name} is not in the table")
        elif name not in counted:
            said.append(f"{name} is in the table and was not counted")
        elif counted[name] > known[name] * (1 + TOLERANCE):
            more = 100 * (counted[name] / known[name] - 1)
            said.append(f"{name} needs {counted[name]} instructions a row, {more:.0f} % more than the {known[name]} it needed")
    return said


def main(kernels, compiler, update):
    table = json.loads(TABLE.read_text())
    if compiler not in table and not update:
        print(f"skipped: bench/instructions.json knows {', '.join(sorted(table))} and not {compiler}")
        return SKIPPED
    counted = count(kernels)
    for name, instructions in counted.items():
        print(f"{name:8} {instructions:9.1f} instructions a row, known {table.get(compiler, {}).get(name, 'not yet')}")
    if update:
        table[compiler] = counted
        TABLE.write_text(json.dumps(table, indent=2, sort_keys=True) + "\n")
        return 0
    said = compare(table[compiler], counted)
    for sentence in said:
        print(sentence)
    if said:
        print("If that is as it must be: python3 bench/instructions/guard.py KERNELS COMPILER --update, and say why in the commit.")
    return 1 if said else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2], "--update" in sys.argv[3:]))
