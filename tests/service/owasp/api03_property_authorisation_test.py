"""API3:2023 Broken object property level authorisation: no member more than the caller may see or set."""

import unittest

import table


class PropertyAuthorisation(table.Table):
    def test_members_that_are_the_person_s_alone(self):
        for who in (self.anonymous, self.odell):
            person = who.expect(200, "GET", f"/v1/people/{self.marigold.person}").json()
            self.assertEqual(set(person) & {"basis", "inviter", "opted_out"}, set())
            self.assertTrue(all("source" not in account for account in person["accounts"]))
            card = who.expect(200, "GET", f"/v1/people/{self.marigold.person}/score").json()
            self.assertEqual(set(card) & {"missing", "stale", "hidden"}, set())

    def test_handles_of_engagers_are_the_person_s_alone(self):
        own = self.marigold.get("/v1/people/me/ledger?limit=200").json()["items"]
        engagers = {line["engager"] for line in own}
        self.assertTrue(engagers)
        for path in ("", "/score", "/influence", "/moments", "/networks", "/topics", "/subscores", "/history"):
            body = self.anonymous.get(f"/v1/people/{self.marigold.person}{path}").body.decode()
            self.assertEqual([engager for engager in engagers if f'"{engager}"' in body], [], path)

    def test_pseudonyms_differ_by_viewer(self):
        def peers(who):
            told = who.get(f"/v1/people/{self.marigold.person}/influence")
            return {peer["id"] for kind in ("influencers", "influenced") for peer in told.json()[kind]
                    if peer["person"] is None} if told.status == 200 else set()

        self.assertEqual(peers(self.odell) & peers(self.marigold), set())

    def test_a_role_cannot_be_taken_along(self):
        token = self.marigold.post("/v1/invitations", {}).json()["url"].rsplit("/", 1)[1]
        nell = self.server.caller("Nell", client="192.0.2.210")
        nell.take_session(nell.post("/v1/enrolments", {
            "invitation": token, "name": "Nell Ash", "password": "a long enough password", "role": "operator", "person": "1",
            "verified": True, "is_operator": True, "login": "1"}))
        self.assertEqual(nell.get("/v1/session").json()["role"], "person")
        nell.expect(403, "GET", "/v1/admin/state")

    def test_preferences_take_nothing_else(self):
        before = self.hazel.get("/v1/people/me").json()
        self.hazel.ask("PATCH", "/v1/people/me/preferences",
                       {"opted_out": True, "verified": True, "id": "1", "name": "Somebody", "basis": "community", "person": 1})
        self.assertEqual(self.hazel.get("/v1/people/me").json(), before)

    def test_a_person_s_key_holds_no_scope_of_operators(self):
        for scope in ("admin", "lookup", "people:search", "perks:write"):
            answer = self.odell.post("/v1/keys", {"name": "x", "scopes": ["score:read", scope], "organisation": "x", "purpose": "x"})
            self.assertIn(answer.status, (400, 403), answer)
        self.assertEqual(self.odell.get("/v1/keys").json()["items"], [])

    def test_secrets_are_told_once(self):
        made = self.hazel.expect(201, "POST", "/v1/keys", {"name": "k", "scopes": ["score:read"]}).json()
        invited = self.hazel.expect(201, "POST", "/v1/invitations", {}).json()
        for path in ("keys", "invitations", "sessions", "people/me/export"):
            body = self.hazel.get(f"/v1/{path}").body.decode()
            self.assertNotIn(made["key"], body)
            self.assertNotIn(invited["url"].rsplit("/", 1)[1], body)
            self.assertNotIn(self.hazel.cookie, body)


if __name__ == "__main__":
    unittest.main(verbosity=2)
