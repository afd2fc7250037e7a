"""A town whose chirp stands for Twitter, behind `renown serve`, and an asker with a key whom its people let look them up."""

import http.client
import json
import pathlib
import re
import subprocess
import threading
import time

MEMBERS = ["iris", "odo", "hazel", "wren", "bruno", "tamsin", "pascal"]  # each engages with every other


def log_of_the_town(now: int) -> str:
    """Everybody reposts everybody, and five passers-by repost each; two tags. (Replies to who replied first are provoked.)"""
    lines = ["time,network,kind,actor,target,post,id,tags"]
    for n, target in enumerate(MEMBERS):
        actors = [each for each in MEMBERS if each != target] + [f"passer{m}" for m in range(5)]
        for m, actor in enumerate(actors):
            moment = now - 86_400 * (1 + (n + m) % 9) - m
            tags = "machine-learning" if m % 2 else "bread"
            lines.append(f"{moment},chirp,repost,{actor},{target},post{n},act{n}-{m},{tags}")
    return "\n".join(lines) + "\n"


class Town:
    """A folder, and the server on it at `port` of the loopback, until close()."""

    def __init__(self, renown: str, folder: pathlib.Path, port: int):
        self.renown, self.folder, self.port = renown, folder, port
        self.server = None
        now = int(time.time())
        self.run("import", "-", given=log_of_the_town(now))
        for name in MEMBERS:
            self.run("people", "add", name.title())
            self.run("people", "link", name.title(), f"chirp:{name}", "--my-word", "a test")
        self.run("people", "link", "Iris", "facebook:1234567", "--my-word", "a test")
        self.serve()
        self.key = self.make_key()
        for name in MEMBERS:
            self.consent(name.title())
        self.wait_for_scores()

    def run(self, *arguments, given=None):
        ran = subprocess.run([self.renown, *arguments, "--data", str(self.folder)], input=given, capture_output=True,
                             text=True, timeout=120)
        assert ran.returncode == 0, f"{arguments}: exit code {ran.returncode}\n{ran.stderr}"

    def serve(self):
        log_in = [word for name in MEMBERS for word in ("--log-in", name.title())]
        self.server = subprocess.Popen(
            [self.renown, "serve", "--data", str(self.folder), "--port", str(self.port), "--sync-every", "0",
             "--token-key", str(self.folder) + ".key", "--klout-network", "tw=chirp", *log_in], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.too_late = threading.Timer(240, self.server.kill)
        self.too_late.start()
        self.links = {}
        for line in self.server.stdout:
            if found := re.search(r"/setup/(\S+)", line):
                self.set_up = found[1]
            if found := re.search(r"Log in as (\w+), .*/log-in/(\S+)", line):
                self.links[found[1]] = found[2]
            if len(self.links) == len(MEMBERS):
                return
        raise AssertionError("the server ended before it was ready")

    def ask(self, method, path, body=None, headers=None):
        """Status, headers, and the JSON of the answer; None where there is none."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            more = {"Content-Type": "application/json"} if body is not None else {}
            connection.request(method, path, None if body is None else json.dumps(body), {**more, **(headers or {})})
            answer = connection.getresponse()
            text = answer.read()
            return answer.status, answer.headers, json.loads(text) if text else None
        finally:
            connection.close()

    def session(self, status, headers, answer):
        assert status in (200, 201), answer
        return {"Cookie": headers["Set-Cookie"].split(";")[0], "X-CSRF-Token": answer["csrf"]}

    def make_key(self) -> str:
        boss = self.session(*self.ask("POST", "/v1/setup", {"token": self.set_up, "name": "boss", "password": "a long password"}))
        status, _, made = self.ask("POST", "/v1/keys", {"name": "old client", "scopes": ["lookup"], "organisation": "Bakery",
                                                        "purpose": "community"}, boss)
        assert status == 201, made
        return made["key"]

    def consent(self, name):
        person = self.session(*self.ask("POST", "/v1/session", {"link": self.links[name]}))
        status, _, answer = self.ask("POST", "/v1/people/me/consents", {"asker": "Bakery"}, person)
        assert status in (200, 201), answer

    def klout(self, path, query=""):
        return self.ask("GET", f"{path}?{query}&key={self.key}" if query else f"{path}?key={self.key}")

    def id_of(self, name) -> str:
        status, _, answer = self.klout("/v2/identity.json/twitter", f"screenName={name}")
        assert status == 200, answer
        return answer["id"]

    def wait_for_scores(self):
        for _ in range(300):
            status, _, answer = self.klout("/v2/identity.json/twitter", "screenName=iris")
            if status == 200:
                status, _, answer = self.klout(f"/v2/user.json/{answer['id']}/topics")
                if status == 200:
                    return
            time.sleep(0.2)
        raise AssertionError(f"no scores came: {answer}")

    def close(self):
        self.too_late.cancel()
        if self.server is not None:
            self.server.terminate()
            self.server.wait(timeout=20)

    def __enter__(self):
        return self

    def __exit__(self, *ignored):
        self.close()
