"""API3:2023 Broken object property level authorisation: no member more than the caller may see or set."""

import hashlib
import unittest

import table

HAZEL_SHA256 = hashlib.sha256(b"hazel@example.com").hexdigest()


class PropertyAuthorisation(table.Table):
    def prepare(self):
        self.add_class("forum:hazel")
        self.mail = self.take_mail()
        (self.scratch / "backups").mkdir()
        return [*self.mail.arguments, "--backups", str(self.scratch / "backups")]

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

    def test_an_appeal_takes_no_verdict_along(self):
        finding, = self.hazel.expect(200, "GET", "/v1/people/me/findings").json()["items"]
        made = self.hazel.expect(201, "POST", "/v1/people/me/appeals", {
            "finding": finding["id"], "text": "We read.", "state": "pardoned", "answer": "Granted.", "pardon": 1, "id": "77",
            "person": self.odell.person, "made": "2001-01-01T00:00:00Z"}).json()
        self.assertEqual((made["state"], made["answer"]), ("open", None))
        self.assertNotEqual(made["id"], "77")
        self.assertGreater(made["made"], "2026")
        waiting = self.operator.expect(200, "GET", "/v1/admin/findings").json()["items"][0]["appeals"]
        self.assertEqual([each["person"] for each in waiting], [self.hazel.person])
        self.assertEqual(self.operator.get("/v1/admin/pardons").json()["items"], [])

    def test_a_finding_names_nobody_else(self):
        finding, = self.hazel.expect(200, "GET", "/v1/people/me/findings").json()["items"]
        self.assertEqual(finding["engagers"], 13)
        self.assertEqual([each["account"] for each in finding["accounts"]], ["forum:hazel"])
        body = self.hazel.get("/v1/people/me/findings").body.decode()
        for other in ("pupil", "author"):
            self.assertNotIn(other, body)

    def test_an_address_is_not_confirmed_by_saying_so(self):
        self.hazel.expect(202, "POST", "/v1/people/me/addresses", {
            "address": "hazel@example.com", "state": "confirmed", "person": self.odell.person, "id": "mine",
            "expires": "2099-01-01T00:00:00Z"})
        address, = self.hazel.get("/v1/people/me/addresses").json()["items"]
        self.assertEqual(address["state"], "waiting")
        self.hazel.expect(400, "PATCH", f"/v1/people/me/addresses/{address['id']}", {"state": "confirmed", "letters": True})
        self.assertEqual(self.hazel.get("/v1/people/me/addresses").json()["items"], [address])
        self.assertEqual(self.odell.get("/v1/people/me/addresses").json()["items"], [])

    def test_addresses_are_the_person_s_alone(self):
        """Neither operators nor who finds her by it read an address; nor does the id of it tell."""
        self.confirmed(self.hazel, "hazel@example.com", findable=True)
        self.hazel.expect(201, "POST", "/v1/people/me/consents", {"purpose": "research"})
        told = [self.operator.get(f"/v1/admin/{path}") for path in ("people", "logins", "audit", "state", "findings")]
        told.append(self.shop.get(f"/v1/lookup?purpose=research&email_sha256={HAZEL_SHA256}"))
        self.assertEqual(told[-1].json()["outcome"], "score")
        for answer in told:
            self.assertEqual(answer.status, 200, answer)
            self.assertNotIn(b"@example.com", answer.body)
        id_of = self.hazel.get("/v1/people/me/addresses").json()["items"][0]["id"]
        self.assertNotIn(id_of.lower(), (HAZEL_SHA256, HAZEL_SHA256[:len(id_of)]))

    def test_backups_are_named_without_their_folder(self):
        answer = self.operator.expect(200, "GET", "/v1/admin/backups")
        self.assertTrue(answer.json()["is_on"])
        self.assertNotIn(str(self.scratch), answer.body.decode())

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
