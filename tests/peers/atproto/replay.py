"""How fast Jetstream's events become durable: python3 replay.py [EVENTS] [REPEATS]

RENOWN_COMMAND syncs a data folder from RENOWN_REPLAY_SERVER, a server of this machine that sends as fast as it can; each
time all rows must be in the log, once. Prints events a second: of the whole command, and of it without its waiting for
more at the end.
"""

import os
import pathlib
import subprocess
import sys
import tempfile
import time

from instance import Instance

QUIET_SECONDS = 0.5  # how long the end is waited for (StreamConnector::kPause)


def measure(events: int) -> None:
    server = subprocess.Popen([os.environ["RENOWN_REPLAY_SERVER"], str(events)], stdin=subprocess.PIPE,
                              stdout=subprocess.PIPE, text=True)
    try:
        address, size = server.stdout.readline().split()
        with tempfile.TemporaryDirectory() as folder:
            instance = Instance(pathlib.Path(folder, "data"))
            instance.connect("jetstream", address, "--set", "start=oldest")
            begin = time.monotonic()
            instance.sync()
            seconds = time.monotonic() - begin
            log = (instance.data / "interactions.duckdb").stat().st_size
            begin = time.monotonic()
            instance.sync()
            idle = time.monotonic() - begin
            print(f"{events} events of {int(size) / events:.0f} bytes: {events / seconds:,.0f} events/s, "
                  f"{events / (seconds - QUIET_SECONDS):,.0f} without the wait at the end; {seconds:.2f} s; "
                  f"log {log / 1e6:.0f} MB; a second sync {idle:.2f} s")
            held = len(instance.rows())
            if held != events:
                raise AssertionError(f"{held} rows in the log")
    finally:
        server.stdin.close()
        server.wait(timeout=20)
        server.stdout.close()


if __name__ == "__main__":
    for _ in range(int(sys.argv[2]) if len(sys.argv) > 2 else 1):
        measure(int(sys.argv[1]) if len(sys.argv) > 1 else 200_000)
