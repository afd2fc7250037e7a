"""Every route of the document, asked by every kind of caller.

What is expected is worked out from the document's scopes and from who owns the path's person: a new route is tested as
soon as it is described.
"""

import unittest

import service

MOST = "100000000"  # requests a minute: not what is tested here

HAZEL, ODELL = "Hazel Fenn", "Odell Marsh"  # neither shows anything to anybody
PERSON_SCOPES = {"session", "score:read", "ledger:read"}
OPERATOR_SCOPES = PERSON_SCOPES | {"people:search", "perks:write", "admin"}
KEY_SCOPES = ["score:read", "ledger:read", "people:search", "lookup", "perks:write", "admin"]

# What under "me" is the caller's own, and answers as such.
ALSO_ONE_S_OWN = {"change_preferences", "opt_out", "give_consent", "add_address", "ask_what_if"}

# What answers 401 or 403 to a caller who got past the guard, and why.
OWN_REFUSALS = {
    ("log_in", 401),  # the name or link is none
    ("change_password", 403),  # the old password is another one
    ("get_metrics", 403),  # for this machine and operators
}


class Expected:
    """A caller with what the document's scopes open to them."""

    def __init__(self, caller, scopes, owns=None):
        self.caller, self.scopes, self.owns = caller, scopes, owns

    name = property(lambda self: self.caller.name)

    def is_admitted(self, operation):
        return not operation.scopes or bool(operation.scopes & self.scopes)


class Authorisation(service.Case):
    def setUp(self):
        super().setUp()
        self.add_class("forum:hazel")
        self.renown("people", "pardon", "forum:iris", "--why", "She reads to her neighbours.")
        self.mail, hook = self.take_mail(), f"127.0.0.1:{service.free_port()}"
        self.server = self.serve("--requests-a-minute", MOST, "--allow-host", hook, *self.mail.arguments, log_in=[HAZEL, ODELL])
        self.hook = f"http://{hook}/"
        self.operator = self.server.operator()
        self.hazel, self.odell = self.server.person(HAZEL), self.server.person(ODELL)
        self.server.wait_for_reasons(self.operator)
        self.document = service.Document.of(self.server)
        self.things = self.make_things()
        self.callers = self.make_callers()

    def make_things(self):
        """What is Hazel's, by the names of path parameters."""
        sessions = self.hazel.expect(200, "GET", "/v1/sessions").json()["items"]
        made_key = self.hazel.expect(201, "POST", "/v1/keys", {"name": "hers", "scopes": ["score:read"]}).json()
        invitation = self.hazel.expect(201, "POST", "/v1/invitations", {"name": "a friend"}).json()
        consent = self.hazel.expect(201, "POST", "/v1/people/me/consents", {"asker": "Bakers", "purpose": "event"}).json()
        finding, = self.hazel.expect(200, "GET", "/v1/people/me/findings").json()["items"]
        appeal = self.hazel.expect(201, "POST", "/v1/people/me/appeals", {"finding": finding["id"], "text": "We read."}).json()
        pardon, = self.operator.expect(200, "GET", "/v1/admin/pardons").json()["items"]
        self.hazel.expect(202, "POST", "/v1/people/me/addresses", {"address": "hazel@example.com", "findable": True})
        self.token = service.mail_sink.token_in(self.mail.wait("hazel@example.com"), "/confirm-address/")
        address, = self.hazel.expect(200, "GET", "/v1/people/me/addresses").json()["items"]
        hook = self.hazel.expect(201, "POST", "/v1/webhooks", {"url": self.hook}).json()
        browser = self.hazel.expect(201, "POST", "/v1/push", {"endpoint": self.hook, "keys": service.BROWSER_KEYS}).json()
        return {"person": self.hazel.person, "session": sessions[0]["id"], "key": made_key["id"],
                "invitation": invitation["id"], "consent": consent["id"], "login": self.hazel.login, "network": "forum",
                "account": "hazel", "token": "no-token", "source": "none", "finding": finding["id"], "appeal": appeal["id"],
                "pardon": pardon["id"], "address": address["id"], "webhook": hook["id"], "subscription": browser["id"]}

    def make_callers(self):
        callers = [
            Expected(self.server.caller("anonymous", client="198.51.100.1"), set()),
            Expected(self.server.caller("a key that is none", "rnk_" + "A" * 43, "198.51.100.2"), set()),
            Expected(self.odell, PERSON_SCOPES, self.odell.person),
            Expected(self.operator, OPERATOR_SCOPES),
        ]
        for scope in ("score:read", "ledger:read"):
            for who in (self.hazel, self.odell):
                key = self.server.caller(f"{who.name}'s key for {scope}", who.make_key([scope]))
                callers.append(Expected(key, {scope}, who.person))
        for scope in KEY_SCOPES:
            more = {"organisation": "Bakers", "purpose": "fairs"} if scope in ("lookup", "people:search") else {}
            key = self.server.caller(f"operator's key for {scope}", self.operator.make_key([scope], **more))
            callers.append(Expected(key, {scope}))
        return callers

    def state_of_hazel(self):
        """All that a stranger could have changed."""
        told = {}
        for path in ("people/me", "people/me/preferences", "people/me/consents", "people/me/findings", "people/me/addresses",
                     "keys", "sessions", "invitations", "webhooks", "push"):
            told[path] = self.hazel.expect(200, "GET", f"/v1/{path}").json()
        told["pardons"] = self.operator.expect(200, "GET", "/v1/admin/pardons").json()
        for item in told["sessions"]["items"] + told["keys"]["items"]:
            item.pop("last_used", None)
        return told

    def ask(self, who, operation, **values):
        body = b"[]" if operation.body_schema else None  # no body of any route: nothing is changed by it
        headers = {"Content-Type": operation.body_type} if body else None
        return who.caller.ask(operation.method, operation.target({**self.things, **values}), body, headers=headers)

    def test_the_guard_keeps_to_the_scopes_of_the_document(self):
        asked = 0
        for who in self.callers:
            for operation in self.document.operations:
                if who.caller.cookie and operation.id == "log_out":
                    continue  # below
                with self.subTest(caller=who.name, operation=str(operation)):
                    strange = {name: service.NOBODY for name in self.things if name not in ("network", "account")}
                    answer = self.ask(who, operation, **(strange if not operation.is_read else {}))
                    asked += 1
                    self.check(who, operation, answer)
        self.assertGreater(asked, 500)
        print(f"{asked} calls: {len(self.document.operations)} operations, {len(self.callers)} callers")

    def check(self, who, operation, answer):
        if operation.path.startswith(("/1/", "/v2/")):  # Klout's API: keys alone, refused in its words
            self.assertEqual(answer.headers["Content-Type"], "application/json")
            if " key for " not in who.name or not who.is_admitted(operation):
                self.assertEqual(answer.status, 403, answer)
            return None
        if who.name == "a key that is none":
            return self.assertEqual(answer.status, 401, answer)
        if not who.is_admitted(operation):
            is_nobody = not who.scopes
            self.assertEqual(answer.status, 401 if is_nobody else 403, answer)
            return self.assertEqual(answer.headers["Content-Type"], "application/problem+json")
        self.assertLess(answer.status, 500, answer)
        if (operation.id, answer.status) not in OWN_REFUSALS:
            self.assertNotIn(answer.status, (401, 403), answer)

    def test_to_strangers_a_person_is_as_if_they_were_not_there(self):
        """Hazel shows nothing: on her paths others are answered as on those of nobody, byte for byte, also for writes."""
        before, asked = self.state_of_hazel(), 0
        for who in self.callers:
            for operation in self.document.operations:
                if not operation.is_about_a_person or not who.is_admitted(operation):
                    continue
                may_read_own = who.owns == self.hazel.person
                sees = who.scopes & {"admin"} and operation.is_read and not operation.scopes
                if may_read_own or sees:
                    continue
                for body in self.bodies(operation):
                    with self.subTest(caller=who.name, operation=str(operation), body=body):
                        headers = {"Content-Type": operation.body_type} if body else None
                        hers, nobodys = (
                            who.caller.ask(operation.method, operation.target({**self.things, "person": person}), body,
                                           headers=headers) for person in (self.hazel.person, service.NOBODY))
                        asked += 1
                        self.assertEqual((hers.status, hers.body), (nobodys.status, nobodys.body))
                        if not operation.is_read or operation.scopes:
                            self.assertEqual(hers.status, 404, hers)
        self.assertEqual(self.state_of_hazel(), before)
        self.assertGreater(asked, 50)
        print(f"{asked} pairs of calls")

    def bodies(self, operation):
        if not operation.body_schema:
            return [None]
        return [{"name": HAZEL}, {"opted_out": True, "is_public": True}, {"without": {"networks": ["forum"]}},
                {"network": "forum", "account": "odell"}, {"asker": "Bakers", "purpose": "event"},
                {"finding": self.things["finding"], "text": "We are a class."}, {"token": self.token},
                {"address": "odell@example.com"}, {"letters": False, "findable": False}]

    def test_strangers_cannot_change_what_is_hers_by_its_number(self):
        """What is hers, under her own number and under "me": whatever the answer, it is there afterwards as it was."""
        before, asked = self.state_of_hazel(), 0
        for operation in self.document.operations:
            is_hers = any("{" + name + "}" in operation.path for name in self.things)
            if operation.is_read or not is_hers or operation.path.startswith("/v1/admin/"):
                continue
            for person in (self.hazel.person, "me"):
                for body in self.bodies(operation):
                    if operation.id in ALSO_ONE_S_OWN and person == "me":
                        continue
                    answer = self.odell.ask(operation.method, operation.target({**self.things, "person": person}), body)
                    asked += 1
                    self.assertIn(answer.status, (204, 400, 404), (operation, person, body, answer))
        self.assertEqual(self.state_of_hazel(), before)
        self.assertGreater(asked, 100)
        print(f"{asked} calls")

    def test_a_key_without_the_scope_sees_its_owner_as_a_stranger_would(self):
        key = self.server.caller("ledger alone", self.hazel.make_key(["ledger:read"]))
        for path in ("score", "history", "subscores", "topics", "networks", "influence", "moments"):
            hers = key.get(f"/v1/people/{self.hazel.person}/{path}")
            nobodys = key.get(f"/v1/people/{service.NOBODY}/{path}")
            self.assertEqual((hers.status, hers.body), (nobodys.status, nobodys.body), path)

    def test_every_change_by_session_needs_the_page_s_token(self):
        before, asked = self.state_of_hazel(), 0
        other = self.odell.csrf
        for operation in self.document.operations:
            if operation.is_read:
                continue
            for headers in ({}, {"X-CSRF-Token": ""}, {"X-CSRF-Token": other}, {"X-CSRF-Token": other.upper()}):
                with self.subTest(operation=str(operation), headers=headers):
                    answer = self.hazel.ask(operation.method, operation.target(self.things), csrf=False, headers=headers)
                    self.assertEqual(answer.status, 403, answer)
                    self.assertEqual(answer.json()["type"], "/problems/csrf")
                    asked += 1
        self.assertEqual(self.state_of_hazel(), before)
        self.assertGreater(asked, 100)

    def test_ended_sessions_keys_and_log_ins_open_nothing(self):
        gone = self.server.caller("revoked", self.hazel.make_key(["score:read"]))
        gone.expect(200, "GET", "/v1/people/me/score")
        newest = max(self.hazel.get("/v1/keys").json()["items"], key=lambda key: int(key["id"]))
        self.hazel.expect(204, "DELETE", f"/v1/keys/{newest['id']}")
        gone.expect(401, "GET", "/v1/people/me/score")
        kept = self.server.caller("hazel's", self.hazel.make_key(["score:read"]))
        self.operator.expect(204, "DELETE", f"/v1/admin/logins/{self.hazel.login}")
        kept.expect(401, "GET", "/v1/people/me/score")
        self.hazel.expect(401, "GET", "/v1/people/me/preferences")
        self.odell.expect(204, "DELETE", "/v1/session")
        self.odell.expect(401, "GET", "/v1/sessions")


if __name__ == "__main__":
    unittest.main(verbosity=2)
