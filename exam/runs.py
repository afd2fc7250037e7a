"""Runs of the command `renown`, each kept as JSON, so that a page can be written again without running anything."""

import hashlib
import json
import pathlib
import subprocess
import sys

NOT_ENOUGH_DATA = 3
WRITTEN_TO = ("--out", "--ledger")  # what follows them is no input


class Stopped(Exception):
    """A run that must succeed did not; the sentence says which and why."""


class Run:
    """One run: the command as a reader would type it, its exit code, what it said if it failed, and its figures. False
    where there was not enough data."""

    def __init__(self, kept):
        self.command, self.code, self.said, self.figures = (kept[key] for key in ("command", "code", "said", "figures"))

    def __bool__(self):
        return self.code != NOT_ENOUGH_DATA


class Runner:
    """Runs commands one after the other in `folder`, and keeps what they gave in folder/runs.

    places  words of commands -> what stands there in this run: a page shows "$RENOWN_DATA/...", not the file
    A run is kept under its name and run again if its command, the program or a file it was given has changed;
    `render_only` takes whatever is kept.
    """

    def __init__(self, program, folder, places, render_only=False):
        self.program = pathlib.Path(program).resolve()
        self.folder = pathlib.Path(folder).resolve()
        self.places = places
        self.render_only = render_only
        self.commands = []
        self.program_digest = "" if render_only else digest(self.program)
        (self.folder / "runs").mkdir(parents=True, exist_ok=True)

    def report(self, name, *words, seconds, wanted=(0,)):
        """Runs `renown WORDS --out NAME.json` and keeps that report."""
        return self.run(
            name,
            *words,
            "--out",
            f"{name}.json",
            seconds=seconds,
            wanted=wanted,
            figures=lambda out: json.loads((self.folder / f"{name}.json").read_text(encoding="utf-8")),
        )

    def json(self, name, *words, seconds, wanted=(0,)):
        """Runs `renown WORDS --json` and keeps what it prints."""
        return self.run(name, *words, "--json", seconds=seconds, wanted=wanted, figures=json.loads)

    def run(self, name, *words, seconds, wanted=(0,), figures=lambda out: None):
        """Runs `renown WORDS`, at most so many seconds; an exit code that is not wanted stops the exam."""
        command = " ".join(["renown", *words])
        return self.keep(name, command, words, lambda: self._run(command, words, seconds, wanted, figures))

    def keep(self, name, command, words, make):
        """What `make` gives, or what it gave when it ran last with the same command, program and files."""
        self.commands.append(command)
        path = self.folder / "runs" / f"{name}.json"
        if self.render_only:
            if not path.exists():
                raise Stopped(f"{path} is missing: run the exam once without --render-only")
            return Run(json.loads(path.read_text(encoding="utf-8")))
        key = self._key(command, words)
        if path.exists():
            kept = json.loads(path.read_text(encoding="utf-8"))
            if kept["key"] == key:
                say(f"kept   {command}")
                return Run(kept)
        say(f"runs   {command}")
        kept = {"key": key, "command": command, **make()}
        path.write_text(json.dumps(kept, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        return Run(kept)

    def file(self, name):
        return self.folder / name

    def _run(self, command, words, seconds, wanted, figures):
        for before, word in zip(("", *words), words):
            if before in WRITTEN_TO:
                (self.folder / word).unlink(missing_ok=True)
        try:
            done = subprocess.run(
                [self.program, *map(self._place, words)],
                cwd=self.folder,
                capture_output=True,
                text=True,
                timeout=seconds,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise Stopped(f"{command}: took more than {seconds} s") from None
        said = ""
        if done.returncode != 0:
            said = next((line for line in done.stderr.splitlines() if line.startswith("renown: ")), done.stderr[-300:])
            said = self._unplace(said)
            say(f"       {said}")
        if done.returncode not in wanted:
            raise Stopped(f"{command}: exit code {done.returncode}: {said}")
        found = figures(done.stdout) if done.returncode != NOT_ENOUGH_DATA else None
        return {"code": done.returncode, "said": said.removeprefix("renown: "), "figures": found}

    def _place(self, word):
        return str(self.places.get(word, word))

    def _unplace(self, text):
        for short, real in self.places.items():
            text = text.replace(str(real), short)
        return text

    def _key(self, command, words):
        parts = [command, self.program_digest]
        for before, word in zip(("", *words), words):
            path = self.folder / self._place(word)
            if before not in WRITTEN_TO and path.is_file():
                parts.append(digest(path))
        return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def digest(path):
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def say(text):
    print(f"exam: {text}", file=sys.stderr, flush=True)
