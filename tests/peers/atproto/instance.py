"""A data folder and the program on it. RENOWN_COMMAND is the program, RENOWN_DUCKDB the library that reads its exports."""

import csv
import os
import pathlib
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "integration"))
import parquet  # noqa: E402

COMMAND = os.environ["RENOWN_COMMAND"]
COLUMNS = ["time", "network", "kind", "actor", "target", "post", "id", "tags"]


def rows_of_log(path: pathlib.Path) -> list:
    """The rows of a flat log, sorted."""
    with open(path, encoding="utf-8", newline="") as file:
        return sorted(tuple(row[name] for name in COLUMNS) for row in csv.DictReader(file))


def without_times_of_deletes(rows: list) -> list:
    """Nobody who acts knows to the second when the server saw a delete."""
    return sorted(("", *row[1:]) if row[2] == "undo" else row for row in rows)


def scores_of(*log: str, as_of: int) -> bytes:
    """The score file of a log, or of --data DIR."""
    with tempfile.TemporaryDirectory() as folder:
        out = pathlib.Path(folder, "scores.csv")
        subprocess.run([COMMAND, "score", *log, "--as-of", str(as_of), "--out", str(out)], check=True, timeout=60,
                       capture_output=True)
        return out.read_bytes()


class Instance:
    def __init__(self, folder: pathlib.Path):
        self.data = folder
        self.allowed = []

    def run(self, *arguments: str) -> str:
        ran = subprocess.run([COMMAND, *arguments, "--data", str(self.data)], capture_output=True, text=True, timeout=120,
                             check=False)
        if ran.returncode != 0:
            raise AssertionError(f"renown {' '.join(arguments)} ended with {ran.returncode}: {ran.stdout}{ran.stderr}")
        return ran.stdout

    def connect(self, connector: str, server: str, *more: str) -> None:
        self.allowed += ["--allow-host", server.split("://")[1]]
        self.run("connect", "add", connector, *more, "--server", server, "--name", connector)

    def sync(self, *more: str) -> str:
        return self.run("sync", *self.allowed, *more)

    def start_sync(self, *more: str) -> subprocess.Popen:
        return subprocess.Popen([COMMAND, "sync", *self.allowed, *more, "--data", str(self.data)],
                                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def scores(self, as_of: int) -> bytes:
        return scores_of("--data", str(self.data), as_of=as_of)

    def rows(self) -> list:
        """All that the log holds, sorted."""
        with tempfile.TemporaryDirectory() as folder:
            self.run("export", "--out", f"{folder}/export")
            exported = parquet.rows(f"{folder}/export/*/*/*.parquet")
            return sorted(tuple(row[name] for name in COLUMNS) for row in exported)
