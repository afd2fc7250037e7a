"""Webhooks by the npm library standardwebhooks, push messages by http_ece: what Renown sends is what they read.

Also kills the sender again and again while it sends, and looks whether every webhook came, each under one id.
"""

import json
import os
import pathlib
import queue
import random
import subprocess
import sys
import tempfile
import threading
import time

HERE = pathlib.Path(__file__).resolve().parent
FOLDER = pathlib.Path(os.environ["RENOWN_PEERS"]) / "outlets"
sys.path.insert(0, str(HERE.parent))

from packages import Missing, free_port, install, skip  # noqa: E402

NOW = int(time.time())


class Receiver:
    """The Node.js server, and the lines it has printed."""

    def __init__(self, secrets: pathlib.Path):
        self.port = free_port()
        self.process = subprocess.Popen(["node", "receiver.mjs", str(self.port), str(secrets)], cwd=FOLDER,
                                        stdout=subprocess.PIPE, text=True)
        self.lines = queue.Queue()
        threading.Thread(target=self.read, daemon=True).start()
        self.keys = self.lines.get(timeout=30)

    def read(self):
        for line in self.process.stdout:
            self.lines.put(json.loads(line))

    def said(self) -> list:
        """What it has printed since the last time. An answer follows its line, so all lines of a finished call are there
        but for their way through the pipe."""
        time.sleep(0.3)
        lines = []
        while not self.lines.empty():
            lines.append(self.lines.get())
        return lines


class Renown:
    def __init__(self, folder: pathlib.Path, port: int):
        self.folder, self.port = folder, port

    def command(self, *words) -> list:
        return [os.environ["RENOWN_OUTLETS_PEER"], str(self.folder), f"127.0.0.1:{self.port}", *map(str, words)]

    def call(self, *words) -> str:
        ran = subprocess.run(self.command(*words), capture_output=True, text=True, timeout=60)
        if ran.returncode != 0:
            sys.exit(f"{words}: {ran.stderr}")
        return ran.stdout.strip()


def expect(what: str, found, wanted) -> None:
    if found != wanted:
        sys.exit(f"{what}: {found!r}, and not {wanted!r}")
    print(f"ok: {what}")


def webhooks(renown: Renown, receiver: Receiver, secrets: pathlib.Path) -> None:
    first = renown.call("webhook-add", 1, f"http://127.0.0.1:{receiver.port}/hook/a", NOW)
    wrong = "whsec_" + "A" * 32
    secrets.write_text(json.dumps({"a": {"fails": 1, "keys": [first, wrong]}}))
    renown.call("webhook-note", 1, 50, NOW, NOW)
    expect("a move is queued", renown.call("webhook-note", 1, 52.5, NOW + 1, NOW), "1")
    expect("the first attempt fails", renown.call("webhook-send", NOW), "0 1")
    expect("the second one is taken", renown.call("webhook-send", NOW + 6), "1 0")
    lines = receiver.said()
    expect("two attempts", len(lines), 2)
    expect("under one id", lines[0]["id"], lines[1]["id"])
    event, refusal = lines[1]["verified"]
    expect("standardwebhooks reads the event", (event["type"], event["data"]["person"], event["data"]["score"],
                                                event["data"]["before"]), ("score.moved", "1", 52.5, 50))
    expect("and refuses another secret", refusal, "No matching signature found")

    second = renown.call("webhook-rotate", 1, 1, NOW)
    secrets.write_text(json.dumps({"a": {"keys": [first, second]}}))
    renown.call("webhook-test", 1, 1, NOW)
    renown.call("webhook-send", NOW)
    verified = receiver.said()[0]["verified"]
    expect("after a rotation both secrets verify", [each["type"] for each in verified], ["webhook.test"] * 2)
    renown.call("webhook-test", 1, 1, NOW)
    renown.call("webhook-send", NOW - 400)
    expect("nothing is sent before its time", receiver.said(), [])
    renown.call("webhook-send", NOW + 400)
    expect("a time too far away is refused", receiver.said()[0]["verified"][0], "Message timestamp too new")


def kills(renown: Renown, receiver: Receiver, secrets: pathlib.Path) -> None:
    names, queued = [f"k{i}" for i in range(60)], []
    keys = {}
    for person, name in enumerate(names, 100):
        key = renown.call("webhook-add", person, f"http://127.0.0.1:{receiver.port}/hook/{name}", NOW)
        keys[name] = {"keys": [key]}
        queued.append(renown.call("webhook-test", person, person - 98, NOW))
    secrets.write_text(json.dumps(keys))
    killed = 0
    while True:
        sender = subprocess.Popen(renown.command("webhook-send", NOW), stdout=subprocess.DEVNULL)
        try:
            if sender.wait(timeout=random.uniform(0.01, 0.03 + 0.01 * killed)) == 0:
                break
            sys.exit("the sender failed")
        except subprocess.TimeoutExpired:
            sender.kill()
            sender.wait()
            killed += 1
    lines = receiver.said()
    good = {line["id"] for line in lines if isinstance(line["verified"][0], dict)}
    expect("every webhook came, whatever was killed", good, set(queued))
    print(f"    {killed} kills, {len(lines)} received for {len(queued)}")
    expect("a kill hit", killed > 0, True)


def pushes(renown: Renown, receiver: Receiver) -> None:
    key = renown.call("push-key")
    origin = f"http://127.0.0.1:{receiver.port}"
    for status in (201, 410, 500):
        renown.call("push-add", 1, f"{origin}/push/{status}", receiver.keys["p256dh"], receiver.keys["auth"], NOW)
    sent = renown.call("push-send", 1, "Your score moved", "From 41 to 42 — ünïcödé 李", "/moments", NOW)
    expect("one taken, one gone, one failed", sent, "1 1 1")
    lines = {line["push"]: line for line in receiver.said()}
    expect("all three were asked", sorted(lines), ["201", "410", "500"])
    for line in lines.values():
        expect("http_ece reads the text", line["text"], {"title": "Your score moved", "body": "From 41 to 42 — ünïcödé 李",
                                                         "url": "/moments"})
        expect("the token is ours", (line["good"], line["key"]), (True, key))
        expect("and for this server", line["claims"], {"aud": origin, "exp": NOW + 43200, "sub": "mailto:op@example.org"})
        expect("with time and topic", (line["ttl"], line["topic"]), ("86400", "score"))
    expect("who is gone is not asked again", renown.call("push-send", 1, "a", "b", "/", NOW), "1 0 1")


def main():
    try:
        install(HERE, FOLDER, least_node="18.0", scripts=["receiver.mjs"])
    except Missing as why:
        skip(why)
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        secrets = folder / "secrets.json"
        secrets.write_text("{}")
        receiver = Receiver(secrets)
        try:
            renown = Renown(folder, receiver.port)
            webhooks(renown, receiver, secrets)
            kills(renown, receiver, secrets)
            pushes(renown, receiver)
        finally:
            receiver.process.kill()
            receiver.process.wait()


if __name__ == "__main__":
    main()
