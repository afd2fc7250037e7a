"""The description against what others made for such: linters, and a proxy that holds every answer against it."""

import json
import pathlib
import subprocess
import sys
import os
import unittest

import journey
import service

PEERS = pathlib.Path(os.environ["RENOWN_PEERS"])
TESTS = pathlib.Path(__file__).resolve().parent.parent
sys.path[:0] = [str(TESTS / "peers"), str(TESTS / "integration")]

import packages  # noqa: E402
from social_server import SocialServer  # noqa: E402


def installed(name):
    """The folder of npm packages that a test beside this one keeps; the test is skipped where they cannot be had."""
    try:
        packages.install(TESTS / "peers" / name, PEERS / name, least_node="20.19")
    except packages.Missing as why:
        raise unittest.SkipTest(f"skipped: {why}")
    return PEERS / name


def found_by(command, opening):
    ran = subprocess.run(command, capture_output=True, text=True, timeout=300,
                         env=os.environ | {"REDOCLY_TELEMETRY": "off", "CI": "1"})
    try:
        return json.JSONDecoder().raw_decode(ran.stdout[ran.stdout.index(opening):])[0]
    except ValueError:
        raise AssertionError(f"{command[0]} says: {ran.stdout}{ran.stderr}")


class Description(service.Case):
    def linted(self, text):
        """Errors, by linter."""
        folder = installed("http")
        path = self.scratch / "openapi.json"
        path.write_text(text)
        (self.scratch / ".spectral.json").write_text('{"extends": ["spectral:oas"]}')
        tools = folder / "node_modules/.bin"
        spectral = found_by([str(tools / "spectral"), "lint", "--ruleset", str(self.scratch / ".spectral.json"), "--format",
                             "json", "--quiet", str(path)], "[")
        redocly = found_by([str(tools / "redocly"), "lint", "--extends", "recommended", "--format", "json", str(path)], "{")
        return ([each for each in spectral if each["severity"] == 0],
                [each for each in redocly["problems"] if each["severity"] == "error"])

    def test_linters_find_no_error(self):
        server = self.serve()
        text = server.caller().expect(200, "GET", "/openapi.json").body.decode()
        self.assertEqual(self.linted(text), ([], []))
        broken = json.loads(text)  # a linter that finds nothing anywhere proves nothing
        del broken["info"]["title"]
        spectral, redocly = self.linted(json.dumps(broken))
        self.assertTrue(spectral and redocly)

    def test_every_answer_is_as_described(self):
        """A journey through all operations, with Prism in between: no answer breaks the description."""
        folder = installed("prism")
        self.mail, self.social = self.take_mail(), SocialServer(10)
        server = self.serve(*journey.prepare(self), log_in=[journey.HAZEL, journey.ODELL, journey.MARIGOLD])
        document = service.Document.of(server)
        with Prism(folder, self.scratch, document.described, server.address) as address:
            server.address = address
            walk = journey.Journey(server, document, self.mail, self.social)
            walk.walk()
            violations = [each for caller in server.callers for each in caller.violations]
        self.assertEqual(violations, [])
        answers = sum(map(len, walk.asked.values()))
        print(f"{answers} answers through Prism, {len(walk.asked)} operations of {len(document.operations)}; "
              f"never 2xx: {', '.join(sorted(journey.NEVER_DONE))}")
        self.assertEqual(walk.never_done(), [])
        self.assertEqual({each.id for each in document.operations} - set(walk.asked), set())

    def test_the_proxy_sees_what_breaks_the_description(self):
        folder = installed("prism")
        server = self.serve()
        described = service.Document.of(server).described
        described["components"]["schemas"]["Session"]["properties"]["role"] = {"enum": ["nobody"]}
        with Prism(folder, self.scratch, described, server.address) as address:
            server.address = address
            caller = server.caller()
            caller.get("/v1/session")
            self.assertEqual(len(caller.violations), 1, caller.violations)


class Prism:
    """A validating proxy: answers are passed on, with a header that tells what breaks the description."""

    def __init__(self, folder, scratch, described, address):
        self.port = service.free_port()
        path = scratch / "described.json"
        path.write_text(json.dumps(described))
        self.log = open(scratch / "prism.log", "wb")
        self.process = subprocess.Popen([str(folder / "node_modules/.bin/prism"), "proxy", "-h", "127.0.0.1", "-p",
                                         str(self.port), str(path), f"http://{address[0]}:{address[1]}"],
                                        stdout=self.log, stderr=self.log, env={**os.environ, "NO_COLOR": "1"})

    def __enter__(self):
        service.wait_for_port(self.port, self.process)
        return ("127.0.0.1", self.port)

    def __exit__(self, *_):
        self.process.terminate()
        try:
            self.process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.log.close()


if __name__ == "__main__":
    unittest.main(verbosity=2)
