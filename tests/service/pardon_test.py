"""A pardon that the command line gave, left or withdrew is so for whoever appealed, from the next start on."""

import unittest

import service

HAZEL = "Hazel Fenn"


class Pardons(service.Case):
    def setUp(self):
        super().setUp()
        self.add_class("forum:hazel")
        self.server = self.serve(log_in=[HAZEL])
        self.operator, self.hazel = self.server.operator(), self.server.person(HAZEL)
        self.server.wait_for_reasons(self.operator)
        finding, = self.hazel.expect(200, "GET", "/v1/people/me/findings").json()["items"]
        made = self.hazel.expect(201, "POST", "/v1/people/me/appeals", {"finding": finding["id"], "text": "We read."}).json()
        self.operator.expect(204, "POST", f"/v1/admin/appeals/{made['id']}/answer",
                             {"verdict": "pardon", "covers": "all", "answer": "You are a class."})
        self.pardon, = self.operator.expect(200, "GET", "/v1/admin/pardons").json()["items"]

    def after(self, *command):
        """What Hazel reads of finding and appeal once the command was run, and the service is there again."""
        self.server.stop()
        self.renown("people", *command)
        self.server = self.serve()
        for who in (self.operator, self.hazel):
            who.close()
            who.address = self.server.address
        self.operator.expect(202, "POST", "/v1/admin/runs")
        self.server.wait_for_reasons(self.operator)
        finding, = self.hazel.expect(200, "GET", "/v1/people/me/findings").json()["items"]
        appeal, = finding["appeals"]
        return finding["state"], appeal["state"], appeal["answer"]

    def test_one_that_stands_stays(self):
        told = self.after("pardon", "forum:iris", "--why", "She reads aloud.")
        self.assertEqual(told, ("pardoned", "pardoned", "You are a class."))

    def test_one_that_was_withdrawn_is_revoked(self):
        state, appeal, answer = self.after("unpardon", self.pardon["id"])
        self.assertEqual((state, appeal), ("found", "revoked"))
        self.assertIn("withdrawn", answer)
        audit = self.operator.expect(200, "GET", "/v1/admin/audit").body.decode()
        self.assertEqual(audit.count("pardon withdrawn"), 1)
        self.assertEqual(self.after("pardons")[:2], ("found", "revoked"))
        self.assertEqual(self.operator.get("/v1/admin/audit").body.decode().count("pardon withdrawn"), 1)  # and it is so once

    def test_who_was_taken_out_of_one_that_stands_is_not_pardoned(self):
        told = self.after("unpardon", "forum:hazel")
        self.assertEqual(told[:2], ("gone", "revoked"))  # by herself she is in lockstep with nobody


if __name__ == "__main__":
    unittest.main(verbosity=2)
