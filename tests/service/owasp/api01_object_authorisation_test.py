"""API1:2023 Broken object level authorisation: another's number opens nothing."""

import unittest

import table


class ObjectAuthorisation(table.Table):
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
