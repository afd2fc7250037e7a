"""API4:2023 Unrestricted resource consumption: everything has a most."""

import socket
import unittest

import table


class ResourceConsumption(table.Table):
    arguments = ["--requests-a-minute", "600"]

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

    def test_invitations_and_keys_have_a_most(self):
        for path, body in (("/v1/invitations", {}), ("/v1/keys", {"name": "k", "scopes": ["score:read"]})):
            statuses = [self.hazel.post(path, body).status for _ in range(110)]
            self.assertIn(400, statuses, path)


if __name__ == "__main__":
    unittest.main(verbosity=2)
