"""Scanners of others, on loopback, each for a bounded time: nothing of medium or above. Skipped where they are missing."""

import json
import os
import re
import shutil
import subprocess
import unittest

import service

HAZEL = "Hazel Fenn"
SECONDS = int(os.environ.get("RENOWN_SCAN_SECONDS", "120"))


class Scanners(service.Case):
    def setUp(self):
        super().setUp()
        self.add_class("forum:hazel")
        (self.scratch / "backups").mkdir()
        self.server = self.serve("--requests-a-minute", "100000000", "--backups", str(self.scratch / "backups"),
                                 *self.take_mail().arguments, log_in=[HAZEL])
        self.operator, self.hazel = self.server.operator(), self.server.person(HAZEL)
        self.server.wait_for_reasons(self.operator)
        self.shop = self.server.caller("shop", self.operator.make_key(["lookup"], organisation="Bakers", purpose="fairs"))
        self.url = f"http://127.0.0.1:{self.server.address[1]}"

    def need(self, tool):
        if shutil.which(tool) is None:
            self.skipTest(f"skipped: there is no {tool}; it is a package of Debian")

    def run_tool(self, *command):
        return subprocess.run(command, capture_output=True, text=True, timeout=SECONDS * 4 + 120, cwd=self.scratch,
                              env={**os.environ, "HOME": str(self.scratch)})

    def targets(self):
        """All readings with their parameters in the query, as Hazel may ask them."""
        for operation in service.Document.of(self.server).operations:
            if operation.is_read:
                values = {each["name"]: service.example(each) for each in operation.parameters}
                yield self.url + operation.target({**values, "person": self.hazel.person})

    def test_wapiti_finds_nothing_of_medium_or_above(self):
        self.need("wapiti")
        report = self.scratch / "wapiti.json"
        command = ["wapiti", "-u", self.url + "/", "--scope", "domain", "-f", "json", "-o", str(report), "--flush-session",
                   "--max-scan-time", str(SECONDS), "--max-attack-time", "20", "-H", f"Cookie: renown_session={self.hazel.cookie}"]
        for target in self.targets():
            command += ["-s", target]
        ran = self.run_tool(*command)
        self.assertTrue(report.is_file(), ran.stdout[-2000:] + ran.stderr[-2000:])
        told = json.loads(report.read_text())
        serious = [(kind, each["info"], each["path"]) for kind, found in told["vulnerabilities"].items() for each in found
                   if each.get("level", 0) >= 2]
        failed = [(kind, each["path"]) for kind, found in told["anomalies"].items() for each in found]
        self.assertEqual(serious, [])
        self.assertEqual(failed, [])
        self.assertTrue(self.server.is_alive())
        print(f"wapiti: {self.server.log_text().count('answer')} answers, nothing of medium or above")

    def texts(self):
        """Where a text of the caller's goes in: (who asks, method, path, body); * marks one within a path."""
        hazel, operator, shop, nobody = self.hazel, self.operator, self.shop, self.server.caller(client="198.51.100.1")
        place = hazel.expect(200, "GET", "/v1/people/me/ledger?limit=1").json()["next"]
        finding, = hazel.expect(200, "GET", "/v1/people/me/findings").json()["items"]
        return [
            (hazel, "GET", f"/v1/people/me/ledger?cursor={place}", None),
            (hazel, "GET", "/v1/people/me/ledger?network=forum&limit=5", None),
            (hazel, "GET", "/v1/people/1*/score", None),
            (hazel, "GET", "/v1/compare?with=1", None),
            (nobody, "GET", "/v1/board?cursor=1", None),
            (nobody, "POST", "/v1/session", {"name": "Hazel Fenn", "password": "a long password"}),
            (nobody, "GET", "/v1/invitations/open/abc*", None),
            (nobody, "POST", "/unsubscribe/abc*", {"a": 1}),
            (operator, "GET", "/v1/admin/people?query=Ma", None),
            (operator, "POST", "/v1/admin/appeals/1*/answer", {"verdict": "uphold", "answer": "No."}),
            (shop, "GET", "/v1/lookup?purpose=research&network=forum&account=hazel", None),
            (shop, "POST", "/v1/lookups", {"purpose": "research", "ids": ["forum:hazel"]}),
            (hazel, "POST", "/v1/people/me/appeals", {"finding": finding["id"], "text": "We read."}),
            (hazel, "POST", "/v1/people/me/addresses", {"address": "hazel@example.com"}),
            (hazel, "POST", "/v1/people/me/addresses/confirm", {"token": "abc"}),
            (hazel, "POST", "/v1/people/me/consents", {"asker": "Bakers", "purpose": "event"}),
            (hazel, "PATCH", "/v1/people/me/preferences", {"locale": "de", "time_zone": "Europe/Berlin"}),
            (hazel, "POST", "/v1/people/me/what-if", {"without": {"networks": ["forum"], "posts": ["p"], "engagers": ["e"]}}),
        ]

    def sqlmap(self, who, method, path, body):
        """What it says about one address and its texts."""
        command = ["sqlmap", "-u", self.url + path, "--method", method, "--batch", "--level", "3", "--risk", "2", "--dbms",
                   "SQLite", "--technique", "BEU", "--output-dir", str(self.scratch / "sqlmap"), "--disable-coloring",
                   "--ignore-code", "*", "--timeout", "10", "--skip", "Cookie,Host,User-Agent,Referer,X-CSRF-Token",
                   "--flush-session"]
        if body is not None:
            command += ["--data", json.dumps(body), "--headers", f"Content-Type: application/json\nX-CSRF-Token: {who.csrf}"]
        if who.cookie:
            command += ["--cookie", f"renown_session={who.cookie}"]
        if who.key:
            command += ["--auth-type", "Bearer", "--auth-cred", who.key]
        ran = self.run_tool(*command)
        return ran.stdout + ran.stderr

    def test_sqlmap_finds_nothing(self):
        self.need("sqlmap")
        for target in self.texts():
            with self.subTest(target=target[1:]):
                said = self.sqlmap(*target)
                self.assertNotIn("is vulnerable", said)
                self.assertNotIn("identified the following injection point", said)
                self.assertIn("do not appear to be injectable", said, f"sqlmap did not look: {said[-2000:]}")
        self.assertTrue(self.server.is_alive())
        self.assertFalse(re.search(r'"status":50[0-9]', self.server.log_text()))
        print(f"sqlmap: {self.server.log_text().count('answer')} answers, nothing to inject into")


if __name__ == "__main__":
    unittest.main(verbosity=2)
