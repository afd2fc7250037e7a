"""Coming to a service by a log-in at a real personal data server: python3 run_service_log_in.py

Needs RENOWN_COMMAND and RENOWN_PEERS. Ends with 77, and says why, where the network cannot be had here.
"""

import http.client
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest
import urllib.parse
import urllib.request

from log_in_page import LogInPage
from network import Network
from packages import SKIPPED, free_port

PEERS = pathlib.Path(os.environ["RENOWN_PEERS"]) / "atproto"
PASSWORD = "password"


class Browser:
    """Cookies and requests to the service; it follows nothing by itself."""

    def __init__(self, port: int):
        self.port, self.cookies, self.csrf = port, {}, ""

    def ask(self, method: str, target: str, body=None) -> tuple:
        wire = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items()),
                   "Content-Type": "application/json"}
        if self.csrf:
            headers["X-CSRF-Token"] = self.csrf
        wire.request(method, target, body and json.dumps(body), headers)
        answer = wire.getresponse()
        text = answer.read().decode()
        for line in answer.headers.get_all("Set-Cookie") or []:
            name, value = line.split(";")[0].split("=", 1)
            self.cookies[name] = value
        wire.close()
        return answer, text

    def begin(self, handle: str) -> str:
        answer, text = self.ask("POST", "/v1/logins", {"network": "bluesky", "handle": handle})
        assert answer.status == 200, text
        return json.loads(text)["url"]

    def come_back(self, url: str) -> str:
        parts = urllib.parse.urlsplit(url)
        answer, text = self.ask("GET", f"{parts.path}?{parts.query}")
        assert answer.status == 303, text
        return urllib.parse.urlsplit(answer.headers["Location"])._replace(scheme="", netloc="").geturl()

    def session(self):
        answer, text = self.ask("GET", "/v1/session")
        if answer.status != 200:
            return None
        told = json.loads(text)
        self.csrf = told["csrf"]
        return told

    def accounts(self) -> list:
        answer, text = self.ask("GET", "/v1/people/me/accounts")
        assert answer.status == 200, text
        return [each["account"] for each in json.loads(text)["items"]]


class ServiceLogIn(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.network = cls.enterClassContext(Network(PEERS, "pds"))
        cls.dids = {name: cls.create(name) for name in ("cat", "dan")}
        cls.folder = pathlib.Path(cls.enterClassContext(tempfile.TemporaryDirectory()))
        cls.port = free_port()
        hosts = [part for address in (cls.network.pds, cls.network.plc) for part in ("--allow-host", address.split("://")[1])]
        command = [os.environ["RENOWN_COMMAND"], "serve", "--data", str(cls.folder / "data"), "--token-key",
                   str(cls.folder / "key"), "--port", str(cls.port), "--public-url", f"http://127.0.0.1:{cls.port}",
                   "--plc-directory", cls.network.plc, *hosts]
        cls.service = cls.enterClassContext(subprocess.Popen(command, stdout=subprocess.PIPE, text=True))
        cls.addClassCleanup(cls.service.terminate)
        assert cls.service.stdout.readline().startswith("Renown listens"), "the service did not start"

    @classmethod
    def create(cls, name: str) -> str:
        body = {"email": f"{name}@mail.test", "handle": f"{name}.test", "password": PASSWORD}
        request = urllib.request.Request(f"{cls.network.pds}/xrpc/com.atproto.server.createAccount", json.dumps(body).encode(),
                                         {"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=20) as answer:
            return json.load(answer)["did"]

    def test_whoever_logs_in_comes_to_be_here_and_is_known_again(self):
        first = Browser(self.port)
        self.assertEqual(first.come_back(LogInPage(first.begin(self.dids["cat"])).allow("cat.test", PASSWORD)), "/")
        person = first.session()["person"]
        self.assertEqual(first.accounts(), [self.dids["cat"]])
        again = Browser(self.port)
        self.assertEqual(again.come_back(LogInPage(again.begin(self.dids["cat"])).allow("cat.test", PASSWORD)), "/")
        self.assertEqual(again.session()["person"], person)

    def test_another_browser_cannot_end_what_this_one_began(self):
        begun, thief = Browser(self.port), Browser(self.port)
        back = LogInPage(begun.begin(self.dids["dan"])).allow("dan.test", PASSWORD)
        self.assertEqual(thief.come_back(back), "/log-in?failed")
        self.assertIsNone(thief.session())

    def test_somebody_else_who_logs_in_there_is_refused(self):
        browser = Browser(self.port)
        self.assertEqual(browser.come_back(LogInPage(browser.begin(self.dids["dan"])).allow("cat.test", PASSWORD)),
                         "/log-in?failed")
        self.assertIsNone(browser.session())

    def test_what_is_declined_is_told(self):
        browser = Browser(self.port)
        self.assertEqual(browser.come_back(LogInPage(browser.begin(self.dids["dan"])).decline()), "/log-in?refused")
        self.assertIsNone(browser.session())


def main() -> int:
    outcome = unittest.TextTestRunner(verbosity=2).run(unittest.defaultTestLoader.loadTestsFromTestCase(ServiceLogIn))
    if outcome.skipped:
        print(f"skipped: {outcome.skipped[0][1]}")
        return SKIPPED
    return 0 if outcome.wasSuccessful() else 1


if __name__ == "__main__":
    sys.exit(main())
