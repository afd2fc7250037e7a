"""Logging in at a real personal data server: python3 run_log_in.py

Needs RENOWN_COMMAND, RENOWN_REFRESH_LOG_IN (refresh_log_in.cc), RENOWN_DUCKDB and RENOWN_PEERS. Ends with 77, and says
why, where the network cannot be had here.
"""

import json
import os
import pathlib
import random
import signal
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.parse
import urllib.request

from instance import COMMAND, Instance
from log_in_page import LogInPage, begin, end
from network import Network
from packages import SKIPPED

PEERS = pathlib.Path(os.environ["RENOWN_PEERS"]) / "atproto"
PASSWORD = "password"


class LogIn(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(cls.enterClassContext(tempfile.TemporaryDirectory()))
        cls.network = cls.enterClassContext(Network(PEERS, "pds"))
        cls.dids = {name: cls.create(name) for name in ("ann", "bob")}
        cls.allowed = [part for address in (cls.network.pds, cls.network.plc)
                       for part in ("--allow-host", address.split("://")[1])]

    @classmethod
    def create(cls, name: str) -> str:
        body = {"email": f"{name}@mail.test", "handle": f"{name}.test", "password": PASSWORD}
        request = urllib.request.Request(f"{cls.network.pds}/xrpc/com.atproto.server.createAccount", json.dumps(body).encode(),
                                         {"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=20) as answer:
            return json.load(answer)["did"]

    def setUp(self):
        self.data = self.folder / self.id().rsplit(".", 1)[1]
        self.key = self.folder / f"{self.data.name}.key"

    def begin(self, account: str, connector="pds", *more: str) -> tuple:
        return begin(COMMAND, "connect", "add", connector, account, "--server", self.network.pds, "--log-in", "--name", "log-in",
                     "--plc-directory", self.network.plc, "--data", str(self.data), "--token-key", str(self.key),
                     *self.allowed, *more)

    def connect(self, name: str, *more: str) -> None:
        process, page = self.begin(self.dids[name], "pds", *more)
        code, said = end(process, LogInPage(page).allow(f"{name}.test", PASSWORD))
        self.assertEqual(code, 0, said)

    def refresh(self) -> subprocess.Popen:
        hosts = [each for each in self.allowed if each != "--allow-host"]
        return subprocess.Popen([os.environ["RENOWN_REFRESH_LOG_IN"], str(self.data), str(self.key), "log-in", *hosts],
                                stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)

    def who_after_refresh(self) -> str:
        """Kills what refreshed as soon as it has a token that works."""
        process = self.refresh()
        did = process.stdout.readline().strip()
        process.kill()
        _, err = process.communicate(timeout=20)
        self.assertNotEqual(did, "", err)
        self.assertEqual(process.returncode, -signal.SIGKILL)
        return did

    def test_by_did_and_by_handle(self):
        for connector, account in (("pds", self.dids["ann"]), ("bluesky", "ann.test"), ("bluesky", self.dids["ann"])):
            self.data = self.folder / f"{connector}-{account.replace(':', '-')}"
            process, page = self.begin(account, connector)
            self.assertTrue(page.startswith(f"{self.network.pds}/oauth/authorize?"), page)
            query = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(page).query))
            self.assertEqual(set(query), {"client_id", "request_uri"}, "what is asked for was pushed")
            client = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(query["client_id"]).query))
            self.assertEqual(client, {"redirect_uri": "http://127.0.0.1:8421/", "scope": "atproto"})
            code, said = end(process, LogInPage(page).allow("ann.test", PASSWORD))
            self.assertEqual(code, 0, said)
            self.assertEqual(self.who_after_refresh(), self.dids["ann"])
            for path in self.data.rglob("*"):
                if path.is_file():
                    self.assertNotIn(b"dpop_key", path.read_bytes(), f"{path} is sealed")

    def test_a_source_with_a_log_in_is_read(self):
        self.connect("ann")
        instance = Instance(self.data)
        instance.run("sync", *self.allowed, "--token-key", str(self.key))

    def test_notifications_are_asked_for_where_they_are_read(self):
        process, page = self.begin("ann.test", "bluesky", "--set", "notifications=yes")
        query = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(page).query))
        client = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(query["client_id"]).query))
        self.assertEqual(client["scope"], "atproto rpc:app.bsky.notification.listNotifications?aud=*")
        code, said = end(process, LogInPage(page).allow("ann.test", PASSWORD))
        self.assertEqual(code, 0, said)

    def assert_refused(self, process, callback: str, naming: str):
        code, said = end(process, callback)
        self.assertEqual(code, 1, said)
        self.assertIn(naming, said)
        listed = subprocess.run([COMMAND, "connect", "list", "--data", str(self.data)], capture_output=True, text=True,
                                timeout=20, check=False)
        self.assertNotIn("log-in", listed.stdout)

    def test_somebody_else_who_logs_in_is_refused(self):
        """A wrong `sub`: the server gives Bob's tokens where Ann's were asked for."""
        process, page = self.begin(self.dids["ann"])
        self.assert_refused(process, LogInPage(page).allow("bob.test", PASSWORD), f"it is of {self.dids['bob']}")

    def test_another_issuer_is_refused(self):
        process, page = self.begin(self.dids["ann"])
        back = LogInPage(page).allow("ann.test", PASSWORD)
        issuer = urllib.parse.quote(self.network.pds, safe="")
        self.assertIn(f"iss={issuer}", back)
        self.assert_refused(process, back.replace(f"iss={issuer}", "iss=https%3A%2F%2Fevil.example"), "another server answered")

    def test_a_log_in_that_is_declined_connects_nothing(self):
        process, page = self.begin(self.dids["ann"])
        self.assert_refused(process, LogInPage(page).decline(), "declined")

    def test_an_account_that_is_not_there(self):
        for account, naming in (("did:plc:aaaaaaaaaaaaaaaaaaaaaaaa", "the document of"), ("nobody.test", "the account of")):
            process, said = self.begin(account, "bluesky")
            self.assertEqual(process.returncode, 1, said)
            self.assertIn(naming, said)
            self.assertIn("is not at", said)

    def test_twenty_refreshes_killed_after_each(self):
        self.connect("ann")
        for _ in range(20):
            self.assertEqual(self.who_after_refresh(), self.dids["ann"])

    def test_killed_at_any_moment_a_log_in_is_good_or_says_that_it_is_over(self):
        """The server calls a refresh token that comes twice a theft: killed between its answer and our disk, the log-in is
        lost, and that is said."""
        chance, good, over, killed = random.Random(28), 0, 0, 0
        self.connect("ann")
        for turn in range(40):
            process = self.refresh()
            time.sleep(chance.uniform(0.0, 0.08))
            process.kill()
            process.communicate(timeout=20)
            killed += process.returncode == -signal.SIGKILL
            process = self.refresh()
            did = process.stdout.readline().strip()
            process.kill()
            _, err = process.communicate(timeout=20)
            good += did == self.dids["ann"]
            if did:
                continue
            self.assertIn("must be connected again", err)
            over += 1
            self.data, self.key = self.folder / f"again{turn}", self.folder / f"again{turn}.key"
            self.connect("ann")
        print(f"{killed} kills: {good} log-ins good afterwards, {over} over and said so", file=sys.stderr)
        self.assertGreater(killed, 30, "the fault did not fire")
        self.assertGreater(good, 20)


def main() -> int:
    outcome = unittest.TextTestRunner(verbosity=2).run(unittest.defaultTestLoader.loadTestsFromTestCase(LogIn))
    if outcome.skipped:
        print(f"skipped: {outcome.skipped[0][1]}")
        return SKIPPED
    return 0 if outcome.wasSuccessful() else 1


if __name__ == "__main__":
    sys.exit(main())
