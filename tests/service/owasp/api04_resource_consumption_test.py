"""API4:2023 Unrestricted resource consumption: everything has a most."""

import socket
import unittest

import table
from table import service


class ResourceConsumption(table.Table):
    arguments = ["--requests-a-minute", "600"]

    def prepare(self):
        self.add_class("forum:hazel")
        self.mail = self.take_mail()
        self.hook = f"127.0.0.1:{service.free_port()}"
        return [*self.mail.arguments, "--allow-host", self.hook]

    def test_requests_of_one_caller_are_limited_and_of_others_not(self):
        spent = self.server.caller(client="192.0.2.240")
        statuses = [spent.get("/v1/setup").status for _ in range(1000)]
        self.assertIn(429, statuses)
        refused = next(each for each in (spent.get("/v1/setup") for _ in range(50)) if each.status == 429)
        self.assertGreaterEqual(int(refused.headers["Retry-After"]), 1)
        self.server.caller(client="192.0.2.241").expect(200, "GET", "/v1/setup")

    def test_another_key_is_no_other_caller_s_allowance(self):
        """Keys that are none count for the address: inventing them brings nothing."""
        statuses = [self.server.caller(key=f"rnk_{i:043}", client="192.0.2.242").get("/v1/setup").status for i in range(900)]
        self.assertIn(429, statuses)

    def test_large_bodies_are_refused_before_they_are_read(self):
        with socket.create_connection(self.server.address, timeout=20) as wire:
            wire.sendall(b"POST /v1/session HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                         b"Content-Length: 99999999999\r\n\r\n")
            self.assertIn(b" 413 ", wire.recv(4096).split(b"\r\n")[0])

    def test_bodies_where_none_belongs(self):
        self.assertEqual(self.operator.ask("POST", "/v1/admin/runs", b"{}" * 10).status, 413)

    def test_pages_have_a_most(self):
        for limit in ("0", "-1", "1000000", "1e9", "x"):
            self.marigold.expect(400, "GET", f"/v1/people/me/ledger?limit={limit}")
        for days in ("0", "-5", "99999999"):
            self.marigold.expect(400, "GET", f"/v1/people/me/history?days={days}")

    def test_lists_have_a_most(self):
        self.shop.expect(400, "POST", "/v1/lookups", {"purpose": "research", "ids": ["forum:x"] * 101})
        self.odell.expect(400, "GET", "/v1/compare?with=" + ",".join(map(str, range(1, 100))))
        self.assertEqual(self.anonymous.get("/v1/invitations/open/" + "a" * 3000).status, 400)

    def test_deep_and_odd_json(self):
        for body in (b"[" * 4000, b'{"name":' * 800, b'{"name":"' + b"x" * 3000 + b'","password":"y"}', b"\xff" * 100):
            self.assertIn(self.anonymous.post("/v1/session", body).status, (400, 413, 429))

    def test_texts_of_appeals_and_answers_have_a_most(self):
        finding, = self.hazel.expect(200, "GET", "/v1/people/me/findings").json()["items"]
        appeals = "/v1/people/me/appeals"
        for text, status in (("x" * 4001, 400), ("\u00e9" * 2001, 400), ("x" * 40_000, 413), ("x" * 4000, 201)):
            made = self.hazel.expect(status, "POST", appeals, {"finding": finding["id"], "text": text})
        self.hazel.expect(400, "POST", appeals, {"finding": finding["id"], "text": "and another"})
        answer = f"/v1/admin/appeals/{made.json()['id']}/answer"
        for text, status in (("x" * 4001, 400), ("x" * 40_000, 413)):
            self.operator.expect(status, "POST", answer, {"verdict": "uphold", "answer": text})
        self.assertEqual(self.hazel.get("/v1/people/me/findings").json()["items"][0]["appeals"][0]["state"], "open")

    def test_appeals_have_a_most(self):
        finding, = self.hazel.expect(200, "GET", "/v1/people/me/findings").json()["items"]
        statuses = []
        for _ in range(12):
            made = self.hazel.post("/v1/people/me/appeals", {"finding": finding["id"], "text": "We read."})
            statuses.append(made.status)
            if made.status == 201:
                self.hazel.expect(204, "DELETE", f"/v1/people/me/appeals/{made.json()['id']}")
        self.assertEqual(statuses, [201] * 10 + [400] * 2)

    def test_letters_and_addresses_have_a_most(self):
        """Whatever is asked, five letters a day are what one person brings about."""
        statuses = [self.hazel.post("/v1/people/me/addresses", {"address": f"hazel{i}@example.com"}).status for i in range(8)]
        self.assertEqual(statuses[:5], [202] * 5)
        self.assertTrue(set(statuses[5:]) <= {400, 429}, statuses)
        self.mail.wait("hazel4@example.com")
        for address in (f"{'h' * 300}@example.com", "h@" + "e" * 300, "h" * 5000):
            self.assertIn(self.odell.post("/v1/people/me/addresses", {"address": address}).status, (400, 413))
        self.assertEqual(len(self.mail.letters), 5)

    def test_webhooks_and_browsers_have_a_most(self):
        url = f"http://{self.hook}/"
        self.assertEqual([self.hazel.post("/v1/webhooks", {"url": url}).status for _ in range(12)], [201] * 10 + [400] * 2)
        for _ in range(25):
            self.hazel.expect(201, "POST", "/v1/push", {"endpoint": url, "keys": service.BROWSER_KEYS})
        self.assertLessEqual(len(self.hazel.get("/v1/push").json()["items"]), 20)
        self.hazel.expect(400, "POST", "/v1/webhooks", {"url": url + "x" * 2000})

    def test_invitations_and_keys_have_a_most(self):
        for path, body in (("/v1/invitations", {}), ("/v1/keys", {"name": "k", "scopes": ["score:read"]})):
            statuses = [self.hazel.post(path, body).status for _ in range(110)]
            self.assertIn(400, statuses, path)


if __name__ == "__main__":
    unittest.main(verbosity=2)
