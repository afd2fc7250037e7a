"""A mail server on loopback that takes whatever it is given: what letters say, and whom they went to."""

import base64
import collections
import email
import email.policy
import re
import socketserver
import threading
import time


class MailSink:
    """Use as a context. `letters` holds what was taken, as (recipient, message), in order."""

    def __init__(self, delay_seconds=0.0, users=None):
        """delay_seconds  between a letter's last byte and the word that it was taken
        users          name -> password of who may log in; nobody else's letters are taken then
        """
        self.letters = []
        sink = self

        class Handler(socketserver.StreamRequestHandler):
            def say(self, line):
                self.wfile.write(line.encode() + b"\r\n")

            def handle(self):
                try:
                    self.converse()
                except OSError:
                    pass  # whoever sent was killed

            def converse(self):
                to, is_known = "", users is None
                self.say("220 sink")
                while line := self.rfile.readline().decode("utf-8", "replace").strip():
                    verb = line[:4].upper()
                    if verb == "EHLO" and users:
                        self.say("250-sink")
                        self.say("250 AUTH PLAIN")
                        continue
                    if verb == "AUTH":
                        self.say("334 ")
                        _, name, password = base64.b64decode(self.rfile.readline()).decode().split("\0")
                        is_known = users.get(name) == password
                    if verb == "AUTH" or verb == "MAIL" and not is_known:
                        self.say("235 welcome" if is_known else "535 nobody of that name and password")
                        continue
                    if verb == "RCPT":
                        to = re.search(r"<(.*?)>", line).group(1)
                    if verb == "DATA":
                        self.say("354 go on")
                        if not self.take(to):
                            return
                    self.say("221 bye" if verb == "QUIT" else "250 ok")
                    if verb == "QUIT":
                        return

            def take(self, to):
                lines = []
                while (line := self.rfile.readline()) != b".\r\n":
                    if not line:
                        return False
                    lines.append(line.removeprefix(b"."))
                sink.letters.append((to, email.message_from_bytes(b"".join(lines), policy=email.policy.default)))
                time.sleep(delay_seconds)
                return True

        socketserver.ThreadingTCPServer.allow_reuse_address = True
        self.server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.arguments = ["--mail-server", f"smtp://127.0.0.1:{self.server.server_address[1]}", "--mail-from",
                          "score@renown.example"]

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()

    def wait(self, to, number=1, seconds=60):
        """The text of the letter of that number to that address."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            found = [message for address, message in list(self.letters) if address == to]
            if len(found) >= number:
                return found[number - 1].get_body(("plain",)).get_content()
            time.sleep(0.02)
        raise AssertionError(f"no letter {number} came to {to}")

    def count(self):
        """How many letters each id came in, by its Message-ID."""
        return collections.Counter(message["Message-ID"] for _, message in list(self.letters))


def token_in(text, path):
    """The token of the link to that path."""
    return re.search(re.escape(path) + r"([A-Za-z0-9_-]+)", text).group(1)
