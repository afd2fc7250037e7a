"""`renown serve` beside other people's mail server and reader of messages (npm: smtp-server, mailparser).

Delivery, refusals, connections that break, kill -9 in between, STARTTLS and certificates, what strange names make of
headers, every language read back, and that no address stands in the log or in a file of the folder.
"""

import contextlib
import datetime
import json
import os
import pathlib
import queue
import re
import subprocess
import sys
import tempfile
import threading
import time

HERE = pathlib.Path(__file__).resolve().parent
FOLDER = pathlib.Path(os.environ["RENOWN_PEERS"]) / "mail"
SERVICE = HERE.parents[1] / "service"
sys.path[:0] = [str(HERE.parent), str(SERVICE)]

from packages import Missing, free_port, install, skip  # noqa: E402
import service  # noqa: E402

STRANGE = 'Eve "Q\\" <eve@example.com>, mallory@example.com; =?UTF-8?Q?x?= 李 درجتك'  # no colon: names have none
SUBJECTS = {"en": "Your score", "de": "Deine Punktzahl", "es": "Tu puntuación", "ar": "درجتك", "ja": "あなたのスコア"}


class MailServer:
    """The Node.js server, and what it has seen."""

    def __init__(self, security="plain", certificate="", key=""):
        self.port = free_port()
        self.process = subprocess.Popen(["node", "server.mjs", str(self.port), security, str(certificate), str(key)],
                                        cwd=FOLDER, stdout=subprocess.PIPE, text=True)
        self.lines = queue.Queue()
        self.all = []
        threading.Thread(target=self.read, daemon=True).start()
        assert self.wait("ready", seconds=60)

    def read(self):
        for line in self.process.stdout:
            self.lines.put(json.loads(line))

    def wait(self, event, seconds=40, to=None):
        """The next line of that event."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                line = self.lines.get(timeout=max(0.05, end - time.monotonic()))
            except queue.Empty:
                break
            self.all.append(line)
            if line["event"] == event and (to is None or to in line["to"]):
                return line
        return None

    def count(self, to) -> int:
        """Messages to that address that have come so far."""
        while not self.lines.empty():
            self.all.append(self.lines.get())
        return sum(1 for line in self.all if line["event"] == "message" and to in line["to"])

    def stop(self):
        self.process.kill()
        self.process.wait()


def expect(what, found, wanted=True) -> None:
    if found != wanted:
        sys.exit(f"{what}: {found!r}, and not {wanted!r}")
    print(f"ok: {what}")


def certificate(folder, name, host):
    """A certificate of its own making for that host."""
    cert, key = folder / f"{name}.pem", folder / f"{name}.key"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
                    "-subj", "/CN=test", "-addext", f"subjectAltName=DNS:{host}", "-keyout", key, "-out", cert],
                   check=True, capture_output=True, timeout=60)
    return cert, key


@contextlib.contextmanager
def serving(folder, mail_url, *more, log_in=()):
    with service.Server(folder, "--mail-server", mail_url, "--mail-from", "score@renown.example", *more,
                        log_in=log_in) as server:
        yield server


def token_of(message, path):
    return re.search(re.escape(path) + r"([A-Za-z0-9_-]+)", message["text"]).group(1)


def add(caller, address, status=202, **more):
    return caller.expect(status, "POST", "/v1/people/me/addresses", {"address": address, **more})


def confirm(caller, mail, address):
    message = mail.wait("message", to=address)
    assert message, f"no letter came to {address}: {mail.all}"
    caller.expect(204, "POST", "/v1/people/me/addresses/confirm", {"token": token_of(message, "/confirm-address/")})
    return message


def ask_for_digest(caller):
    """The reader has a letter a moment before the service knows that it was taken: until then no other is begun."""
    end = time.monotonic() + 10
    while (answer := caller.ask("POST", "/v1/people/me/digest")).status == 409 and time.monotonic() < end:
        assert "letter-under-way" in answer.json()["type"], answer
        time.sleep(0.05)
    assert answer.status == 202, answer


def delivery(folder):
    """Every language, the way out, and what a strange name makes of headers."""
    subprocess.run([service.COMMAND, "people", "add", STRANGE, "--data", str(folder)], check=True, capture_output=True,
                   timeout=120)
    mail = MailServer()
    with serving(folder, f"smtp://127.0.0.1:{mail.port}", log_in=["Hazel Fenn", STRANGE]) as server:
        server.wait_for_reasons(server.operator())
        hazel, eve = server.person("Hazel Fenn", client="192.0.2.1"), server.person(STRANGE, client="192.0.2.2")
        add(hazel, "hazel@example.com", findable=True)
        asked = mail.wait("message", to="hazel@example.com")
        expect("the letter that asks names nobody", "Hazel" in asked["text"] + asked["html"], False)
        expect("and has no way out of what has not begun", "list-unsubscribe" in asked["headers"], False)
        token = token_of(asked, "/confirm-address/")
        eve.expect(404, "POST", "/v1/people/me/addresses/confirm", {"token": token})
        hazel.expect(204, "POST", "/v1/people/me/addresses/confirm", {"token": token})
        ids = {asked["id"]}
        for language, subject in list(SUBJECTS.items())[:4]:
            hazel.expect(200, "PATCH", "/v1/people/me/preferences", {"locale": language})
            ask_for_digest(hazel)
            letter = mail.wait("message", to="hazel@example.com")
            expect(f"{language}: the subject", letter["subject"].startswith(subject))
            expect(f"{language}: said in its headers", letter["headers"]["content-language"].split(":")[-1].strip(), language)
            number = hazel.expect(200, "GET", "/v1/people/me/score").json()["score"]
            shown = f"{number:.1f}" if language in ("en", "ar", "ja") else f"{number:.1f}".replace(".", ",")
            expect(f"{language}: text and HTML have the score", (shown in letter["text"], shown in letter["html"]),
                   (True, True))
            expect(f"{language}: direction", f'dir="{"rtl" if language == "ar" else "ltr"}"' in letter["html"])
            ids.add(letter["id"])
        expect("each letter has an id of its own", len(ids), 5)
        hazel.expect(429, "POST", "/v1/people/me/digest")
        age = abs(datetime.datetime.fromisoformat(letter["date"].replace("Z", "+00:00"))
                  - datetime.datetime.now(datetime.timezone.utc))
        expect("dated now", age < datetime.timedelta(minutes=5))
        expect("one click", letter["headers"]["list-unsubscribe-post"], "List-Unsubscribe=One-Click")
        way_out = re.search(r"/unsubscribe/\S+?(?=>)", letter["headers"]["list-unsubscribe"]).group(0)
        boundary = "x" * 20
        form = f'--{boundary}\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--{boundary}--\r\n'
        for kind, body in (("application/x-www-form-urlencoded", b"List-Unsubscribe=One-Click"),
                           (f"multipart/form-data; boundary={boundary}", form.encode())):
            server.caller().expect(204, "POST", way_out, body, headers={"Content-Type": kind})
        left = hazel.expect(200, "GET", "/v1/people/me/addresses").json()["items"]
        expect("the address in plain is gone, being found stays", [(each["address"], each["findable"]) for each in left],
               [(None, True)])

        add(eve, "eve@example.org")
        confirm(eve, mail, "eve@example.org")
        eve.expect(200, "PATCH", "/v1/people/me/preferences", {"locale": "ja"})
        eve.expect(202, "POST", "/v1/people/me/digest")
        letter = mail.wait("message", to="eve@example.org")
        expect("ja: not enough data is said", letter["subject"].startswith(SUBJECTS["ja"]))
        expect("a strange name is a name", [(each["address"], each["name"]) for each in letter["header_to"]],
               [("eve@example.org", STRANGE)])
        expect("and goes to nobody else", (letter["bcc"], letter["to"]), (None, ["eve@example.org"]))
        expect("and adds no header", letter["names"],
               ["date", "message-id", "from", "to", "subject", "mime-version", "content-language", "auto-submitted",
                "list-unsubscribe", "list-unsubscribe-post", "content-type"])
        for wrong in ("eve@example.org\r\nRCPT TO:<mallory@example.com>", "eve@[127.0.0.1]", "a b@example.org"):
            add(eve, wrong, status=400)
        log = server.log_text()
    mail.stop()
    everything = log.encode() + b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    for secret in ("hazel@example.com", "eve@example.org", token):
        expect(f"{secret.split('@')[0][:5]}...: in no log and no file", secret.encode() in everything, False)


def failures(folder):
    """4xx, 5xx, connections that break before and after the end, and kill -9."""
    mail = MailServer()
    url = f"smtp://127.0.0.1:{mail.port}"
    with serving(folder, url, log_in=["Hazel Fenn", "Marigold Pym", "Odell Marsh"]) as server:
        people = [server.person(name, client=f"192.0.2.{i + 1}")
                  for i, name in enumerate(["Hazel Fenn", "Marigold Pym", "Odell Marsh"])]
        add(people[0], "never@example.com")
        expect("a refused address is asked for", mail.wait("rcpt", to="never@example.com") is not None)
        add(people[0], "later@example.com")
        expect("a greylisted one too", mail.wait("rcpt", to="later@example.com") is not None)
        add(people[1], "lost@example.com")
        expect("one that is taken without an answer", mail.wait("message", to="lost@example.com") is not None)
        add(people[2], "slow@example.com")
        expect("one that is being taken", mail.wait("message", to="slow@example.com") is not None)
        server.kill()  # the mail server has it, and has not said so
    with serving(folder, url) as server:
        expect("4xx: comes again", mail.wait("message", to="later@example.com", seconds=120) is not None)
        add(server_person(server, people[2]), "cut@example.com")
        expect("a connection that breaks in the middle", mail.wait("cut", to="cut@example.com") is not None)
        mail.wait("message", to="cut@example.com", seconds=100)
        expect("4xx: once", mail.count("later@example.com"), 1)
        expect("5xx: never again", sum(1 for each in mail.all if each["event"] == "rcpt" and "never@" in each["to"]), 1)
        expect("taken, and the answer lost: not twice", mail.count("lost@example.com"), 1)
        expect("killed while it was taken: not twice", mail.count("slow@example.com"), 1)
        expect("cut: at most once", mail.count("cut@example.com") <= 1)
        log = server.log_text()
    mail.stop()
    expect("the log says that a letter was under way", "not sent again" in log)
    expect("and no address", "@example.com" in log, False)


def server_person(server, caller):
    """The same session at another server: it outlives the one before."""
    caller.close()
    caller.address = server.address
    return caller


def security(folder, scratch):
    """STARTTLS and TLS from the start, with a log-in; a wrong certificate, or none, gets nothing."""
    good, wrong = certificate(scratch, "good", "mail.localhost"), certificate(scratch, "wrong", "other.example")
    password = scratch / "password"
    password.write_text("a password\n", encoding="ascii")
    more = ["--ca-file", str(good[0]), "--mail-user", "renown", "--mail-password-file", str(password)]
    cases = [("starttls", "smtp", good, good[0], True), ("smtps", "smtps", good, good[0], True),
             ("starttls", "smtp", wrong, wrong[0], False), ("starttls", "smtp", good, wrong[0], False),
             ("plain", "smtp", good, good[0], False)]
    for i, (kind, scheme, (cert, key), trusted, is_taken) in enumerate(cases):
        mail = MailServer(kind, cert, key)
        more[1] = str(trusted)
        with serving(folder, f"{scheme}://mail.localhost:{mail.port}", *more, log_in=["Hazel Fenn"]) as server:
            hazel = server.person("Hazel Fenn", client=f"192.0.2.{i + 1}")
            for each in hazel.expect(200, "GET", "/v1/people/me/addresses").json()["items"]:
                hazel.expect(204, "DELETE", f"/v1/people/me/addresses/{each['id']}")
            add(hazel, f"tls{i}@example.com")
            letter = mail.wait("message", to=f"tls{i}@example.com", seconds=40 if is_taken else 6)
            if is_taken:
                expect(f"{scheme}, {kind}: encrypted, and logged in", (letter["secure"], letter["user"]), (True, "renown"))
            else:
                expect(f"{scheme}, {kind}, case {i}: nothing is sent", letter, None)
                log = server.log_text()
                expect("and the log says why", "STARTTLS" in log or "certificate" in log)
        mail.stop()


def main():
    try:
        install(HERE, FOLDER, least_node="18.0", scripts=["server.mjs"])
    except Missing as why:
        skip(why)
    with tempfile.TemporaryDirectory() as name:
        scratch = pathlib.Path(name)
        for i, scenario in enumerate((delivery, failures, lambda folder: security(folder, scratch))):
            folder = scratch / f"data{i}"
            subprocess.run(["cp", "-a", str(service.town_folder()), str(folder)], check=True, timeout=120)
            scenario(folder)


if __name__ == "__main__":
    main()
