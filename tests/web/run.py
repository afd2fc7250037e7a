"""The page of a real server in a real browser: `renown serve` on the sample town, moved to end yesterday.

    run.py pages [anybody|person|operator] [/PATH...] [--from /PATH]    every page at two widths, in themes and languages
    run.py journeys             what visitors do
    run.py pseudo               every page in a made-up language, half as long again
    run.py lighthouse [NAME...]    log-in, board, person, score: as a slow phone sees them

RENOWN_COMMAND is the program, RENOWN_PAGE the folder of the built page, RENOWN_PEERS where packages are installed,
RENOWN_WEB_SHOTS (optional) where pictures go. Skipped, in words, without Node.js 20, chromium or a built page.
"""

import csv
import datetime
import http.client
import json
import math
import os
import pathlib
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(HERE.parent / "peers"), str(HERE.parent / "service")]

from packages import Missing, free_port, install, skip  # noqa: E402
from reading_class import write_class_log  # noqa: E402

COMMAND = os.environ["RENOWN_COMMAND"]
PAGE = pathlib.Path(os.environ.get("RENOWN_PAGE", ROOT / "web/dist"))
PACKAGES = pathlib.Path(os.environ.get("RENOWN_PEERS", ROOT / "build/peers")) / "web"
SCRIPTS = ["browser.mjs", "pages.mjs", "journeys.mjs", "lighthouse.mjs", "pseudo.mjs", "paths.mjs", "processor-time.mjs"]
VISITOR = "Hazel Fenn"
MEMBERS = 4  # who are on the board; one address may try ten log-ins a minute
OPERATOR, PASSWORD = "harbourmaster", "a long and plain password"
BROWSER_SECONDS = 1500
DAYS = 90
DAYS_MISSED, DAY_UNSCORED, DAY_OF_MODEL = range(50, 53), 60, 40  # before the last day


def moved_log(to: pathlib.Path) -> None:
    """The town's log so that its last day is yesterday: a score looks half a year back."""
    with open(ROOT / "examples/town/interactions.csv", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    newest = max(row["time"][:10] for row in rows)
    yesterday = datetime.datetime.now(datetime.timezone.utc).date() - datetime.timedelta(days=1)
    by = yesterday - datetime.date.fromisoformat(newest)
    with open(to, "w", encoding="utf-8", newline="") as file:
        out = csv.DictWriter(file, rows[0].keys())
        out.writeheader()
        for row in rows:
            moved = datetime.date.fromisoformat(row["time"][:10]) + by
            out.writerow(row | {"time": moved.isoformat() + row["time"][10:]})


def renown(*arguments: str) -> str:
    ran = subprocess.run([COMMAND, *arguments], capture_output=True, text=True, timeout=300, check=False)
    if ran.returncode != 0:
        raise AssertionError(f"renown {' '.join(arguments)} ended with {ran.returncode}: {ran.stderr}")
    return ran.stdout


def people_of_town() -> dict:
    """Name -> accounts: who visits, who leaves, who logs out, the members, and who appeals."""
    people = {}
    with open(ROOT / "examples/town/people.csv", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            people.setdefault(row["person"], []).append(f"{row['network']}:{row['account']}")
    names = [VISITOR, *[name for name in people if name != VISITOR]][: MEMBERS + 4]
    return {name: people[name] for name in names}


def fill(data: str, scratch: pathlib.Path) -> list:
    """A data folder with the town's log and some of its people; every second one is verified. Gives back their names."""
    moved_log(scratch / "town.csv")
    renown("import", str(scratch / "town.csv"), "--data", data)
    people = people_of_town()
    write_class_log(scratch / "class.csv", list(people.values())[-1][0])  # the last of them is taken for a farm
    renown("import", str(scratch / "class.csv"), "--data", data)
    for i, (name, accounts) in enumerate(people.items()):
        renown("people", "add", name, "--data", data)
        for account in accounts:
            renown("people", "link", name, account, "--my-word", "it is an invented town", "--data", data)
        if i % 2 == 0:
            renown("people", "verify", name, "--data", data)
    return list(people)


def live_through_days(data: str) -> None:
    """What the server would have published, had it run for 90 days: it has a day, and those before it are set beside it.
    On some it stood still, on one there was too little to score, and the model changed on the way."""
    points = pathlib.Path(data) / "points.sqlite"
    server = Server(data, [])
    try:
        server.wait_for_points(points)
    finally:
        server.stop()
    database = sqlite3.connect(points)
    for table in ("runs", "cards"):
        database.execute(f"UPDATE {table} SET run = {DAYS}")  # the first and only one becomes the last
    for ago in range(1, DAYS):
        if ago not in DAYS_MISSED:
            add_day(database, ago)
    database.commit()
    database.close()


def add_day(database, ago: int) -> None:
    """The last run once more, some days earlier and with other scores."""
    by = 3 * math.sin(ago / 9) - ago / 25
    score = "NULL" if ago == DAY_UNSCORED else "max(1, {} + ({}))"
    run = {"run": DAYS - ago, "as_of": f"as_of - {86_400 * ago}", "published": f"published - {86_400 * ago}"}
    if ago >= DAY_OF_MODEL:
        run["model"] = "'renown-0.0'"
    card = {"run": DAYS - ago} | {name: score.format(name, by) for name in ("score", "low", "high")}
    for table, changed in (("runs", run), ("cards", card)):
        columns = [name for (_, name, *_) in database.execute(f"PRAGMA table_info({table})")]
        values = ", ".join(str(changed.get(name, name)) for name in columns)
        database.execute(f"INSERT INTO {table} SELECT {values} FROM {table} WHERE run = {DAYS}")


class Server:
    """`renown serve` and what it says."""

    def __init__(self, data: str, names: list):
        self.port, self.begun = free_port(), time.monotonic()
        log_ins = [part for name in names for part in ("--log-in", name)]
        self.process = subprocess.Popen(
            [COMMAND, "serve", "--data", data, "--port", str(self.port), "--page", str(PAGE), "--sync-every", "0",
             "--requests-a-minute", "100000", "--mail-server", f"smtp://127.0.0.1:{free_port()}",
             "--mail-from", "score@renown.example", *log_ins],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        self.said = ""
        threading.Thread(target=self.listen, daemon=True).start()

    def listen(self) -> None:
        for line in self.process.stdout:
            self.said += line

    def wait_for(self, pattern: str, count: int = 1, seconds: float = 120) -> list:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            found = re.findall(pattern, self.said)
            if len(found) >= count:
                return found
            if self.process.poll() is not None:
                break
            time.sleep(0.05)
        raise AssertionError(f"renown serve did not say {pattern}; it said: {self.said}")

    def ask(self, method: str, path: str, body=None, session: dict | None = None) -> tuple:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Content-Type": "application/json"} if body is not None else {}
        if session:
            headers |= {"Cookie": session["cookie"], "X-CSRF-Token": session["csrf"]}
        connection.request(method, path, json.dumps(body) if body is not None else None, headers)
        answer = connection.getresponse()
        text = answer.read()
        cookie = (answer.getheader("Set-Cookie") or "").split(";")[0]
        connection.close()
        return answer.status, json.loads(text) if text else None, cookie

    def log_in(self, link: str) -> dict:
        status, session, cookie = self.ask("POST", "/v1/session", {"link": link.rsplit("/", 1)[1]})
        assert status == 200, session
        return {"cookie": cookie, "csrf": session["csrf"]}

    def wait_for_reasons(self, session: dict) -> None:
        for _ in range(600):
            if self.ask("GET", "/v1/people/me/reasons", session=session)[0] == 200:
                return
            time.sleep(0.2)
        raise AssertionError("the server has no reasons after two minutes")

    def wait_for_points(self, points: pathlib.Path) -> None:
        for _ in range(600):
            if points.exists():
                database = sqlite3.connect(f"file:{points}?mode=ro", uri=True)
                try:
                    if database.execute("SELECT count(*) FROM cards").fetchone()[0] > 0:
                        return
                except sqlite3.OperationalError:
                    pass  # is being made
                finally:
                    database.close()
            time.sleep(0.2)
        raise AssertionError(f"the server has published nothing after two minutes; it said: {self.said}")

    def note_time(self, what: str) -> None:
        print(f"{what} {time.monotonic() - self.begun:.1f} s after the start of the program", flush=True)

    def stop(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            self.process.kill()


def main():
    script = sys.argv[1] if len(sys.argv) > 1 else "pages"
    try:
        install(HERE, PACKAGES, least_node="20.0", scripts=SCRIPTS)
    except Missing as why:
        skip(why)
    chromium = os.environ.get("RENOWN_WEB_CHROMIUM") or shutil.which("chromium")
    if not chromium:
        skip("there is no chromium; Debian has it")
    if not (PAGE / "index.html").is_file():
        skip(f"{PAGE} holds no page: ./dev page builds it")
    with tempfile.TemporaryDirectory() as folder:
        scratch = pathlib.Path(folder)
        data = str(scratch / "data")
        names = fill(data, scratch)
        live_through_days(data)
        server = Server(data, names)
        try:
            sys.exit(look(server, names, script, chromium))
        finally:
            server.stop()


def look(server: Server, names: list, script: str, chromium: str) -> int:
    links = server.wait_for(r"(http\S+/log-in/\S+)", count=len(names))
    server.note_time("addresses to open")
    token = server.wait_for(r"/setup/([A-Za-z0-9_-]+)")[0]
    status, answer, _ = server.ask("POST", "/v1/setup", {"token": token, "name": OPERATOR, "password": PASSWORD})
    assert status == 201, answer
    for i, link in enumerate(links[3:-1]):
        session = server.log_in(link)
        if i == 0:
            server.wait_for_reasons(session)
            server.note_time("the first score with its reasons")
        status, answer, _ = server.ask("PATCH", "/v1/people/me/preferences", {"is_public": True, "on_board": True}, session)
        assert status == 200, answer
    environment = os.environ | {
        "RENOWN_WEB_URL": f"http://127.0.0.1:{server.port}", "RENOWN_WEB_LINK": links[0],
        "RENOWN_WEB_OPERATOR_LINK": f"{OPERATOR}:{PASSWORD}", "RENOWN_WEB_LEAVER_LINK": links[1], "RENOWN_WEB_SECOND_LINK": links[2],
        "RENOWN_WEB_APPELLANT_LINK": links[-1], "RENOWN_WEB_DEBUG_PORT": str(free_port()),
        "RENOWN_WEB_CHROMIUM": chromium}
    return subprocess.run(["node", f"{script}.mjs", *sys.argv[2:]], cwd=PACKAGES, env=environment, timeout=BROWSER_SECONDS,
                          check=False).returncode


if __name__ == "__main__":
    main()
