"""API6:2023 Unrestricted access to sensitive business flows: looking people up, inviting, enrolling, erasing."""

import unittest

import table
from table import service


class BusinessFlows(table.Table):
    def prepare(self):
        self.mail = self.take_mail()
        return self.mail.arguments

    def unscored(self, answer):
        self.assertEqual(answer.status, 200, answer)
        return answer.body, [(name, value) for name, value in answer.headers.items()
                             if name not in ("Date", "RateLimit", "RateLimit-Policy")]

    def test_unknown_opted_out_too_little_and_not_consented_are_one_answer(self):
        """Equal in bytes and headers, by account, by address of a profile, by hash of an e-mail address."""
        self.marigold.expect(201, "POST", "/v1/people/me/consents", {"purpose": "research"})
        self.assertEqual(self.look_up("goldie").json()["outcome"], "score")
        self.odell.expect(201, "POST", "/v1/people/me/consents", {"purpose": "research"})
        self.odell.expect(200, "POST", "/v1/people/me/opt-out", {"opted_out": True})
        unknown = self.unscored(self.look_up("nobody-at-all"))
        self.assertEqual(self.unscored(self.look_up("hazel")), unknown, "no consent")
        self.assertEqual(self.unscored(self.look_up("odell")), unknown, "opted out, with a consent")
        self.assertEqual(self.unscored(self.look_up("goldie", purpose="event")), unknown, "consented to another purpose")
        for query in ("url=https://nobody.example/", "email_sha256=" + "ab" * 32):
            self.assertEqual(self.unscored(self.shop.get(f"/v1/lookup?purpose=research&{query}")), unknown, query)
        many = self.shop.expect(200, "POST", "/v1/lookups", {
            "purpose": "research", "ids": ["forum:nobody-at-all", "forum:hazel", "forum:odell"]}).json()["items"]
        self.assertTrue(all(item == many[0] for item in many))

    def test_a_new_person_without_engagers_is_that_answer_too(self):
        token = self.marigold.post("/v1/invitations", {}).json()["url"].rsplit("/", 1)[1]
        nell = self.server.caller("Nell", client="192.0.2.210")
        nell.take_session(nell.post("/v1/enrolments", {"invitation": token, "name": "Nell Ash", "password": service.PASSWORD}))
        nell.expect(200, "PATCH", "/v1/people/me/preferences", {"is_public": True})
        hers, nobodys = (self.anonymous.get(f"/v1/people/{person}/score") for person in (nell.person, service.NOBODY))
        self.assertEqual(self.unscored(hers), self.unscored(nobodys))

    def test_to_strangers_a_card_that_is_not_shown_is_that_of_nobody(self):
        hers, nobodys = (self.anonymous.get(f"/v1/people/{person}/score") for person in (self.hazel.person, service.NOBODY))
        self.assertEqual(self.unscored(hers), self.unscored(nobodys))

    def test_refused_purposes(self):
        for purpose in ("employment", "credit", "housing", "insurance", "EMPLOYMENT", "stalking", "", "research,credit"):
            self.assertEqual(self.look_up("goldie", purpose=purpose).status, 400, purpose)

    def test_every_look_up_of_somebody_here_is_where_they_see_it(self):
        for _ in range(3):
            self.look_up("hazel")
        self.shop.post("/v1/lookups", {"purpose": "event", "ids": ["forum:hazel", "forum:hazel"]})
        lines = self.hazel.get("/v1/people/me/lookups").json()["items"]
        self.assertEqual([line["outcome"] for line in lines], ["unscored"] * 5)
        self.assertEqual({line["asker"] for line in lines}, {"Bakers"})

    def test_a_withdrawn_consent_and_an_opt_out_hold_at_once(self):
        given = self.marigold.expect(201, "POST", "/v1/people/me/consents", {"purpose": "research"}).json()["id"]
        self.assertEqual(self.look_up("goldie").json()["outcome"], "score")
        self.marigold.expect(204, "DELETE", f"/v1/people/me/consents/{given}")
        self.assertEqual(self.look_up("goldie").json()["outcome"], "unscored")
        self.marigold.expect(201, "POST", "/v1/people/me/consents", {"purpose": "research"})
        self.marigold.expect(200, "POST", "/v1/people/me/opt-out", {"opted_out": True})
        self.assertEqual(self.look_up("goldie").json()["outcome"], "unscored")
        self.anonymous.expect(404, "GET", f"/v1/people/{self.marigold.person}")

    def test_a_session_looks_nobody_up(self):
        for who in (self.operator, self.odell):
            self.assertEqual(self.look_up("goldie", caller=who).status, 403)

    def test_nobody_is_flooded_with_letters(self):
        """Three letters a day ask one address, whoever names it; who asks for more is answered as before, and none goes."""
        answers = []
        for number, who in enumerate([self.hazel, self.odell, self.marigold] * 2, start=1):
            answers.append(who.post("/v1/people/me/addresses", {"address": "victim@example.com"}))
            self.mail.wait("victim@example.com", min(number, 3))
        self.assertEqual({(each.status, each.body) for each in answers}, {(202, b'{"state":"waiting"}')})
        self.hazel.expect(202, "POST", "/v1/people/me/addresses", {"address": "last@example.com"})
        self.mail.wait("last@example.com")  # what was queued before it has been sent
        self.assertEqual([to for to, _ in self.mail.letters].count("victim@example.com"), 3)

    def test_whether_an_address_is_somebody_s_is_not_told(self):
        self.confirmed(self.hazel, "hazel@example.com", findable=True)
        hers, nobodys = (self.odell.post("/v1/people/me/addresses", {"address": f"{name}@example.com"})
                         for name in ("hazel", "nobody"))
        self.assertEqual((hers.status, hers.body), (nobodys.status, nobodys.body))
        shown = [{**each, "id": "", "address": "", "added": "", "expires": ""}
                 for each in self.odell.get("/v1/people/me/addresses").json()["items"]]
        self.assertEqual(shown[0], shown[1])
        self.mail.wait("nobody@example.com")
        self.assertEqual(self.hazel.get("/v1/people/me/addresses").json()["items"][0]["state"], "confirmed")

    def test_the_way_out_is_one_answer_for_every_token(self):
        """And opening it, as mail programs do by themselves, ends nothing."""
        self.confirmed(self.hazel, "hazel@example.com")
        self.hazel.expect(202, "POST", "/v1/people/me/digest")
        token = service.mail_sink.token_in(self.mail.wait("hazel@example.com", 2), "/unsubscribe/")
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        self.anonymous.get(f"/unsubscribe/{token}")
        self.assertEqual(len(self.hazel.get("/v1/people/me/addresses").json()["items"]), 1)
        invented, real, again = (self.anonymous.post(f"/unsubscribe/{each}", b"List-Unsubscribe=One-Click", headers=form)
                                 for each in (token[::-1], token, token))
        self.assertEqual((real.status, real.body), (204, b""))
        self.assertEqual([(each.status, each.body) for each in (invented, again)], [(204, b"")] * 2)
        self.assertEqual(self.hazel.get("/v1/people/me/addresses").json()["items"], [])

    def test_who_opted_out_gets_no_letter(self):
        self.confirmed(self.hazel, "hazel@example.com")
        self.hazel.expect(200, "POST", "/v1/people/me/opt-out", {"opted_out": True})
        self.hazel.expect(400, "POST", "/v1/people/me/addresses", {"address": "hazel@example.com"})
        self.hazel.expect(400, "POST", "/v1/people/me/digest")
        self.assertEqual(len(self.mail.letters), 1)

    def test_nobody_is_erased_by_a_slip(self):
        for body in ({"name": "hazel fenn"}, {"name": ""}, {}, {"name": None}, {"name": ["Hazel Fenn"]}):
            self.hazel.expect(400, "DELETE", "/v1/people/me", body)
        self.hazel.expect(200, "GET", "/v1/people/me")


if __name__ == "__main__":
    unittest.main(verbosity=2)
