"""API9:2023 Improper inventory management: what is served is described, and nothing else is."""

import re
import unittest

import table
from table import service


class Inventory(table.Table):
    server_is = {"public_url": "https://renown.example"}  # with it comes the actor

    def setUp(self):
        super().setUp()
        self.document = service.Document.of(self.server)

    def test_nothing_beside_the_document(self):
        for path in ("/v0/session", "/v3/session", "/api/v1/session", "/v1", "/v1/", "/v1/admin", "/v1/debug", "/debug/pprof",
                     "/actuator/health", "/swagger.json", "/api-docs", "/graphql", "/console", "/server-status", "/v1/users",
                     "/v1/people", "/v1/internal/state", "/test", "/v1/sessions/all", "/backup.zip"):
            answer = self.operator.get(path)
            self.assertIn(answer.status, (404, 405), path)

    def test_what_paths_take_is_what_the_document_says(self):
        by_path = {}
        for operation in self.document.operations:
            by_path.setdefault(operation.path, set()).add(operation.method)
        for path, methods in by_path.items():
            target = re.sub(r"\{\w+\}", "1", path)
            allowed = self.anonymous.ask("OPTIONS", target).headers["Allow"]
            self.assertEqual({each.strip() for each in allowed.split(",")} - {"HEAD", "OPTIONS"}, methods, path)

    def test_what_is_for_other_servers_names_nobody_here(self):
        """The actor is the instance's: of people there is no document and no WebFinger."""
        actor = self.anonymous.expect(200, "GET", "/actor")
        self.assertIn("/actor", actor.json()["id"])
        self.assertNotIn("PRIVATE", actor.body.decode())
        self.anonymous.expect(200, "GET", "/.well-known/webfinger?resource=https%3A%2F%2Frenown.example%2Factor")
        for resource in ("acct:hazel@renown.example", "acct:Hazel%20Fenn@renown.example", "forum:hazel", "acct:goldie@renown.example",
                         "https://renown.example/p/1", "mailto:hazel@example.com", "*"):
            quoted = service.urllib.parse.quote(resource, safe="")
            self.anonymous.expect(404, "GET", f"/.well-known/webfinger?resource={quoted}")
        for path in ("/users/hazel", "/@hazel", "/actor/inbox", "/inbox", "/.well-known/nodeinfo", "/.well-known/host-meta"):
            self.assertIn(self.anonymous.ask("POST", path, b"{}").status, (404, 405), path)

    def test_unknown_parameters_are_refused(self):
        for operation in self.document.operations:
            if operation.is_read and not operation.scopes:
                target = operation.target({"person": self.marigold.person})
                target += ("&" if "?" in target else "?") + "debug=true"
                self.assertIn(self.anonymous.get(target).status, (400, 403), target)

    def test_a_parameter_given_twice_is_refused(self):
        self.marigold.expect(400, "GET", "/v1/people/me/history?days=1&days=2")
        self.shop.expect(400, "GET", "/v1/lookup?purpose=research&purpose=credit&network=forum&account=x")

    def test_every_operation_is_described_whole(self):
        ids = [operation.id for operation in self.document.operations]
        self.assertEqual(len(ids), len(set(ids)))
        for path, item in self.document.described["paths"].items():
            for method, operation in item.items():
                self.assertTrue(operation["summary"] and operation["tags"] and operation["responses"], (method, path))

    def test_every_changing_operation_is_closed_or_named_here(self):
        """Who adds an open write has to say so."""
        open_writes = {each.id for each in self.document.operations if not each.is_read and not each.scopes}
        known = {"log_in", "set_up", "enrol"}
        known.add("unsubscribe_letters")  # mail programs post a form to it (RFC 8058); it does nothing but by a letter's token
        known.add("log_in_at_network")  # begins what only the network can end, and only in the browser that began it
        others = open_writes - known
        for operation in self.document.operations:
            if operation.id in others:  # open to anybody: at least it must not take another site's form
                answer = self.anonymous.ask(operation.method, operation.target({}), b"a=b",
                                            headers={"Content-Type": "application/x-www-form-urlencoded"})
                self.assertGreaterEqual(answer.status, 400, operation)
        print(f"open to anybody: {', '.join(sorted(open_writes))}")


if __name__ == "__main__":
    unittest.main(verbosity=2)
