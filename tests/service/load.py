"""How the service carries load: figures, nothing is asserted. python3 load.py [--people N]

Client and server share the machine. `wrk` (Debian) asks where it is installed; the rest is this script's own. Where
RENOWN_BENCH names build/bench/bench (`./dev bench` makes it), its client asks the service beside a bare route of
Beast and a Redis, in turns.
"""

import argparse
import json
import os
import pathlib
import re
import resource
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time

import service


def wrk(server, path, key, connections=32, seconds=5, script=None):
    """Answers a second, and the middle and 99th of a hundred latencies, as wrk says them."""
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--latency", "-H", f"Authorization: Bearer {key}"]
    if script:
        command += ["-s", str(script)]
    told = subprocess.run([*command, f"http://127.0.0.1:{server.address[1]}{path}"], capture_output=True, text=True, timeout=120)
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", told.stdout).group(1))
    middle, last = (re.search(rf"{share}%\s+(\S+)", told.stdout).group(1) for share in (50, 99))
    refused = re.search(r"Non-2xx or 3xx responses: (\d+)", told.stdout)
    assert not refused, told.stdout
    return rate, middle, last


def lookups(server, operator, marigold, scratch):
    shop = operator.make_key(["lookup"], organisation="Bakers", purpose="fairs")
    own = marigold.make_key(["score:read"])
    rate, middle, last = wrk(server, "/v1/people/me/score", own)
    print(f"own score with a key: {rate:.0f}/s, median {middle}, p99 {last}")
    rate, middle, last = wrk(server, "/healthz", own)
    print(f"/healthz with a key:  {rate:.0f}/s, median {middle}, p99 {last}")
    single, middle, last = wrk(server, "/v1/lookup?network=forum&account=goldie&purpose=research", shop)
    print(f"look-up of one:       {single:.0f} people/s, median {middle}, p99 {last}")
    ids = json.dumps({"purpose": "research", "ids": ["forum:goldie"] * 50 + ["forum:hazel"] * 50})
    script = scratch / "many.lua"
    script.write_text(f"wrk.method = 'POST'\nwrk.headers['Content-Type'] = 'application/json'\nwrk.body = '{ids}'\n")
    rate, middle, last = wrk(server, "/v1/lookups", shop, connections=8, script=script)
    print(f"look-up of a hundred: {rate * 100:.0f} people/s, median {middle}, p99 {last}; {rate * 100 / single:.1f} times the single")


def beside_rivals(server, path, key, scratch):
    """The same client asks the service, Beast and Redis (bench/http_lookup)."""
    sys.path.insert(0, str(service.SOURCE / "bench"))
    from redis_server import RedisServer
    question = scratch / "question"
    question.write_bytes(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {key}\r\n\r\n".encode())
    program = pathlib.Path(os.environ["RENOWN_BENCH"]) / "bench_http_lookup"
    with RedisServer() as redis:
        told = subprocess.run([program, "--work", scratch, "--service", str(server.address[1]), "--question", question,
                               "--redis", str(redis)], capture_output=True, text=True, check=True, timeout=600)
    times = {each["name"]: statistics.median(one["wall"] / one["operations"] for one in each["measurements"])
             for each in json.loads(told.stdout)["candidates"]}
    own = times.pop("service")
    rivals = "; ".join(f"{time / own:.2f} times as quick as {name} ({time * 1e6:.1f} us)" for name, time in times.items())
    print(f"{path}: {own * 1e6:.1f} us, {rivals}; load {os.getloadavg()[0]:.1f}")


def idle(server, marigold, count):
    """Connections that were used once and kept, from addresses of their own, and what a fresh request takes beside them."""
    before, kept = server.memory_kib(), []
    for number in range(count):
        wire = socket.socket()
        wire.bind((f"127.0.{1 + number // 200}.{1 + number % 200}", 0))
        wire.connect(server.address)
        wire.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n")
        wire.recv(4096)
        kept.append(wire)
    times = []
    for _ in range(50):
        marigold.close()
        began = time.perf_counter()
        marigold.expect(200, "GET", "/v1/people/me/score")
        times.append(time.perf_counter() - began)
    times.sort()
    print(f"{len(kept)} idle connections: {(server.memory_kib() - before) / 1024:.0f} MiB more, {server.memory_kib() / 1024:.0f} MiB in "
          f"all; a fresh request {times[25] * 1000:.1f} ms (median), {times[-1] * 1000:.1f} ms (longest of 50)")
    for wire in kept:
        wire.close()


def crowd(folder, count):
    """A folder with so many people in it, each with an account and engagers, made by the program itself."""
    log, people = folder / "log.csv", folder / "people.csv"
    now = time.time()
    with open(log, "w", encoding="utf-8") as out:
        out.write("time,network,kind,actor,target,post,id,tags\n")
        for number in range(count):
            for step in (1, 7, 31, 101):
                out.write(f"{int(now - step * 3600)},forum,reply,u{(number + step) % count},u{number},p{number},{number}-{step},\n")
    data = folder / "data"
    subprocess.run([service.COMMAND, "import", str(log), "--data", str(data)], check=True, capture_output=True, timeout=600)
    subprocess.run([service.COMMAND, "people", "add", "First", "--data", str(data)], check=True, capture_output=True, timeout=60)
    import sqlite3  # the program adds people one at a time: a hundred thousand of them go into its store by hand
    database = sqlite3.connect(data / "people.sqlite")
    database.execute("PRAGMA foreign_keys=OFF")
    numbers = range(1, count)
    database.executemany("INSERT INTO persons(name, basis) VALUES (?, 'enrolled')", ((f"Person {n}",) for n in numbers))
    database.executemany("INSERT INTO accounts(network, account, person) VALUES ('forum', ?, (SELECT person FROM persons WHERE "
                         "name = ?))", ((f"u{n}", f"Person {n}") for n in numbers))
    database.executemany("INSERT INTO proofs(network, account, method, reason, time, known_network, known_account) VALUES ('forum', ?, "
                         "'operator''s word', 'a list', 1, '', '')", ((f"u{n}",) for n in numbers))
    database.commit()
    database.close()
    people.touch()
    return data


def start_of_many(count):
    with tempfile.TemporaryDirectory(prefix="renown-load-") as scratch:
        data = crowd(pathlib.Path(scratch), count)
        with service.Server(data, clients=False) as server:
            operator = server.operator()
            print(f"start with {count} people: {server.start_seconds:.2f} s, {server.memory_kib() / 1024:.0f} MiB")
            began = time.monotonic()
            server.wait_for_reasons(operator, seconds=300)
            print(f"  reasons after {time.monotonic() - began:.1f} s more, then {server.memory_kib() / 1024:.0f} MiB")
        with service.Server(data, clients=False) as server:
            print(f"start with {count} published cards: {server.start_seconds:.2f} s")


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--people", type=int, default=100_000)
    arguments.add_argument("--idle", type=int, default=10_000)
    given = arguments.parse_args()
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, max(soft, 2 * given.idle + 1000)), hard))
    with tempfile.TemporaryDirectory(prefix="renown-load-") as scratch:
        folder = pathlib.Path(scratch) / "data"
        shutil.copytree(service.town_folder(), folder)
        with service.Server(folder, "--requests-a-minute", "1000000000", clients=False, log_in=["Marigold Pym"]) as server:
            operator, marigold = server.operator(), server.person("Marigold Pym")
            server.wait_for_reasons(operator)
            threading.Event().wait(2)
            print(f"start with the town: {server.start_seconds:.2f} s; idle {server.memory_kib() / 1024:.0f} MiB")
            marigold.expect(201, "POST", "/v1/people/me/consents", {"purpose": "research"})
            if "RENOWN_BENCH" in os.environ:
                beside_rivals(server, "/v1/people/me/score", marigold.make_key(["score:read"]), pathlib.Path(scratch))
            else:
                print("RENOWN_BENCH is not set: look-ups were not measured beside rivals")
            if shutil.which("wrk"):
                lookups(server, operator, marigold, pathlib.Path(scratch))
            else:
                print("no wrk here: look-ups were not measured")
            idle(server, marigold, given.idle)
    if given.people:
        start_of_many(given.people)


if __name__ == "__main__":
    main()
