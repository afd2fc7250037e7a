"""Seeded nonsense, made from the document: whatever is asked, the server answers, never with 5xx, and lives.

RENOWN_FUZZ_CALLS says how many calls, RENOWN_FUZZ_SEED replays a run.
"""

import json
import os
import random
import socket
import time
import unittest
import urllib.parse

import service

CALLS = int(os.environ.get("RENOWN_FUZZ_CALLS", "5000"))
SEED = int(os.environ.get("RENOWN_FUZZ_SEED", str(random.SystemRandom().randrange(1 << 32))))

HAZEL = "Hazel Fenn"
PEOPLE = ["Nell Ash", "Otto Birk"]
WORDS = ["", "me", "0", "1", "2", "17", "-1", "999999", "9223372036854775807", "9223372036854775808", "1e3", "0x10", "1.5",
         "null", "true", "%00", "..", "a" * 64, "a" * 5000, "forum", "forum:hazel", "hazel", "x.invalid", "web", "github",
         "Hazel Fenn", "research", "credit", "everyone", "nobody", "2026-11-29", "9999-12-31T23:59:59Z", "'; DROP TABLE p;--",
         "<script>alert(1)</script>", "{{7*7}}", "\u202eevil", "\u0000", "\ud83d\ude80", "Zoë", "%s%n", "\r\nSet-Cookie: a=b",
         "../../etc/passwd", "http://127.0.0.1:1/", "https://[::1]/", "sha256:" + "0" * 64, "score:read", "admin"]
HEADERS = [{}, {}, {}, {}, {"If-None-Match": '"x"'}, {"If-None-Match": "*"}, {"If-Match": '"x", "y"'},
           {"Accept-Encoding": "gzip"}, {"Accept": "image/png"}, {"Range": "bytes=0-1"}, {"Idempotency-Key": '"abc"'},
           {"Idempotency-Key": "x" * 300}, {"Cookie": "renown_session="}, {"Cookie": "renown_session=%00; a=b;;;=;"},
           {"X-CSRF-Token": "x"}, {"Authorization": "Bearer"}, {"Authorization": "Bearer rnk_" + "z" * 43},
           {"Authorization": "Basic YTpi"}, {"Content-Type": "text/plain"}, {"Content-Type": "application/json; charset=x"},
           {"Accept-Language": "de, en;q=0.5"}, {"Forwarded": "for=1.2.3.4"}, {"X-Forwarded-For": "1.2.3.4, 5.6.7.8"},
           {"Origin": "https://evil.example"}, {"X-HTTP-Method-Override": "DELETE"}, {"Prefer": "code=500"}]
GARBAGE = [b"", b"[]", b"{", b"null", b"\"x\"", b"{}" * 50, b"[" * 2000, b'{"a":' * 500, b"\xff\xfe", b'{"name":"\\ud800"}',
           b'{"name":"\\u0000"}', b'{"name":1e999}', b'{"name":"a","name":"b"}', b" " * 60000, b"\x00" * 100]
# Each is whole, so that the server has nothing to wait for.
RAW = [b"GET\r\n\r\n", b"GET / HTTP/1.1\r\n\r\n", b"\x16\x03\x01\x02\x00\r\n\r\n", b"GET /v1/session HTTP/9.9\r\nHost: a\r\n\r\n",
       b"POST /v1/session HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n", b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
       b"GET /%zz HTTP/1.1\r\nHost: a\r\n\r\n", b"GET /v1/\xc3\xa9 HTTP/1.1\r\nHost: a\r\n\r\n",
       b"POST /v1/session HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
       b"GET /v1/session HTTP/1.1\r\nHost: a\r\nCookie: " + b"a=b;" * 4000 + b"\r\n\r\n",
       b"OPTIONS * HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n", b"TRACE / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"]


class Wire:
    """One connection, opened again whenever the server closed it."""

    def __init__(self, address):
        self.address, self.socket, self.rest = address, None, b""

    def send(self, request: bytes):
        """The status of the answer and its head; 0 where the server closed without one."""
        for fresh in (self.socket is None, True):
            if fresh:
                self.close()
                self.socket = socket.create_connection(self.address, timeout=60)
            try:
                self.socket.sendall(request)
                return self.read(request)
            except (ConnectionError, EOFError):
                self.close()
                if fresh:
                    return 0, b""
        raise AssertionError("not reached")

    def read(self, request):
        while b"\r\n\r\n" not in self.rest:
            self.more()
        head, self.rest = self.rest.split(b"\r\n\r\n", 1)
        status = int(head[9:12])
        length = 0
        lower = head.lower()
        if (at := lower.find(b"\r\ncontent-length: ")) >= 0 and not request.startswith(b"HEAD") and status != 304:
            length = int(lower[at + 18:].split(b"\r\n", 1)[0])
        while len(self.rest) < length:
            self.more()
        body, self.rest = self.rest[:length], self.rest[length:]
        if b"\r\nconnection: close" in lower:
            self.close()
        return status, head + b"\r\n\r\n" + body

    def more(self):
        got = self.socket.recv(65536)
        if not got:
            raise EOFError
        self.rest += got

    def close(self):
        if self.socket is not None:
            self.socket.close()
        self.socket, self.rest = None, b""


class Fuzzer:
    def __init__(self, document, callers, chance):
        self.document, self.callers, self.chance = document, callers, chance

    def word(self):
        chance = self.chance
        if chance.random() < 0.7:
            return chance.choice(WORDS)
        return "".join(chr(chance.choice((chance.randrange(32, 127), chance.randrange(0, 0xD7FF)))) for _ in range(chance.randrange(12)))

    def value(self, schema, depth=0):
        """Mostly what the schema allows, now and then anything."""
        chance = self.chance
        schema = self.document.resolve(schema)
        if chance.random() < 0.08 or depth > 6:
            return chance.choice([None, True, 0, -1, 1e308, 10**30, "", [], {}, self.word(), [self.word()] * 3, {"a": {"b": []}}])
        if "enum" in schema:
            return chance.choice(schema["enum"])
        for many in ("oneOf", "anyOf", "allOf"):
            if many in schema:
                return self.value(chance.choice(schema[many]), depth + 1)
        kind = schema.get("type", "object")
        kind = chance.choice(kind) if isinstance(kind, list) else kind
        if kind == "object":
            made = {name: self.value(each, depth + 1) for name, each in schema.get("properties", {}).items()
                    if name in schema.get("required", ()) and chance.random() < 0.95 or chance.random() < 0.5}
            if chance.random() < 0.05:
                made[self.word()] = self.word()
            return made
        if kind == "array":
            return [self.value(schema.get("items", {}), depth + 1) for _ in range(chance.choice((0, 1, 2, 3, 101)))]
        if kind in ("integer", "number"):
            least, most = schema.get("minimum", 0), schema.get("maximum", 100)
            return chance.choice((least, most, least - 1, most + 1, chance.uniform(least, most), chance.randint(int(least), int(most))))
        return {"boolean": chance.random() < 0.5, "null": None}.get(kind, self.word())

    def text(self, schema):
        value = self.value(schema)
        return value if isinstance(value, str) else json.dumps(value)

    def request(self):
        """The bytes of one request, and who asks."""
        chance = self.chance
        if chance.random() < 0.01:
            return chance.choice(RAW), None
        operation = chance.choice(self.document.operations)
        while operation.id in SELDOM and chance.random() < 0.99:
            operation = chance.choice(self.document.operations)
        path, pairs = operation.path, []
        for parameter in operation.parameters:
            text = self.text(parameter["schema"])
            if parameter["in"] == "path":
                if parameter["name"] == "person" and chance.random() < 0.6:
                    text = "me"
                path = path.replace("{" + parameter["name"] + "}", urllib.parse.quote(text, safe="", errors="replace"))
            elif parameter.get("required") and chance.random() < 0.9 or chance.random() < 0.5:
                pairs.append((parameter["name"], text))
        if chance.random() < 0.05:
            pairs.append((self.word(), self.word()))
        if pairs:
            path += "?" + urllib.parse.urlencode(pairs, errors="replace")
        method = operation.method if chance.random() < 0.97 else chance.choice(["HEAD", "OPTIONS", "PUT", "PATCH", "FOO"])
        caller = chance.choice(self.callers)
        headers = {"Host": "127.0.0.1", **caller.headers(), **chance.choice(HEADERS)}
        body = b""
        if operation.body_schema and chance.random() < 0.97:
            body = chance.choice(GARBAGE) if chance.random() < 0.1 else json.dumps(self.value(operation.body_schema)).encode()
            headers.setdefault("Content-Type", operation.body_type)
        if body or method not in ("GET", "HEAD"):
            headers["Content-Length"] = str(len(body))
        head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        return f"{method} {path} HTTP/1.1\r\n{head}\r\n".encode("latin-1", "replace") + body, caller


SELDOM = {"log_out", "end_session", "remove_login", "erase_person", "revoke_key"}  # what ends callers; a hundredth as often


class Who:
    """A caller, and how the session begins anew when a call has ended it."""

    def __init__(self, caller, name=None):
        self.caller, self.name, self.times = caller, name, 0

    def come_back(self):
        if self.name is None or self.caller.get("/v1/sessions").status != 401:
            return
        self.times += 1
        self.caller.client = f"203.0.113.{self.times % 250}"
        answer = self.caller.post("/v1/session", {"name": self.name, "password": service.PASSWORD})
        if answer.status != 429:  # ten tries a minute at one name: later, then
            self.caller.take_session(answer)

    def headers(self):
        told = {"X-Forwarded-For": self.caller.client}
        if self.caller.key:
            told["Authorization"] = f"Bearer {self.caller.key}"
        if self.caller.cookie:
            told["Cookie"], told["X-CSRF-Token"] = f"renown_session={self.caller.cookie}", self.caller.csrf
        return told


class Fuzz(service.Case):
    def test_nonsense_never_brings_5xx(self):
        self.add_class("forum:hazel")
        (self.scratch / "backups").mkdir()
        server = self.serve("--requests-a-minute", "100000000", "--backups", str(self.scratch / "backups"),
                            *self.take_mail().arguments, public_url="https://renown.example", log_in=[HAZEL])
        operator = server.operator()
        server.wait_for_reasons(operator)
        people = [self.enrolled(server, operator, name) for name in PEOPLE]
        hazel = server.person(HAZEL)  # who has a finding to appeal against
        hazel.expect(204, "PUT", "/v1/password", {"new": service.PASSWORD})
        keys = [server.caller(scope, operator.make_key([scope], organisation="Bakers", purpose="fairs"), "192.0.2.220")
                for scope in ("lookup", "admin")]
        keys.append(server.caller("hers", people[0].make_key(["score:read", "ledger:read"]), "192.0.2.221"))
        anonymous = server.caller("anonymous", client="198.51.100.1")
        chance = random.Random(SEED)
        whole = [Who(operator, service.OPERATOR), *(Who(each, each.name) for each in (*people, hazel))]
        fuzzer = Fuzzer(service.Document.of(server), whole + [Who(each) for each in (*keys, anonymous)], chance)
        wire, counts, failures = Wire(server.address), {}, []
        self.addCleanup(wire.close)
        began = time.monotonic()
        for number in range(CALLS):
            request, who = fuzzer.request()
            status, answer = wire.send(request)
            counts[status] = counts.get(status, 0) + 1
            if status == 0 and who is not None or status >= 500 and status not in (501, 505):
                failures.append((number, request[:600], answer[:600]))
                if not server.is_alive():
                    break
            if number % 500 == 499:
                for each in whole:
                    each.come_back()
        seconds = time.monotonic() - began
        print(f"seed {SEED}: {sum(counts.values())} calls, {sum(counts.values()) / seconds:.0f} a second; "
              + ", ".join(f"{status}: {count}" for status, count in sorted(counts.items())))
        self.assertTrue(server.is_alive(), server.log_text()[-3000:])
        self.assertEqual(failures[:10], [], f"seed {SEED}; {len(failures)} in all")
        operator.expect(200, "GET", "/v1/admin/state")
        self.assertEqual(server.stop(), 0)

    def enrolled(self, server, operator, name):
        """Somebody who came by invitation, and can log in by a password."""
        token = operator.expect(201, "POST", "/v1/invitations", {"name": name}).json()["url"].rsplit("/", 1)[1]
        caller = server.caller(name, client="192.0.2.230")
        return caller.take_session(
            caller.post("/v1/enrolments", {"invitation": token, "name": name, "password": service.PASSWORD}))


if __name__ == "__main__":
    unittest.main(verbosity=2)
