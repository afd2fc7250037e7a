"""The ActivityPub connector against two servers by Fedify (npm), which show what they have to signed requests alone.

Installs the packages of this folder, starts server.mjs on two free ports of the loopback, runs the test program
RENOWN_FEDIFY_TESTS, stops the servers. Exit code 77: skipped, with the reason. Python 3 and its standard library."""

import os
import pathlib
import shutil
import socket
import subprocess
import sys
import threading

HERE = pathlib.Path(__file__).resolve().parent
FOLDER = pathlib.Path(os.environ["RENOWN_PEERS"]) / "fedify"
SKIPPED = 77


def skip(why: str):
    print(f"skipped: {why}")
    sys.exit(SKIPPED)


def install():
    """npm ci, once for each version of package-lock.json."""
    for tool in ("node", "npm"):
        if shutil.which(tool) is None:
            skip(f"there is no {tool}")
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name in ("package.json", "package-lock.json", ".npmrc", "server.mjs"):
        shutil.copyfile(HERE / name, FOLDER / name)
    lock, done = (HERE / "package-lock.json").read_bytes(), FOLDER / "installed"
    if done.is_file() and done.read_bytes() == lock:
        return
    ran = subprocess.run(["npm", "ci", "--ignore-scripts"], cwd=FOLDER, capture_output=True, text=True, timeout=200)
    if ran.returncode != 0:
        skip("npm cannot install Fedify: " + (ran.stderr.strip().splitlines() or ["it says nothing"])[-1])
    done.write_bytes(lock)


def free_ports(count: int):
    sockets = [socket.socket() for _ in range(count)]
    for one in sockets:
        one.bind(("127.0.0.1", 0))
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports


def main() -> int:
    install()
    ann, bob = free_ports(2)
    with open(FOLDER / "server.log", "w", encoding="utf-8") as log:
        server = subprocess.Popen(["node", "server.mjs", str(ann), str(bob)], cwd=FOLDER, stdout=subprocess.PIPE,
                                  stderr=log, text=True)
        too_late = threading.Timer(120, server.kill)
        too_late.start()
        try:
            if server.stdout.readline() != "ready\n":
                print(f"the servers did not start: see {log.name}")
                return 1
            where = {"RENOWN_FEDIFY_ANN": f"http://127.0.0.1:{ann}", "RENOWN_FEDIFY_BOB": f"http://127.0.0.1:{bob}"}
            return subprocess.run([os.environ["RENOWN_FEDIFY_TESTS"]], env={**os.environ, **where}, timeout=100).returncode
        finally:
            too_late.cancel()
            server.terminate()
            server.wait(timeout=20)


if __name__ == "__main__":
    sys.exit(main())
