"""What the tests of connectors against published interfaces share: npm packages, Prism, and a reading."""

import collections
import contextlib
import json
import os
import pathlib
import shutil
import socket
import subprocess
import sys
import time
import urllib.request

PEERS = pathlib.Path(os.environ["RENOWN_PEERS"])
READ_SOURCE = os.environ["RENOWN_READ_SOURCE"]
sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))

import packages  # noqa: E402
from packages import free_port  # noqa: E402, F401


def install(here: pathlib.Path) -> pathlib.Path:
    """The packages of a test, in its folder; ends the test as skipped where that cannot be."""
    folder = PEERS / here.name
    try:
        packages.install(here, folder, least_node="20.16")
    except packages.Missing as why:
        packages.skip(why)
    return folder


@contextlib.contextmanager
def process(command, folder: pathlib.Path, log: pathlib.Path, url: str):
    """Runs a server until the block ends. `url` answers, whatever it is, once it has started."""
    with open(log, "w", encoding="utf-8") as out:
        started = subprocess.Popen(command, cwd=folder, stdout=out, stderr=subprocess.STDOUT,
                                   env={**os.environ, "NO_COLOR": "1"})
        try:
            wait_for(url, started)
            yield started
        finally:
            started.terminate()
            try:
                started.wait(timeout=20)
            except subprocess.TimeoutExpired:
                started.kill()
                started.wait()


def wait_for(url: str, started, seconds: float = 90):
    end = time.monotonic() + seconds
    while time.monotonic() < end and started.poll() is None:
        try:
            urllib.request.urlopen(url, timeout=5).close()
            return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.2)
    raise RuntimeError(f"{url} does not answer")


def inline(value, document):
    """A part of an OpenAPI document with its references within the document resolved one step."""
    while isinstance(value, dict) and "$ref" in value:
        found = document
        for part in value["$ref"].removeprefix("#/").split("/"):
            found = found[part.replace("~1", "/").replace("~0", "~")]
        value = found
    return value


def cut(document: dict, paths) -> dict:
    """The document with those paths alone, and only GET of them."""
    kept = {key: value for key, value in document.items() if key not in ("paths", "webhooks", "x-webhooks", "servers")}
    kept["paths"] = {}
    for path in paths:
        item = document["paths"][path]
        kept["paths"][path] = {key: value for key, value in item.items() if key in ("get", "parameters")}
    kept["servers"] = [{"url": "http://127.0.0.1"}]
    return kept


@contextlib.contextmanager
def prism(folder: pathlib.Path, name: str, document: dict):
    """A Prism that answers by the document. A request that breaks the contract is answered 4xx."""
    path = folder / f"{name}.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    port = free_port()
    command = ["node_modules/.bin/prism", "mock", "-h", "127.0.0.1", "-p", str(port), str(path)]
    with process(command, folder, folder / f"{name}.log", f"http://127.0.0.1:{port}/"):
        yield f"http://127.0.0.1:{port}"


def expect_refused(url: str, **headers: str):
    """That the contract is looked at: a request that breaks it is refused."""
    try:
        urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=20).close()
    except urllib.error.HTTPError as error:
        assert error.code in (400, 422), (url, error.code)
        return
    raise AssertionError(f"{url} was accepted")


class Reading:
    """What read_source printed."""

    def __init__(self, *arguments: str, given: str = ""):
        ran = subprocess.run([READ_SOURCE, *arguments], capture_output=True, text=True, timeout=120, input=given)
        self.code = ran.returncode
        self.said = ran.stderr
        lines = [json.loads(line) for line in ran.stdout.splitlines()]
        self.rows = [line["row"] for line in lines if "row" in line]
        self.problems = [line["problem"] for line in lines if "problem" in line]
        self.bad = [f'{line["place"]}: {line["bad"]}' for line in lines if "bad" in line]
        self.asked = [line["asked"] for line in lines if "asked" in line]
        self.posts = [line["post"] for line in lines if "post" in line]
        self.left_out = collections.Counter()
        for line in lines:
            if "left_out" in line:
                self.left_out[line["left_out"]] += line["count"]

    def kinds(self):
        return collections.Counter(row["kind"] for row in self.rows)

    def expect_whole(self):
        assert self.code == 0, f"exit code {self.code}: {self.said} {self.problems}"
        assert not self.problems, self.problems
        assert not self.bad, self.bad

    def expect_asked(self, base: str, document: dict):
        """Each path of the document was asked for at least once."""
        for path in document["paths"]:
            parts = path.strip("/").split("/")
            assert any(matches(url.removeprefix(base).split("?")[0].strip("/").split("/"), parts) for url in self.asked), \
                f"{path} was not asked for: {self.asked}"


def matches(asked, path) -> bool:
    return len(asked) == len(path) and all(p.startswith("{") or a == p or "{" in p for a, p in zip(asked, path))
