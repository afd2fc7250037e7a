"""slowhttptest in its four modes, a thousand connections each, while healthy requests go on and are timed."""

import http.client
import os
import pathlib
import shutil
import subprocess
import sys
import threading
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

from packages import skip  # noqa: E402

SECONDS = 12
CONNECTIONS = 1000
MODES = {
    "slow headers": ["-H", "-u", "/v1/people/7/score?purpose=own"],
    "slow body": ["-B", "-u", "/v1/people", "-s", "8000", "-f", "application/x-www-form-urlencoded"],
    "ranges": ["-R", "-u", "/v1/people/7/score?purpose=own"],
    "slow reading": ["-X", "-u", "/page", "-w", "512", "-y", "1024", "-n", "5", "-z", "32"],
}


def start_server():
    server = subprocess.Popen([os.environ["RENOWN_HTTP_SAMPLE"]], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    return server, int(server.stdout.readline())


def rss_mb(server) -> float:
    with open(f"/proc/{server.pid}/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmRSS")) / 1024


def ask_until(end: float, port: int, times: list, failures: list):
    """One fresh request after the other, ten a second."""
    while time.monotonic() < end:
        begin = time.monotonic()
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/v1/people/7/score?purpose=own")
            answer = connection.getresponse()
            answer.read()
            connection.close()
            if answer.status != 200:
                failures.append(answer.status)
            times.append((time.monotonic() - begin) * 1000)
        except OSError as problem:
            failures.append(problem)
        time.sleep(0.1)


def connections_to(port: int) -> int:
    """Established connections, seen from the server's end."""
    with open("/proc/net/tcp") as table:
        return sum(1 for line in table if line.split()[1].endswith(f":{port:04X}") and line.split()[3] == "01")


def main():
    program = shutil.which("slowhttptest")
    if program is None:
        skip("there is no slowhttptest; apt-get install --no-install-recommends slowhttptest")
    server, port = start_server()
    failed = False
    try:
        for name, options in MODES.items():
            options = [f"http://127.0.0.1:{port}{one}" if one.startswith("/") else one for one in options]
            attack = subprocess.Popen([program, "-c", str(CONNECTIONS), "-r", "500", "-i", "1", "-l", str(SECONDS), "-v", "0", *options],
                                      stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            times, failures = [], []
            asking = threading.Thread(target=ask_until, args=(time.monotonic() + SECONDS, port, times, failures))
            asking.start()
            most = 0
            while asking.is_alive():
                most = max(most, connections_to(port))
                time.sleep(0.2)
            attack.terminate()
            attack.wait(20)
            times.sort()
            p99 = times[int(len(times) * 0.99)] if times else float("inf")
            print(f"{name}: {len(times)} healthy requests, p50 {times[len(times) // 2] if times else 0:.1f} ms, p99 {p99:.1f} ms, "
                  f"{len(failures)} failed; at most {most} connections, server {rss_mb(server):.0f} MB", flush=True)
            failed = failed or bool(failures) or len(times) < SECONDS * 3
            if name != "ranges" and most < CONNECTIONS / 4:  # those are answered at once
                sys.exit(f"{name}: slowhttptest held {most} connections only: nothing is shown")
    finally:
        server.stdin.close()
        server.wait(10)
    sys.exit(1 if failed or server.returncode != 0 else 0)


if __name__ == "__main__":
    main()
