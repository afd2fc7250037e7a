"""API5:2023 Broken function level authorisation: what operators do is operators' alone."""

import unittest

import table
from table import service


class FunctionAuthorisation(table.Table):
    def test_every_operation_of_operators_is_closed_to_people(self):
        document = service.Document.of(self.server)
        operations = [each for each in document.operations if "admin" in each.scopes]
        self.assertGreater(len(operations), 10)
        for operation in operations:
            self.odell.expect(403, operation.method, operation.target({"person": self.odell.person}))
            self.anonymous.expect(401, operation.method, operation.target({"person": self.odell.person}))

    def test_methods_that_are_not_there(self):
        for method in ("PUT", "PATCH", "DELETE", "POST"):
            self.assertEqual(self.odell.ask(method, "/v1/admin/state").status, 405)
        self.assertEqual(self.odell.ask("GET", "/v1/admin/state", headers={"X-HTTP-Method-Override": "POST"}).status, 403)

    def test_head_is_guarded_as_get_is(self):
        for path in ("/v1/admin/state", "/v1/admin/people", "/v1/admin/audit"):
            self.odell.expect(403, "HEAD", path)
            self.anonymous.expect(401, "HEAD", path)

    def test_other_writings_of_the_path(self):
        for path in ("/v1/admin/state/", "//v1/admin/state", "/v1//admin/state", "/v1/./admin/state", "/v1/board/../admin/state",
                     "/V1/ADMIN/STATE", "/v1/admin%2Fstate", "/v1/%61dmin/state", "/v1/admin/state%00", "/v1/admin/state;x=1",
                     "/v1/admin/state?x=1"):
            answer = self.odell.get(path)
            self.assertIn(answer.status, (400, 403, 404), (path, answer))

    def test_a_key_has_no_more_than_its_owner_at_the_moment(self):
        made = self.operator.expect(201, "POST", "/v1/admin/logins", {"name": "Second", "role": "operator"}).json()
        second = self.server.caller("second", client="192.0.2.250")
        second.take_session(second.post("/v1/session", {"link": made["url"].rsplit("/", 1)[1]}))
        key = self.server.caller("second's", second.make_key(["admin"]))
        key.expect(200, "GET", "/v1/admin/state")
        self.operator.expect(204, "DELETE", f"/v1/admin/logins/{made['id']}")
        key.expect(401, "GET", "/v1/admin/state")

    def test_who_appeals_does_not_judge(self):
        """Nor does any key of theirs, and a pardon is nobody's to give but an operator's."""
        for scope in ("score:read", "ledger:read"):
            key = self.server.caller(scope, self.hazel.make_key([scope]))
            for who in (self.hazel, key):
                who.expect(403, "POST", "/v1/admin/appeals/1/answer", {"verdict": "pardon", "answer": "Mine."})
                who.expect(403, "POST", "/v1/admin/findings/1/pardon", {"answer": "Mine."})
                who.expect(403, "POST", "/v1/admin/pardons/1/withdraw", {"answer": "Mine."})
                who.expect(403, "GET", "/v1/admin/findings")
                who.expect(403, "GET", "/v1/admin/pardons")

    def test_backups_are_no_business_of_others(self):
        keys = [self.server.caller(scope, self.operator.make_key([scope], organisation="Bakers", purpose="fairs"))
                for scope in ("score:read", "ledger:read", "people:search", "lookup", "perks:write")]
        for who in (self.hazel, *keys):
            for method in ("GET", "HEAD", "POST"):
                who.expect(403, method, "/v1/admin/backups")
        for path in ("/v1/admin/backups/1", "/v1/admin/backups/renown-1.tar.zst", "/renown-1.tar.zst",
                     "/v1/admin/backups/..%2Fservice.sqlite"):
            for who in (self.operator, self.odell, self.anonymous):
                self.assertIn(who.get(path).status, (400, 403, 404), path)

    def test_the_last_operator_stays(self):
        self.operator.expect(400, "DELETE", f"/v1/admin/logins/{self.operator.login}")
        self.operator.expect(200, "GET", "/v1/admin/state")

    def test_metrics_are_for_this_machine_and_operators(self):
        self.anonymous.expect(403, "GET", "/metrics")
        self.odell.expect(403, "GET", "/metrics")
        self.operator.expect(200, "GET", "/metrics")
        self.server.caller(client="127.0.0.1, 198.51.100.9").expect(403, "GET", "/metrics")


if __name__ == "__main__":
    unittest.main(verbosity=2)
