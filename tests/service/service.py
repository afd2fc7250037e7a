"""The words that the tests of the service are written in: a folder with the town in it, a server, callers, answers.

RENOWN_COMMAND is the program, RENOWN_SOURCE the project's root, RENOWN_FOLDERS where made folders are kept for the day.
"""

import contextlib
import datetime
import fcntl
import http.client
import json
import os
import pathlib
import re
import resource
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import unittest
import urllib.parse

import mail_sink
import reading_class

COMMAND = os.environ["RENOWN_COMMAND"]
SOURCE = pathlib.Path(os.environ["RENOWN_SOURCE"])
FOLDERS = pathlib.Path(os.environ.get("RENOWN_FOLDERS", tempfile.gettempdir()))
START_SECONDS = 120  # sanitizers and a busy machine are allowed for
PASSWORD = "a long enough password"
OPERATOR = "Olga Wren"
# Of a browser that asks to be told: the example of RFC 8291, section 5.
BROWSER_KEYS = {"p256dh": "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
                "auth": "BTBZMqHH6r4Tts7J_aSIgg"}
NOBODY = "999999"  # the number of no person, key, session or login


def town_folder() -> pathlib.Path:
    """A data folder with the town in it, made once a day: copy it, never write to it."""
    FOLDERS.mkdir(parents=True, exist_ok=True)
    made = FOLDERS / f"town-{datetime.datetime.now(datetime.timezone.utc).date()}"
    with open(FOLDERS / "lock", "w", encoding="ascii") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            with tempfile.TemporaryDirectory(dir=FOLDERS) as scratch:
                fresh = pathlib.Path(scratch) / "town"
                subprocess.run([sys.executable, str(SOURCE / "examples/town/make_folder.py"), COMMAND, str(fresh)],
                               check=True, timeout=600)
                fresh.rename(made)
    return made


class Answer:
    """What the server said."""

    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    def json(self):
        return json.loads(self.body)

    def __repr__(self):
        return f"{self.status} {self.body[:300]!r}"


class Caller:
    """Somebody who asks: by session, by key, or as nobody in particular. For one thread."""

    def __init__(self, name, address, key=None, client=None):
        self.name, self.address, self.key, self.client = name, address, key, client
        self.cookie = self.csrf = self.person = self.login = None
        self.connection = None
        self.violations = []  # that a validating proxy in between found in answers

    def ask(self, method, path, body=None, headers=None, csrf=True) -> Answer:
        """One request. body  bytes as they are, anything else as JSON"""
        sent = {"User-Agent": "renown tests", "Accept": "*/*"}
        if self.key:
            sent["Authorization"] = f"Bearer {self.key}"
        if self.cookie:
            sent["Cookie"] = f"renown_session={self.cookie}"
            if csrf and method not in ("GET", "HEAD"):
                sent["X-CSRF-Token"] = self.csrf
        if self.client:
            sent["X-Forwarded-For"] = self.client
        if body is not None:
            sent["Content-Type"] = "application/json"
            body = body if isinstance(body, bytes) else json.dumps(body).encode()
        sent.update(headers or {})
        answer = self.exchange(method, path, body, sent)
        for violation in json.loads(answer.headers.get("sl-violations") or "[]"):
            if violation["location"][0] == "response":
                self.violations.append(f"{method} {path}: {violation['message']} at {violation['location']}: {answer!r}")
        return answer

    def exchange(self, method, path, body, headers) -> Answer:
        for attempt in (1, 2):  # a connection that was idle may have been closed meanwhile
            fresh = self.connection is None
            if fresh:
                self.connection = http.client.HTTPConnection(*self.address, timeout=60)
            try:
                self.connection.request(method, path, body=body, headers=headers)
                response = self.connection.getresponse()
                answer = Answer(response.status, response.headers, response.read())
                if response.will_close:
                    self.close()
                return answer
            except (http.client.HTTPException, OSError):
                self.close()
                if fresh or attempt == 2:
                    raise
        raise AssertionError("not reached")

    def get(self, path, **more) -> Answer:
        return self.ask("GET", path, **more)

    def post(self, path, body=None, **more) -> Answer:
        return self.ask("POST", path, body, **more)

    def expect(self, status, method, path, body=None, **more) -> Answer:
        answer = self.ask(method, path, body, **more)
        assert answer.status == status, f"{self.name}: {method} {path}: wanted {status}, got {answer!r}"
        return answer

    def take_session(self, answer) -> "Caller":
        """From now on in the session that the answer began."""
        assert answer.status in (200, 201), answer
        self.cookie = re.match(r"renown_session=([^;]*)", answer.headers["Set-Cookie"]).group(1)
        told = answer.json()
        self.csrf, self.person, self.login = told["csrf"], told["person"], told["login"]
        return self

    def make_key(self, scopes, **more) -> str:
        body = {"name": "test " + " ".join(scopes), "scopes": scopes, **more}
        return self.expect(201, "POST", "/v1/keys", body).json()["key"]

    def close(self):
        if self.connection is not None:
            self.connection.close()
            self.connection = None


class Server:
    """renown serve on a data folder, until the block ends."""

    def __init__(self, folder, *arguments, log_in=(), file_bytes=None, clients=True, public_url=None):
        """log_in      people to print links for
        file_bytes  what no file may grow beyond, as on a full disk
        clients     whether X-Forwarded-For tells who asks
        public_url  where others would reach it
        """
        self.folder = pathlib.Path(folder)
        self.home = pathlib.Path(tempfile.mkdtemp(prefix="renown-service-"))
        port = free_port() if public_url else 0
        command = [COMMAND, "serve", "--data", str(folder), "--port", str(port), "--sync-every", "0", "--json-log",
                   "--token-key", f"{folder}.key", *arguments]
        if public_url:
            command += ["--public-url", public_url]
        if clients:
            command += ["--proxy", "127.0.0.1"]
        for name in log_in:
            command += ["--log-in", name]

        def limit():
            if file_bytes is not None:
                signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
                resource.setrlimit(resource.RLIMIT_FSIZE, (file_bytes, file_bytes))

        self.log = self.home / "log"
        began = time.monotonic()
        with open(self.log, "wb") as err:
            self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=err, preexec_fn=limit, text=True,
                                            env={**os.environ, "HOME": str(self.home), "XDG_CONFIG_HOME": str(self.home)})
        self.said = []
        self.set_up_token, self.links = None, {}
        self.read_addresses(len(log_in), port)
        self.start_seconds = time.monotonic() - began
        self.callers = []

    def read_addresses(self, links, port):
        watchdog = threading.Timer(START_SECONDS, self.process.kill)
        watchdog.start()
        try:
            self.address = None
            while self.address is None or len(self.links) < links:
                line = self.process.stdout.readline()
                if not line:
                    self.process.wait()
                    raise AssertionError(f"the server ended with {self.process.returncode}: {self.log_text()}")
                self.said.append(line)
                if found := re.match(r"Renown listens at http://([^:]+):(\d+)", line):
                    self.address = (found.group(1), int(found.group(2)))
                elif line.startswith("Renown listens at "):
                    self.address = ("127.0.0.1", port)
                elif found := re.search(r"/setup/(\S+)", line):
                    self.set_up_token = found.group(1)
                elif found := re.search(r"Log in as (.*), within .*/log-in/(\S+)", line):
                    self.links[found.group(1)] = found.group(2)
        finally:
            watchdog.cancel()

    def rest_of_addresses(self):
        """The set-up token, which is told after the address."""
        while self.set_up_token is None:
            line = self.process.stdout.readline()
            assert line, self.log_text()
            self.said.append(line)
            if found := re.search(r"/setup/(\S+)", line):
                self.set_up_token = found.group(1)
        return self.set_up_token

    def log_text(self) -> str:
        return self.log.read_text(encoding="utf-8", errors="replace")

    def caller(self, name="nobody", key=None, client=None) -> Caller:
        made = Caller(name, self.address, key, client)
        self.callers.append(made)
        return made

    def operator(self) -> Caller:
        """The first operator, made by the link that the server printed."""
        body = {"token": self.rest_of_addresses(), "name": OPERATOR, "password": PASSWORD}
        caller = self.caller("operator", client="192.0.2.200")
        return caller.take_session(caller.post("/v1/setup", body))

    def person(self, name, client=None) -> Caller:
        """Somebody of log_in, logged in by link."""
        caller = self.caller(name, client=client or f"192.0.2.{1 + sum(name.encode()) % 190}")
        return caller.take_session(caller.post("/v1/session", {"link": self.links[name]}))

    def wait_for_reasons(self, operator, seconds=START_SECONDS):
        """Until the run that was asked for has ended."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            state = operator.expect(200, "GET", "/v1/admin/state").json()
            if state["reasons_ready"] and state["job"] is None:
                return state
            time.sleep(0.05)
        raise AssertionError("no run ended in time")

    def is_alive(self) -> bool:
        return self.process.poll() is None

    def memory_kib(self) -> int:
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii")
        return int(re.search(r"VmRSS:\s+(\d+)", status).group(1))

    def kill(self):
        """As a power cut of the process alone: no handler of it runs."""
        self.process.kill()
        self.process.wait()
        self.release()

    def stop(self) -> int:
        for caller in self.callers:
            caller.close()
        if self.is_alive():
            self.process.send_signal(signal.SIGINT)
            try:
                self.process.wait(timeout=60)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self.release()
        return self.process.returncode

    def release(self):
        if not self.process.stdout.closed:
            self.process.stdout.close()
        for caller in self.callers:
            caller.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()
        shutil.rmtree(self.home, ignore_errors=True)


class Document:
    """The description that the server gives of itself."""

    def __init__(self, described: dict):
        self.described = described
        self.operations = [Operation(self, method.upper(), path, operation)
                           for path, item in described["paths"].items()
                           for method, operation in item.items() if method in ("get", "post", "put", "patch", "delete")]

    @staticmethod
    def of(server) -> "Document":
        return Document(server.caller().expect(200, "GET", "/openapi.json").json())

    def resolve(self, value):
        while isinstance(value, dict) and "$ref" in value:
            found = self.described
            for part in value["$ref"].removeprefix("#/").split("/"):
                found = found[part.replace("~1", "/").replace("~0", "~")]
            value = found
        return value


class Operation:
    """One method of one path."""

    def __init__(self, document, method, path, described):
        self.method, self.path, self.id = method, path, described["operationId"]
        self.parameters = [document.resolve(each) for each in described.get("parameters", [])]
        self.scopes = {scope for way in described.get("security", []) for scopes in way.values() for scope in scopes}
        body = described.get("requestBody")
        self.body_type, self.body_schema = None, None
        if body:
            (self.body_type, content), = body["content"].items()
            self.body_schema = content["schema"]
        self.answers = described["responses"]

    def __repr__(self):
        return f"{self.method} {self.path}"

    is_read = property(lambda self: self.method == "GET")

    @property
    def is_about_a_person(self):
        """A person's own path; what operators do with people stands under /v1/admin."""
        return "{person}" in self.path and not self.path.startswith("/v1/admin/")

    def target(self, values, query=True) -> str:
        """The path with its parameters, and what the query must have. values  by name; 1 where nothing is said"""
        path, pairs = self.path, []
        for parameter in self.parameters:
            name = parameter["name"]
            if parameter["in"] == "path":
                path = path.replace("{" + name + "}", urllib.parse.quote(str(values.get(name, "1")), safe=""))
            elif query and (parameter.get("required") or name in values):
                pairs.append((name, str(values.get(name, example(parameter)))))
        return path + ("?" + urllib.parse.urlencode(pairs) if pairs else "")


def example(parameter):
    schema = parameter.get("schema", {})
    if "default" in schema:
        return schema["default"]
    if "enum" in schema:
        return schema["enum"][0]
    return {"purpose": "research", "with": "1"}.get(parameter["name"], "1")


class Case(unittest.TestCase):
    """Each test has a copy of the town's folder; `serve` runs until the test ends."""

    maxDiff = None

    def setUp(self):
        scratch = tempfile.TemporaryDirectory(prefix="renown-service-")
        self.addCleanup(scratch.cleanup)
        self.scratch = pathlib.Path(scratch.name)
        self.folder = self.scratch / "data"
        shutil.copytree(town_folder(), self.folder)
        os.chmod(self.folder, 0o700)

    def renown(self, *arguments):
        """Another command on the folder, while nobody serves it."""
        subprocess.run([COMMAND, *arguments, "--data", str(self.folder)], check=True, capture_output=True, timeout=120,
                       env={**os.environ, "HOME": str(self.scratch), "XDG_CONFIG_HOME": str(self.scratch)})

    def add_class(self, *readers):
        """From the next run on these accounts are in a finding: a class reads along with them."""
        log = self.scratch / "class.csv"
        reading_class.write_class_log(log, *readers)
        self.renown("import", str(log))

    def take_mail(self, **more) -> mail_sink.MailSink:
        """A mail server; `serve` with its `arguments`."""
        sink = mail_sink.MailSink(**more)
        self.enterContext(sink)
        return sink

    def serve(self, *arguments, folder=None, **more) -> Server:
        server = Server(folder or self.folder, *arguments, **more)
        self.addCleanup(lambda: server.__exit__())
        return server


def free_port() -> int:
    with contextlib.closing(socket.socket()) as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def wait_for_port(port, process, seconds=90):
    end = time.monotonic() + seconds
    while time.monotonic() < end and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=5).close()
            return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(f"nothing listens at port {port}")
