"""README.md and docs/guide.md tell the truth: their commands run in a copy of the project's root, what they show is
what comes out, the options they name exist, and the C++ example is examples/library/hazel.cc, which the install test
builds.

A command is a line of a code block that begins with `$ `, or with `renown`, alone or behind a pipe. Lines with
placeholders (LOG..., DIR) are left out; `...` in what is shown stands for anything. ./dev is not run here.
"""

import gzip
import os
import pathlib
import re
import subprocess
import textwrap
import unittest

from vocabulary import COMMAND, SOURCE, TOWN, Case, environment

DOCUMENTS = ("README.md", "docs/guide.md")
PLACEHOLDER = re.compile(r"\b(LOG|DIR|FILE|FOLDER|TIME|PREFIX|ACCOUNT|SIZE|NAME|MODEL|COMMAND)\b|\.\.\.")
RUNS_RENOWN = re.compile(r"(^|\| *)((\S*/)?build/release/)?renown ")


def code_blocks(text):
    """Blocks of code: fenced as sh or console, or indented by four blanks. Each is a list of lines."""
    for fenced in re.findall(r"^```(?:sh|console|text)\n(.*?)^```", text, re.MULTILINE | re.DOTALL):
        yield fenced.splitlines()
    unfenced = re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)
    for indented in re.findall(r"(?:^(?:    .*)?\n)+", unfenced, re.MULTILINE):
        if indented.strip():
            yield textwrap.dedent(indented).strip("\n").splitlines()


def commands(text):
    """(command, the lines shown below it) of all blocks, in order."""
    for block in code_blocks(text):
        command, shown = None, []
        for line in block:
            is_command = (
                line.startswith("$ ") or RUNS_RENOWN.search(line) and (command is None or not block[0].startswith("$ "))
            )
            if not is_command:
                shown.append(line)
                continue
            if command:
                yield command, shown
            command, shown = line.removeprefix("$ "), []
        if command:
            yield command, shown
        elif block[0].startswith("cd "):
            yield block[0], []


class Documents(Case):
    def setUp(self):
        super().setUp()
        for path in SOURCE.iterdir():  # a root of our own, so that what the commands write goes nowhere else
            if path.name not in ("build", "examples"):
                (self.folder / path.name).symlink_to(path)
        subprocess.run(["cp", "-r", SOURCE / "examples", self.folder], check=True)
        for link in ("build/release/renown", "bin/renown"):
            (self.folder / link).parent.mkdir(parents=True)
            (self.folder / link).symlink_to(COMMAND)
        self.stand_ins()
        self.env = environment(PATH=f"{self.folder}/bin:{os.environ['PATH']}", HOME=str(self.folder / "home"))

    def stand_ins(self):
        """Files that stand for the reader's own, wherever the document has gone by then."""
        hour = pathlib.Path(os.environ.get("RENOWN_DATA", ""), "gharchive/2015-01-01-0.json.gz")
        self.has_hour = hour.exists()
        for folder in (self.folder, self.folder / "examples/town"):
            (folder / "events.csv").write_bytes(TOWN.read_bytes())
            (folder / "events.csv.gz").write_bytes(gzip.compress(TOWN.read_bytes()))
            if self.has_hour:
                (folder / hour.name).symlink_to(hour)

    def check_document(self, name):
        cwd, ran = self.folder, 0
        for command, shown in commands((SOURCE / name).read_text(encoding="utf-8")):
            if command.startswith("cd "):
                cwd = cwd / command[3:].strip()
                continue
            plain = command.split(" #")[0].strip()
            if not RUNS_RENOWN.search(plain) or PLACEHOLDER.search(plain):
                continue
            if "2015-01-01" in plain and not self.has_hour:
                continue
            with self.subTest(document=name, command=plain):
                done = subprocess.run(
                    ["sh", "-c", plain],
                    cwd=cwd,
                    env=self.env,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.STDOUT,
                    text=True,
                    timeout=300,
                    check=False,
                )
                self.assertEqual(done.returncode, 0, done.stdout)
                self.check_shown(shown, done.stdout.splitlines())
                ran += 1
        return ran

    def check_shown(self, shown, output):
        """Each line that the document shows comes out, in that order."""
        rest = iter(line.strip() for line in output)
        for line in (line.strip() for line in shown):
            if line and line != "...":
                self.assertIn(line, rest, "shown, but it does not come out:\n" + "\n".join(output))

    def test_readme(self):
        self.assertGreater(self.check_document("README.md"), 1)

    def test_guide(self):
        if not (SOURCE / "docs/guide.md").exists():
            self.skipTest("skipped: there is no docs/guide.md")
        self.assertGreater(self.check_document("docs/guide.md"), 5)

    def test_options_exist(self):
        known = set("--build --install".split())
        for command in ([], ["score"], ["why"], ["import"], ["export"], ["erase"], ["evaluate"], ["attack"], ["sync"],
                        ["connect", "add"], ["serve"], ["backup"], ["restore"], ["doctor"]):
            known |= set(re.findall(r"--[a-z][a-z-]+", self.succeeds(*command, "--help").out))
        for name in DOCUMENTS:
            if (SOURCE / name).exists():
                text = (SOURCE / name).read_text(encoding="utf-8")
                self.assertEqual(set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", text)) - known, set(), name)

    def test_the_c_plus_plus_example_is_the_one_that_is_built(self):
        text = (SOURCE / "README.md").read_text(encoding="utf-8")
        example = re.search(r"^```cpp\n(.*?)^```", text, re.MULTILINE | re.DOTALL).group(1)
        built = (SOURCE / "examples/library/hazel.cc").read_text(encoding="utf-8")
        self.assertEqual(self.includes_apart(example), self.includes_apart(built))

    @staticmethod
    def includes_apart(text):
        """clang-format has its own order of includes."""
        lines = [line for line in text.splitlines() if line]
        return sorted(line for line in lines if line.startswith("#")), [
            line for line in lines if not line.startswith("#")
        ]

    def test_links_lead_somewhere(self):
        for name in DOCUMENTS:
            if (SOURCE / name).exists():
                for target in re.findall(r"\]\(([^)#:]+)\)", (SOURCE / name).read_text(encoding="utf-8")):
                    self.assertTrue(((SOURCE / name).parent / target).exists(), f"{name} links to {target}")


if __name__ == "__main__":
    unittest.main()
