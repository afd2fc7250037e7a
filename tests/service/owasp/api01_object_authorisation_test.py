"""API1:2023 Broken object level authorisation: another's number opens nothing."""

import unittest

import table
from table import service


class ObjectAuthorisation(table.Table):
    def prepare(self):
        self.add_class("forum:hazel")
        self.mail = self.take_mail()
        self.hook = f"127.0.0.1:{service.free_port()}"
        return [*self.mail.arguments, "--allow-host", self.hook]

    def test_another_s_number_in_the_path(self):
        for path in ("ledger", "reasons", "changes", "preferences", "consents", "lookups", "export", "check"):
            self.odell.expect(404, "GET", f"/v1/people/{self.hazel.person}/{path}")

    def test_another_s_number_in_other_writings(self):
        """Numbers are read one way: what another reader would take for Hazel's is nobody's."""
        number = self.hazel.person
        for written in (f"0{number}", f"+{number}", f"%20{number}", f"{number}%20", f"{number}.0", f"{number}e0",
                        f"0x{int(number):x}", f"{number}%00", f"{number},{self.odell.person}", "ME", "%6De%00"):
            self.odell.expect(404, "GET", f"/v1/people/{written}/ledger")

    def test_writes_for_another(self):
        base = f"/v1/people/{self.hazel.person}"
        self.odell.expect(404, "PATCH", f"{base}/preferences", {"is_public": True})
        self.odell.expect(404, "POST", f"{base}/opt-out", {"opted_out": True})
        self.odell.expect(404, "POST", f"{base}/consents", {"asker": "Bakers", "purpose": "event"})
        self.odell.expect(404, "DELETE", base, {"name": table.HAZEL})
        self.odell.expect(404, "DELETE", f"{base}/accounts/forum/hazel")
        self.assertFalse(self.hazel.get("/v1/people/me/preferences").json()["is_public"])

    def test_an_account_of_another_under_one_s_own_number(self):
        self.odell.expect(404, "DELETE", "/v1/people/me/accounts/forum/hazel")
        self.odell.expect(404, "DELETE", "/v1/people/me/accounts/forum/hazel/source")
        self.assertEqual(self.hazel.get("/v1/people/me").json()["accounts"][0]["account"], "hazel")

    def test_a_session_or_key_of_another_by_its_number(self):
        key = self.hazel.expect(201, "POST", "/v1/keys", {"name": "k", "scopes": ["score:read"]}).json()
        for session in self.hazel.get("/v1/sessions").json()["items"]:
            self.odell.ask("DELETE", f"/v1/sessions/{session['id']}")
        self.odell.ask("DELETE", f"/v1/keys/{key['id']}")
        self.hazel.expect(200, "GET", "/v1/sessions")
        self.server.caller("hers", key["key"]).expect(200, "GET", "/v1/people/me/score")

    def test_the_operator_reads_no_ledger(self):
        for path in ("ledger", "export", "consents", "lookups", "preferences", "reasons"):
            self.operator.expect(404, "GET", f"/v1/people/{self.hazel.person}/{path}")

    def test_a_finding_and_an_appeal_of_another(self):
        appeals = {"hers": f"/v1/people/{self.hazel.person}/appeals", "own": "/v1/people/me/appeals"}
        finding, = self.hazel.expect(200, "GET", "/v1/people/me/findings").json()["items"]
        made = self.hazel.expect(201, "POST", appeals["own"], {"finding": finding["id"], "text": "We read."}).json()
        key = self.server.caller("hers", self.hazel.make_key(["score:read", "ledger:read"]))
        for who in (self.odell, self.marigold, self.operator):
            who.expect(404, "GET", f"/v1/people/{self.hazel.person}/findings")
            for path in appeals.values():
                who.expect(404, "POST", path, {"finding": finding["id"], "text": "So do I."})
                who.expect(404, "DELETE", f"{path}/{made['id']}")
        key.expect(403, "DELETE", f"{appeals['own']}/{made['id']}")
        self.assertEqual(self.odell.get("/v1/people/me/findings").json(), {"items": []})
        kept, = self.hazel.get("/v1/people/me/findings").json()["items"][0]["appeals"]
        self.assertEqual(kept, made)

    def test_an_address_of_another(self):
        """By its id, by the token of its letter, and by its way out."""
        self.hazel.expect(202, "POST", "/v1/people/me/addresses", {"address": "hazel@example.com", "findable": True})
        token = service.mail_sink.token_in(self.mail.wait("hazel@example.com"), "/confirm-address/")
        for who in (self.odell, self.operator):
            who.expect(404, "POST", "/v1/people/me/addresses/confirm", {"token": token})
            who.expect(404, "POST", f"/v1/people/{self.hazel.person}/addresses/confirm", {"token": token})
        self.hazel.expect(204, "POST", "/v1/people/me/addresses/confirm", {"token": token})
        address, = self.hazel.expect(200, "GET", "/v1/people/me/addresses").json()["items"]
        for base in ("/v1/people/me", f"/v1/people/{self.hazel.person}"):
            self.odell.expect(404, "PATCH", f"{base}/addresses/{address['id']}", {"findable": False})
            self.odell.expect(404, "DELETE", f"{base}/addresses/{address['id']}")
        self.odell.expect(404, "GET", f"/v1/people/{self.hazel.person}/addresses")
        for way_out in (token, address["id"], "hazel@example.com", "1", "A" * 43):
            self.odell.ask("POST", f"/unsubscribe/{way_out}", b"List-Unsubscribe=One-Click",
                           headers={"Content-Type": "application/x-www-form-urlencoded"})
        self.assertEqual(self.hazel.get("/v1/people/me/addresses").json()["items"], [address])

    def test_letters_of_another(self):
        self.confirmed(self.hazel, "hazel@example.com")
        for who in (self.odell, self.operator):
            who.expect(404, "POST", f"/v1/people/{self.hazel.person}/digest")
        self.odell.expect(400, "POST", "/v1/people/me/digest")
        self.hazel.expect(202, "POST", "/v1/people/me/digest")
        self.mail.wait("hazel@example.com", 2)
        self.assertEqual(len(self.mail.letters), 2)

    def test_a_webhook_of_another(self):
        number = self.hazel.expect(201, "POST", "/v1/webhooks", {"url": f"http://{self.hook}/"}).json()["id"]
        for method, path in (("DELETE", ""), ("POST", "/enable"), ("POST", "/test"), ("GET", "/deliveries")):
            for who in (self.odell, self.marigold):
                told = who.ask(method, f"/v1/webhooks/{number}{path}")
                self.assertTrue(told.status == 404 or told.json()["items"] == [], (path, told))
        self.assertEqual([each["id"] for each in self.hazel.get("/v1/webhooks").json()["items"]], [number])
        self.assertEqual(self.hazel.get(f"/v1/webhooks/{number}/deliveries").json()["items"], [])

    def test_another_s_cursor(self):
        """A cursor is a place, not a permission."""
        page = self.marigold.get("/v1/people/me/ledger?limit=1").json()
        told = self.odell.get(f"/v1/people/me/ledger?limit=1&cursor={page['next']}")
        self.assertIn(told.status, (200, 400))
        if told.status == 200:
            own = {line["id"] for line in self.odell.get("/v1/people/me/ledger?limit=200").json()["items"]}
            self.assertLessEqual({line["id"] for line in told.json()["items"]}, own)


if __name__ == "__main__":
    unittest.main(verbosity=2)
