"""The real AT Protocol network of network.mjs, for tests: installs it, starts it, stops it."""

import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

import packages  # noqa: E402

SCRIPTS = sorted(HERE.glob("*.mjs"))


class Skip(unittest.SkipTest):
    """Why a test against the network cannot run here, as one sentence."""


def install(folder: pathlib.Path) -> None:
    """The packages of the network, and its one native part, made from source with the headers of Node.js, which are
    there already. Raises Skip where that cannot be."""
    try:
        packages.install(HERE, folder, least_node="20", scripts=[script.name for script in SCRIPTS])
    except packages.Missing as why:
        raise Skip(str(why)) from why
    native = folder / "node_modules/better-sqlite3"
    if (native / "build/Release/better_sqlite3.node").is_file():
        return
    built = subprocess.run(["npm", "run", "build-release"], cwd=native, capture_output=True, text=True, timeout=400)
    if built.returncode != 0:
        raise Skip(f"better-sqlite3 cannot be built: {packages.last_line(built.stderr)}")


class Process:
    """A Node.js script that runs until its standard input is closed, and says as one line of JSON what it offers."""

    def __init__(self, folder: pathlib.Path, script: str, *arguments: str, environment: dict | None = None):
        self.log = open(folder / f"{script}.log", "w", encoding="utf-8")
        self.process = subprocess.Popen(["node", script, *arguments], cwd=folder, stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, stderr=self.log, text=True,
                                        env={**os.environ, "LOG_ENABLED": "false", **(environment or {})})
        line = self.process.stdout.readline()
        if not line:
            self.stop()
            raise RuntimeError(f"{script} did not start: see {self.log.name}")
        self.offers = json.loads(line)

    def stop(self) -> None:
        self.process.stdin.close()
        try:
            self.process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process.stdout.close()
        self.log.close()


class Network:
    """with Network(folder, "pds") as network: ... network.pds is then the address of a personal data server."""

    def __init__(self, folder: pathlib.Path, mode: str, environment: dict | None = None):
        install(folder)
        self.folder = folder
        self.mode = mode
        self.environment = environment
        self.processes = []

    def __enter__(self):
        self.scratch = tempfile.TemporaryDirectory()  # the servers leave their stores in TMPDIR
        try:
            offers = self.start("network.mjs", self.mode, environment={**(self.environment or {}), "TMPDIR": self.scratch.name})
        except BaseException:
            self.__exit__()
            raise
        self.plc = offers["plc"]
        self.pds = offers["pds"]
        self.appview = offers.get("appview")
        return self

    def __exit__(self, *_):
        for process in reversed(self.processes):
            process.stop()
        self.scratch.cleanup()

    def start(self, script: str, *arguments: str, environment: dict | None = None) -> dict:
        process = Process(self.folder, script, *arguments, environment=environment)
        self.processes.append(process)
        return process.offers

    def node(self, script: str, *arguments: str) -> str:
        """Runs a script to its end and gives what it prints."""
        ran = subprocess.run(["node", script, *arguments], cwd=self.folder, capture_output=True, text=True, timeout=120,
                             check=False)
        if ran.returncode != 0:
            raise RuntimeError(f"{script}: {ran.stderr}")
        return ran.stdout
