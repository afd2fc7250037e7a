"""The real AT Protocol network of network.mjs, for tests: installs it, starts it, stops it."""

import json
import os
import pathlib
import shutil
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
SCRIPTS = sorted(HERE.glob("*.mjs"))


class Skip(Exception):
    """Why a test against the network cannot run here, as one sentence."""


def install(folder: pathlib.Path) -> None:
    """npm ci into the folder, once for each package-lock.json; raises Skip where the registry is out of reach."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in ["package.json", "package-lock.json", ".npmrc", *[script.name for script in SCRIPTS]]:
        shutil.copyfile(HERE / name, folder / name)
    lock = (HERE / "package-lock.json").read_bytes()
    done = folder / "installed"
    if done.is_file() and done.read_bytes() == lock:
        return
    for tool in ("node", "npm"):
        if shutil.which(tool) is None:
            raise Skip(f"there is no {tool}")
    installed = subprocess.run(["npm", "ci", "--ignore-scripts"], cwd=folder, capture_output=True, text=True, timeout=300)
    if installed.returncode != 0:
        raise Skip(f"npm cannot install the network: {last_line(installed.stderr)}")
    # Its one native part, made from source with the headers of Node.js, which are there already.
    built = subprocess.run(["npm", "run", "build-release"], cwd=folder / "node_modules/better-sqlite3",
                           capture_output=True, text=True, timeout=400)
    if built.returncode != 0:
        raise Skip(f"better-sqlite3 cannot be built: {last_line(built.stderr)}")
    done.write_bytes(lock)


def last_line(text: str) -> str:
    lines = [line for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else "it says nothing"


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
        offers = self.start("network.mjs", self.mode, environment=self.environment)
        self.pds = offers["pds"]
        self.appview = offers.get("appview")
        return self

    def __exit__(self, *_):
        for process in reversed(self.processes):
            process.stop()

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
