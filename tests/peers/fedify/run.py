"""The ActivityPub connector against two servers by Fedify (npm), which show what they have to signed requests alone.

Installs the packages of this folder, starts server.mjs on two free ports of the loopback, runs the test program
RENOWN_FEDIFY_TESTS, stops the servers. Exit code 77: skipped, with the reason. Python 3 and its standard library."""

import os
import pathlib
import subprocess
import sys
import threading

HERE = pathlib.Path(__file__).resolve().parent
FOLDER = pathlib.Path(os.environ["RENOWN_PEERS"]) / "fedify"
sys.path.insert(0, str(HERE.parent))

from packages import Missing, free_port, install, skip  # noqa: E402


def main() -> int:
    try:
        install(HERE, FOLDER, least_node="20", scripts=["server.mjs"])
    except Missing as why:
        skip(why)
    ann, bob = free_port(), free_port()
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
