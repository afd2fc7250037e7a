"""The ActivityPub connector against two servers by Fedify (npm), which show what they have to signed requests alone.

Installs the packages of this folder, starts server.mjs on two free ports of the loopback, runs the test program
RENOWN_FEDIFY_TESTS and the command RENOWN_COMMAND, stops the servers. Exit code 77: skipped, with the reason. Python 3
and its standard library."""

import http.client
import http.server
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import threading
import time

HERE = pathlib.Path(__file__).resolve().parent
FOLDER = pathlib.Path(os.environ["RENOWN_PEERS"]) / "fedify"
sys.path.insert(0, str(HERE.parent))

from packages import Missing, free_port, install, skip  # noqa: E402


class ActorServer(http.server.ThreadingHTTPServer):
    """Serves `document`, our actor's, as an operator's web server would."""

    daemon_threads = True
    document = "{}"

    def __init__(self):
        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                body = self.server.document.encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/activity+json")
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *arguments):
                pass

        super().__init__(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.serve_forever, daemon=True).start()


class Instance:
    """A data folder that reads Ann."""

    def __init__(self, folder: str, ann: int, bob: int):
        self.options = ["--data", f"{folder}/data", "--token-key", f"{folder}/key"]
        self.hosts = ["--allow-host", f"127.0.0.1:{ann}", "--allow-host", f"127.0.0.1:{bob}"]
        self.run("connect", "add", "activitypub", f"ann@127.0.0.1:{ann}", "--server", f"http://127.0.0.1:{ann}", *self.options)

    def run(self, *arguments: str, code=0) -> str:
        ran = subprocess.run([os.environ["RENOWN_COMMAND"], *arguments], capture_output=True, text=True, timeout=60, check=False)
        if ran.returncode != code:
            raise AssertionError(f"renown {' '.join(arguments)} ended with {ran.returncode}: {ran.stdout}{ran.stderr}")
        return ran.stdout

    def actor(self, *arguments: str) -> str:
        return self.run("connect", "actor", *arguments, *self.options)

    def sync(self, code=0) -> dict:
        return json.loads(self.run("sync", "--json", *self.options, *self.hosts, code=code))["sources"][0]


def same(one, other, what: str) -> None:
    if one != other:
        raise AssertionError(f"{what}: {one} is not {other}")


def read_signed(ann: int, bob: int) -> None:
    """The command reads Ann, once it has an actor whose document Ann's server can fetch."""
    ours = ActorServer()
    with tempfile.TemporaryDirectory() as folder:
        instance = Instance(folder, ann, bob)
        same(instance.sync(code=4)["problem"], "unauthorized", "unsigned")
        address = f"http://127.0.0.1:{ours.server_address[1]}/actor"
        ours.document = instance.actor(address)
        same(json.loads(ours.document)["id"], address, "the actor's address")
        whole = instance.sync()
        same((whole["state"], whole["added"]), ("current", 5), "signed")
        same(instance.sync()["added"], 0, "read again")
        same(instance.actor(), ours.document, "the actor as it is kept")
        instance.actor("--new-key")  # and the document is still that of the old one
        ours.document = ours.document.replace("/actor", "/other")
        same(instance.sync(code=4)["problem"], "unauthorized", "a key that is not the document's")
    ours.shutdown()
    ours.server_close()
    print("the command reads what is shown to signed requests alone")


def read_by_the_service(ann: int, bob: int) -> None:
    """The service serves the folder's actor: Ann's server looks it up there. (By itself it makes one for https alone.)"""
    with tempfile.TemporaryDirectory() as folder:
        instance = Instance(folder, ann, bob)
        port = free_port()
        instance.actor(f"http://127.0.0.1:{port}/actor")
        command = [os.environ["RENOWN_COMMAND"], "serve", "--port", str(port), "--public-url", f"http://127.0.0.1:{port}",
                   *instance.options, *instance.hosts]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as service:
            try:
                for line in service.stdout:
                    if "/setup/" in line:
                        break
                else:
                    raise AssertionError(f"the service did not start: {service.stderr.read()}")
                sync_as_operator(port, line.rsplit("/", 1)[1].strip())
            finally:
                service.terminate()
        whole = instance.sync()
        same((whole["state"], whole["added"]), ("current", 0), "nothing is left to read")
    print("the service reads what is shown to signed requests alone")


def sync_as_operator(port: int, token: str) -> None:
    wire = http.client.HTTPConnection("127.0.0.1", port, timeout=60)

    def ask(method: str, path: str, body=None, **headers) -> tuple:
        wire.request(method, path, body and json.dumps(body), {"Content-Type": "application/json", **headers})
        answer = wire.getresponse()
        return answer, json.loads(answer.read() or "{}")

    answer, session = ask("POST", "/v1/setup", {"token": token, "name": "op", "password": "a long enough password"})
    own = {"Cookie": answer.headers["Set-Cookie"].split(";")[0], "X-CSRF-Token": session["csrf"]}
    same(ask("POST", "/v1/admin/sync", None, **own)[0].status, 202, "the operator asks for a sync")
    end = time.monotonic() + 60
    while time.monotonic() < end:
        source = ask("GET", "/v1/admin/sources", None, **own)[1]["items"][0]
        if source["rows"] == 5:
            return
        time.sleep(0.1)
    raise AssertionError(f"nothing was read: {source}")


def main() -> int:
    try:
        install(HERE, FOLDER, least_node="20", scripts=["server.mjs"])
    except Missing as why:
        skip(why)
    ann, bob = free_port(), free_port()
    with open(FOLDER / "server.log", "w", encoding="utf-8") as log:
        server = subprocess.Popen(["node", "server.mjs", str(ann), str(bob)], cwd=FOLDER, stdout=subprocess.PIPE,
                                  stderr=log, text=True)
        too_late = threading.Timer(120, server.kill)
        too_late.start()
        try:
            if server.stdout.readline() != "ready\n":
                print(f"the servers did not start: see {log.name}")
                return 1
            where = {"RENOWN_FEDIFY_ANN": f"http://127.0.0.1:{ann}", "RENOWN_FEDIFY_BOB": f"http://127.0.0.1:{bob}"}
            code = subprocess.run([os.environ["RENOWN_FEDIFY_TESTS"]], env={**os.environ, **where}, timeout=100).returncode
            read_signed(ann, bob)
            read_by_the_service(ann, bob)
            return code
        finally:
            too_late.cancel()
            server.terminate()
            server.wait(timeout=20)


if __name__ == "__main__":
    sys.exit(main())
