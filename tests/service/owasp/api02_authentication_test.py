"""API2:2023 Broken authentication: passwords, sessions, links and keys."""

import re
import unittest

import table
from table import service


class Authentication(table.Table):
    def prepare(self):
        self.mail = self.take_mail()
        secret = self.scratch / "github.secret"
        secret.write_text("github client secret\n", encoding="ascii")
        secret.chmod(0o600)
        return [*self.mail.arguments, "--github-client-id", "renown-here", "--github-client-secret-file", str(secret)]

    def invite(self):
        return self.marigold.expect(201, "POST", "/v1/invitations", {}).json()["url"].rsplit("/", 1)[1]

    def enrol(self, name="Nell Ash", client="192.0.2.210"):
        caller = self.server.caller(name, client=client)
        body = {"invitation": self.invite(), "name": name, "password": service.PASSWORD}
        return caller.take_session(caller.post("/v1/enrolments", body))

    def log_in(self, name, password, client="192.0.2.211"):
        return self.server.caller(client=client).post("/v1/session", {"name": name, "password": password})

    def test_ten_tries_a_minute_from_one_address(self):
        statuses = [self.log_in(f"name {i}", "a wrong password", "192.0.2.212").status for i in range(15)]
        self.assertEqual(statuses, [401] * 10 + [429] * 5)
        refused = self.log_in("another", "a wrong password", "192.0.2.212")
        self.assertGreaterEqual(int(refused.headers["Retry-After"]), 1)

    def test_ten_tries_a_minute_at_one_name_from_many_addresses(self):
        self.enrol()
        statuses = [self.log_in("Nell Ash", "a wrong password", f"203.0.113.{i}").status for i in range(15)]
        self.assertEqual(statuses, [401] * 10 + [429] * 5)
        self.assertEqual(self.log_in("NELL ASH", service.PASSWORD, "203.0.113.99").status, 429)

    def test_one_ipv6_network_is_one_address(self):
        statuses = [self.log_in(f"name {i}", "a wrong password", f"2001:db8::{i:x}").status for i in range(12)]
        self.assertEqual(statuses, [401] * 10 + [429] * 2)

    def test_links_and_set_up_tokens_are_guessed_no_faster(self):
        caller = self.server.caller(client="192.0.2.213")
        statuses = [caller.post("/v1/session", {"link": f"guess{i}"}).status for i in range(12)]
        self.assertEqual(statuses, [401] * 10 + [429] * 2)
        caller = self.server.caller(client="192.0.2.214")
        statuses = [caller.post("/v1/setup", {"token": f"guess{i}", "name": "x", "password": service.PASSWORD}).status
                    for i in range(12)]
        self.assertEqual(statuses[-2:], [429] * 2)
        self.assertTrue(all(400 <= status < 500 for status in statuses))

    def test_an_unknown_name_and_a_wrong_password_are_one_answer(self):
        self.enrol()
        known, unknown = self.log_in("Nell Ash", "a wrong password"), self.log_in("Nobody", "a wrong password")
        self.assertEqual((known.status, known.body), (unknown.status, unknown.body))

    def test_a_session_that_was_planted_is_never_taken_up(self):
        """Session fixation: who logs in with a cookie that somebody else set gets another one."""
        self.enrol()
        for planted in ("A" * 43, self.odell.cookie):
            victim = self.server.caller(client="192.0.2.215")
            answer = victim.post("/v1/session", {"name": "Nell Ash", "password": service.PASSWORD},
                                 headers={"Cookie": f"renown_session={planted}", "X-CSRF-Token": self.odell.csrf})
            fresh = victim.take_session(answer).cookie
            self.assertNotEqual(fresh, planted)
        self.assertEqual(self.odell.get("/v1/session").json()["person"], self.odell.person)

    def test_flags_of_the_cookie(self):
        nell = self.server.caller(client="192.0.2.216")
        body = {"invitation": self.invite(), "name": "Nell Ash", "password": service.PASSWORD}
        plain = nell.post("/v1/enrolments", body).headers["Set-Cookie"]
        self.assertRegex(plain, r"^renown_session=[\w-]{43}; Path=/; Max-Age=\d+; HttpOnly; SameSite=Lax$")
        secure = nell.post("/v1/session", {"name": "Nell Ash", "password": service.PASSWORD},
                           headers={"X-Forwarded-Proto": "https"}).headers["Set-Cookie"]
        self.assertTrue(secure.endswith("; Secure"), secure)

    def test_a_log_in_link_works_once(self):
        again = self.server.caller(client="192.0.2.217").post("/v1/session", {"link": self.server.links[table.HAZEL]})
        self.assertEqual(again.status, 401)

    def test_an_invitation_makes_one_person(self):
        token = self.invite()
        caller = self.server.caller(client="192.0.2.218")
        first = caller.post("/v1/enrolments", {"invitation": token, "name": "One", "password": service.PASSWORD})
        second = caller.post("/v1/enrolments", {"invitation": token, "name": "Two", "password": service.PASSWORD})
        self.assertEqual((first.status, second.status), (201, 404))

    def test_the_set_up_token_is_worth_nothing_once_there_is_an_operator(self):
        body = {"token": self.server.set_up_token, "name": "Second", "password": service.PASSWORD}
        answer = self.server.caller(client="192.0.2.219").post("/v1/setup", body)
        self.assertIn(answer.status, (400, 401, 403, 404, 409))

    def test_weak_passwords_are_refused(self):
        for password in ("", "short", "123456789", "x" * 2000):
            body = {"invitation": self.invite(), "name": "Weak", "password": password}
            self.assertEqual(self.server.caller(client="192.0.2.220").post("/v1/enrolments", body).status, 400)

    def test_keys_that_are_none(self):
        real = self.operator.make_key(["score:read"])
        for key in (real[:-1], real + "A", real.upper(), real[:-1] + ("A" if real[-1] != "A" else "B"), "", "rnk_", " " + real[4:]):
            self.server.caller(key=key or " ", client="192.0.2.221").expect(401, "GET", "/v1/people/me/score")
        for scheme in ("Basic", "Token", "Digest"):
            self.anonymous.expect(401, "GET", "/v1/board", headers={"Authorization": f"{scheme} {real}"})

    def test_an_expired_key_opens_nothing(self):
        answer = self.operator.post("/v1/keys", {"name": "old", "scopes": ["admin"], "expires": "2001-01-01T00:00:00Z"})
        if answer.status == 201:
            self.server.caller(key=answer.json()["key"]).expect(401, "GET", "/v1/admin/state")
        else:
            self.assertEqual(answer.status, 400)

    def test_a_new_password_ends_other_sessions(self):
        nell = self.enrol()
        other = self.server.caller(client="192.0.2.222")
        other.take_session(other.post("/v1/session", {"name": "Nell Ash", "password": service.PASSWORD}))
        nell.expect(204, "PUT", "/v1/password", {"old": service.PASSWORD, "new": "another long password"})
        other.expect(401, "GET", "/v1/sessions")
        nell.expect(200, "GET", "/v1/sessions")

    def test_who_came_by_link_can_set_a_password(self):
        self.hazel.expect(204, "PUT", "/v1/password", {"new": service.PASSWORD})
        self.assertEqual(self.log_in(table.HAZEL, service.PASSWORD).status, 200)

    def test_a_network_log_in_that_was_not_begun_here_logs_nobody_in(self):
        begun = self.server.caller(client="192.0.2.224").expect(200, "POST", "/v1/logins", {"network": "github"})
        query = service.urllib.parse.parse_qs(service.urllib.parse.urlsplit(begun.json()["url"]).query)
        state = query["state"][0]
        for query, cookie in (("", None), ("code=x", None), ("code=x&state=0", None), ("code=x&state=" + "A" * 43, None),
                              (f"code=x&state={state}", None), (f"code=x&state={state}", "A" * 43),
                              (f"state={state}&error=access_denied", None)):
            headers = {"Cookie": f"renown_log_in={cookie}"} if cookie else None
            back = self.server.caller(client="192.0.2.225").get(f"/v1/logins/callback?{query}", headers=headers)
            self.assertEqual(back.status, 303, (query, back))
            self.assertIn("/log-in?", back.headers["Location"], query)
            self.assertNotIn("Set-Cookie", back.headers, query)

    def test_a_network_log_in_tells_no_secret_of_the_operator(self):
        answer = self.server.caller(client="192.0.2.226").expect(200, "POST", "/v1/logins", {"network": "github"})
        told = answer.body.decode() + str(answer.headers)
        self.assertIn("renown-here", told)
        self.assertNotIn("github client secret", service.urllib.parse.unquote_plus(told))
        self.assertRegex(answer.headers["Set-Cookie"], r"^renown_log_in=[\w-]{43}; Path=/v1/logins; Max-Age=900; HttpOnly; SameSite=Lax$")
        self.assertRegex(answer.json()["url"], r"[?&]code_challenge=[\w-]{43}(&|$)")

    def test_network_log_ins_are_begun_ten_times_a_minute(self):
        caller = self.server.caller(client="192.0.2.227")
        statuses = [caller.post("/v1/logins", {"network": "github"}).status for _ in range(12)]
        self.assertEqual(statuses, [200] * 10 + [429] * 2)

    def test_the_link_of_a_letter_works_once_and_only_where_it_was_asked_for(self):
        self.hazel.expect(202, "POST", "/v1/people/me/addresses", {"address": "hazel@example.com"})
        token = service.mail_sink.token_in(self.mail.wait("hazel@example.com"), "/confirm-address/")
        self.anonymous.expect(401, "POST", "/v1/people/me/addresses/confirm", {"token": token})
        for other in (token[:-1], token + "A", token.swapcase(), "0", token[::-1]):
            self.hazel.expect(404, "POST", "/v1/people/me/addresses/confirm", {"token": other})
        self.assertEqual(self.server.caller(client="192.0.2.228").post("/v1/session", {"link": token}).status, 401)
        self.hazel.expect(204, "POST", "/v1/people/me/addresses/confirm", {"token": token})
        self.hazel.expect(404, "POST", "/v1/people/me/addresses/confirm", {"token": token})

    def test_no_log_in_across_sites(self):
        """Forms of other sites cannot send JSON: none of their types is taken."""
        for content_type in ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""):
            answer = self.server.caller(client="192.0.2.223").post(
                "/v1/session", b'{"name":"x","password":"a long password"}', headers={"Content-Type": content_type})
            self.assertEqual(answer.status, 415)

    def test_no_other_site_may_read_answers(self):
        answer = self.hazel.get("/v1/session", headers={"Origin": "https://evil.example"})
        self.assertNotIn("Access-Control-Allow-Origin", answer.headers)
        self.assertNotIn("Access-Control-Allow-Credentials", answer.headers)
        self.assertTrue(re.fullmatch(r"[\w-]+", answer.json()["csrf"]))


if __name__ == "__main__":
    unittest.main(verbosity=2)
