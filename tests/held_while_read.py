#!/usr/bin/env python3
"""What may be replaced while it is read must be held: instance.directory() and its like give a share of it, and in

    for (const Person& person : instance.directory()->people())

that share is gone before the loop begins (until C++23's rule, which g++ 12 does not have). Held by a name it is safe:

    const auto directory = instance.directory();
    for (const Person& person : directory->people())

Also wrong: a reference or pointer taken out of such a share that nobody holds. Exit code 1, a line for each place.
"""

import pathlib
import re
import sys

SHARES = "directory|published|reasons|findings|sources"
LOOP = re.compile(rf"for \([^;]*? : \*?[\w.>-]*\b(?:{SHARES})\(\)(?:->|\))")
ADDRESS = re.compile(rf"(?:auto|\w)[&*] \w+ = [*&]?[\w.>-]*\b(?:{SHARES})\(\)->")


def wrong_lines(text):
    for number, line in enumerate(text.splitlines(), 1):
        if LOOP.search(line) or ADDRESS.search(line):
            yield number, line.strip()


def check_itself():
    for line in ("for (const Person& person : directory()->people()) {", "for (const auto& s : *context.instance.sources()) {",
                 "const Person* found = instance.directory()->find(id);", "const auto& all = published()->cards();"):
        assert list(wrong_lines(line)), line
    for line in ("for (const Person& person : here->people()) {", "const auto directory = instance.directory();",
                 "for (const auto& source : *sources) {", "if (instance.directory()->named(name) != nullptr) {"):
        assert not list(wrong_lines(line)), line


def main():
    check_itself()
    root = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else ".")
    found = [f"{path.relative_to(root)}:{number}: {line}" for folder in ("instance", "api", "cli")
             for path in sorted((root / "src" / folder).glob("*.cc")) for number, line in wrong_lines(path.read_text("utf-8"))]
    print("\n".join(found) or "every share is held while it is read")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
