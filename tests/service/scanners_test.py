"""Scanners of others, on loopback, each for a bounded time: nothing of medium or above. Skipped where they are missing."""

import json
import os
import shutil
import subprocess
import unittest

import service

HAZEL = "Hazel Fenn"
SECONDS = int(os.environ.get("RENOWN_SCAN_SECONDS", "120"))


class Scanners(service.Case):
    def setUp(self):
        super().setUp()
        self.server = self.serve("--requests-a-minute", "100000000", log_in=[HAZEL])
        self.operator, self.hazel = self.server.operator(), self.server.person(HAZEL)
        self.server.wait_for_reasons(self.operator)
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

    def test_sqlmap_finds_nothing(self):
        self.need("sqlmap")
        asked = 0
        for target in ("/v1/people/me/ledger?cursor=1&network=forum", "/v1/board?cursor=1", "/v1/people/1*/score",
                       "/v1/compare?with=1"):
            ran = self.run_tool("sqlmap", "-u", self.url + target, "--batch", "--level", "2", "--risk", "2", "--dbms", "SQLite",
                                "--technique", "BEU", "--cookie", f"renown_session={self.hazel.cookie}", "--output-dir",
                                str(self.scratch / "sqlmap"), "--disable-coloring", "--ignore-code", "*", "--timeout", "10",
                                "--skip", "Cookie,Host,User-Agent,Referer")
            said = ran.stdout + ran.stderr
            self.assertNotIn("is vulnerable", said, target)
            self.assertNotIn("identified the following injection point", said, target)
            self.assertIn("do not appear to be injectable", said, f"sqlmap did not look: {said[-2000:]}")
            asked += 1
        self.assertTrue(self.server.is_alive())
        print(f"sqlmap: {asked} addresses, {self.server.log_text().count('answer')} answers, nothing to inject into")


if __name__ == "__main__":
    unittest.main(verbosity=2)
