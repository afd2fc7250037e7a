"""The words that the integration tests are written in: run the command, write a log, expect an answer.

The command comes from RENOWN_COMMAND, the project's root from RENOWN_SOURCE, real data from RENOWN_DATA.
"""

import csv
import gzip
import io
import json
import os
import pathlib
import signal
import struct
import subprocess
import tempfile
import time
import unittest

COMMAND = os.environ["RENOWN_COMMAND"]
SOURCE = pathlib.Path(os.environ["RENOWN_SOURCE"])
TOWN = SOURCE / "examples/town/interactions.csv"
TOWN_LISTS = [
    "--people",
    str(SOURCE / "examples/town/people.csv"),
    "--verified",
    str(SOURCE / "examples/town/verified.csv"),
]
TOWN_AS_OF = ["--as-of", "2024-11-01"]
HEADER = "time,network,kind,actor,target,post,id,tags\n"
GENEROUS_SECONDS = 300  # a run that takes longer hangs: sanitizers and a busy machine are allowed for


def like(actor, target, time="2026-06-01T00:00:00Z", kind="like", network="forum", post="", id="", tags=""):
    """One row of a flat log as CSV."""
    return csv_text([[time, network, kind, actor, target, post, id, tags]])


def csv_text(rows):
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue()


def crowd(target, size, name="fan", **more):
    """Rows of `size` accounts that each like the target once."""
    return "".join(like(f"{name}{i}", target, **more) for i in range(size))


def zstd(data):
    """The bytes as a zstd frame of stored blocks: Python has no zstd of its own."""
    blocks = [data[i : i + 100_000] for i in range(0, len(data), 100_000)] or [b""]
    frame = struct.pack("<IBB", 0xFD2FB528, 0, 0x58)  # no content size, a window of 2 MB
    for number, block in enumerate(blocks):
        last = number == len(blocks) - 1
        frame += struct.pack("<I", len(block) << 3 | last)[:3] + block
    return frame


def real_data(folder):
    """A folder of real data; the test is skipped, and says so, where it is missing."""
    path = pathlib.Path(os.environ.get("RENOWN_DATA", "/nonexistent")) / folder
    if not path.exists():
        raise unittest.SkipTest(f"skipped: RENOWN_DATA has no {folder}")
    return path


class Answer:
    """What a run of the command gave back."""

    def __init__(self, code, out, err):
        self.code, self.out_bytes, self.err_bytes = code, out, err

    out = property(lambda self: self.out_bytes.decode("utf-8"))
    err = property(lambda self: self.err_bytes.decode("utf-8"))

    def json(self):
        return json.loads(self.out)


def environment(**changes):
    """This process's environment without what would change the output; None takes a variable out."""
    quiet = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "XDG_DATA_HOME", "COLUMNS")}
    quiet.update({name: value for name, value in changes.items() if value is not None})
    return {name: value for name, value in quiet.items() if changes.get(name, value) is not None}


class Case(unittest.TestCase):
    """A test with a folder of its own, which is also where the command runs."""

    maxDiff = 4000

    def setUp(self):
        scratch = tempfile.TemporaryDirectory(prefix="renown-test-")
        self.addCleanup(scratch.cleanup)
        self.folder = pathlib.Path(scratch.name)

    # -- files

    def write(self, name, content):
        """Writes a file; a name that ends in .gz or .zst packs it. Returns its path."""
        data = content.encode("utf-8") if isinstance(content, str) else content
        if name.endswith(".gz"):
            data = gzip.compress(data, mtime=0)
        if name.endswith(".zst"):
            data = zstd(data)
        (self.folder / name).write_bytes(data)
        return self.folder / name

    def log(self, *rows, name="log.csv"):
        """Writes a flat log with these rows."""
        return self.write(name, HEADER + "".join(rows))

    def read(self, name):
        return (self.folder / name).read_bytes()

    def csv_rows(self, name):
        """A CSV file as a list of dictionaries."""
        with open(self.folder / name, encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def files(self):
        """The names of all files in the folder, hidden ones too."""
        return sorted(str(path.relative_to(self.folder)) for path in self.folder.rglob("*"))

    # -- runs

    def run_it(self, *arguments, stdin=b"", env=None, before=()):
        words = [word if isinstance(word, bytes) else str(word) for word in arguments]
        done = subprocess.run(
            [*before, COMMAND, *words],
            input=stdin,
            capture_output=True,
            cwd=self.folder,
            env=env or environment(),
            timeout=GENEROUS_SECONDS,
            check=False,
        )
        return Answer(done.returncode, done.stdout, done.stderr)

    def start(self, *arguments, **more):
        """Starts the command and leaves it running; what is left of it is ended with the test."""
        process = subprocess.Popen(
            [COMMAND, *map(str, arguments)],
            cwd=self.folder,
            **{"env": environment(), "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **more},
        )
        self.addCleanup(self._end, process)
        return process

    @staticmethod
    def _end(process):
        if process.poll() is None:
            process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout, process.stderr):
            if pipe:
                pipe.close()

    def finish(self, process):
        out, err = process.communicate(timeout=GENEROUS_SECONDS)
        return Answer(process.returncode, out, err)

    def succeeds(self, *arguments, code=0, **more):
        answer = self.run_it(*arguments, **more)
        self.assertEqual(answer.code, code, f"renown {arguments}: {answer.err_bytes.decode(errors='replace')}")
        return answer

    def fails(self, *arguments, naming, code=1, **more):
        """The command must say in one line what is wrong, naming `naming`, and nothing on standard output."""
        answer = self.run_it(*arguments, **more)
        self.check_failure(answer, naming, code)
        return answer

    def check_failure(self, answer, naming, code=1):
        self.assertEqual(answer.code, code, f"exit code; it said: {answer.err_bytes.decode(errors='replace')}")
        self.assertEqual(answer.out, "", "nothing may be on standard output")
        lines = answer.err.splitlines()
        self.assertEqual(len(lines), 1, f"one line, not: {answer.err}")
        self.assertTrue(lines[0].startswith("renown: "), lines[0])
        self.assertIn(naming, lines[0])

    # -- scores

    def scores(self, *arguments, **more):
        """Everybody's row of the score file as {account: row}, numbers as numbers."""
        answer = self.succeeds("score", *arguments, "--json", "--top", "0", **more)
        return {row["account"]: row for row in answer.json()["scores"]}

    def score_file(self, *arguments, name="scores.csv", **more):
        """The bytes of the score file."""
        self.succeeds("score", *arguments, "--out", name, **more)
        return self.read(name)


def wait_until(true, what, seconds=60):
    """Waits until `true()` is true. An honest failure after that long: what was waited for did not happen."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():
            return
        time.sleep(0.002)
    raise AssertionError(f"waited {seconds} s for {what}")


def read_position(process, path):
    """How far a running process has read the file at least (it may have it open twice), or -1 while it is not open."""
    positions = []
    for descriptor in pathlib.Path(f"/proc/{process.pid}/fd").iterdir():
        try:
            if os.readlink(descriptor) == str(path.resolve()):
                info = pathlib.Path(f"/proc/{process.pid}/fdinfo/{descriptor.name}").read_text(encoding="ascii")
                positions.append(int(info.split("pos:")[1].split()[0]))
        except (FileNotFoundError, ProcessLookupError):
            continue
    return min(positions, default=-1)


def interrupt(process, by=signal.SIGINT, within_seconds=5):
    """Sends the signal; the process must end within the time. Returns (exit code, out, err)."""
    process.send_signal(by)
    try:
        out, err = process.communicate(timeout=within_seconds)
    except subprocess.TimeoutExpired as late:
        raise AssertionError(f"still running {within_seconds} s after {by!r}") from late
    return Answer(process.returncode, out, err)
