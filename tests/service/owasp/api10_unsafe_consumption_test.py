"""API10:2023 Unsafe consumption of APIs: what others sent, and what people typed, is text and stays text."""

import json
import unittest

import table
from table import service

NASTY = ["<script>alert(1)</script>", "'; DROP TABLE logins; --", "\" onmouseover=\"x", "{{7*7}}", "${jndi:ldap://x}",
         "=cmd|' /C calc'!A0", "\u202egnp.exe", "a\u0300\u0301\u0302", "%n%s%x", "\\u0000"]


class UnsafeConsumption(table.Table):
    def prepare(self):
        self.add_class("forum:hazel")
        self.mail = self.take_mail()
        return self.mail.arguments

    def test_texts_come_back_as_they_were_or_not_at_all(self):
        for text in NASTY:
            made = self.hazel.post("/v1/keys", {"name": text, "scopes": ["score:read"]})
            self.assertIn(made.status, (201, 400), text)
            if made.status == 201:
                self.assertEqual(made.json()["name"], text)
                self.assertEqual(made.headers["Content-Type"], "application/json")
        self.hazel.expect(200, "GET", "/v1/keys")

    def test_appeals_and_answers_come_back_as_they_were_or_not_at_all(self):
        finding, = self.hazel.expect(200, "GET", "/v1/people/me/findings").json()["items"]
        for text in NASTY:
            made = self.hazel.post("/v1/people/me/appeals", {"finding": finding["id"], "text": text})
            self.assertIn(made.status, (201, 400), text)
            if made.status == 400:
                continue
            self.assertEqual(made.json()["text"], text)
            waiting = self.operator.get("/v1/admin/findings").json()["items"][0]["appeals"]
            self.assertIn(text, [each["text"] for each in waiting])
            self.operator.expect(204, "POST", f"/v1/admin/appeals/{made.json()['id']}/answer", {"verdict": "uphold", "answer": text})
            self.assertEqual(self.hazel.get("/v1/people/me/findings").json()["items"][0]["appeals"][0]["answer"], text)
        for text in ("a\x00b", "a\x1b[31mred", "\ud800"):
            self.hazel.expect(400, "POST", "/v1/people/me/appeals", {"finding": finding["id"], "text": text})

    def test_names_and_addresses_add_nothing_to_letters(self):
        """What a person is called, in two alphabets and with markup, is text of a letter and none of its headers."""
        for number, name in enumerate(("<b>Nell</b> \"Ash\" <eve@example.com>", "Nell, eve@example.com", "=?UTF-8?Q?x?= 李")):
            token = self.marigold.post("/v1/invitations", {}).json()["url"].rsplit("/", 1)[1]
            nell = self.server.caller(name, client=f"192.0.2.{240 + number}")
            nell.take_session(nell.expect(201, "POST", "/v1/enrolments",
                                          {"invitation": token, "name": name, "password": service.PASSWORD}))
            self.confirmed(nell, f"nell{number}@example.com")
            nell.expect(202, "POST", "/v1/people/me/digest")
            self.mail.wait(f"nell{number}@example.com", 2)
            letter = self.mail.letters[-1][1]
            self.assertEqual([(each.addr_spec, each.display_name) for each in letter["To"].addresses],
                             [(f"nell{number}@example.com", name)])
            self.assertNotIn("<b>Nell", letter.get_body(("html",)).get_content())
            self.assertEqual([letter[each] for each in ("Cc", "Bcc", "Reply-To")], [None] * 3)
        for address in ("a@example.com\r\nBcc: eve@example.com", "a@example.com\nDATA", "a b@example.com", "a@b@example.com", "a",
                        "<a@example.com>", "a@example.com, eve@example.com", "\u0000@example.com"):
            self.hazel.expect(400, "POST", "/v1/people/me/addresses", {"address": address})

    def test_control_characters_reach_neither_logs_nor_headers(self):
        for text in ("a\r\nSet-Cookie: x=y", "a\x1b[31mred", "a\x00b", "a\nb"):
            answer = self.hazel.post("/v1/invitations", {"name": text})
            self.assertIn(answer.status, (201, 400))
            self.assertNotIn("Set-Cookie", answer.headers)
        self.assertNotIn("\x1b", self.server.log_text())
        self.assertTrue(all(json.loads(line) for line in self.server.log_text().splitlines()))

    def test_names_of_people_may_not_play_others(self):
        """A name that is another's, however it is written, makes no second person of that name."""
        statuses = []
        for number, name in enumerate((table.HAZEL, " Hazel Fenn ", "Hazel\u00a0Fenn\u0000", "", " ", "\u202eHazel", "a" * 300)):
            token = self.marigold.post("/v1/invitations", {}).json()["url"].rsplit("/", 1)[1]
            statuses.append(self.server.caller(client=f"192.0.2.{100 + number}").post(
                "/v1/enrolments", {"invitation": token, "name": name, "password": service.PASSWORD}).status)
        self.assertTrue(all(400 <= status < 500 for status in statuses), statuses)

    def test_a_user_agent_is_text(self):
        nell = self.server.caller(client="192.0.2.230")
        token = self.marigold.post("/v1/invitations", {}).json()["url"].rsplit("/", 1)[1]
        agent = "<img src=x onerror=alert(1)>" + "A" * 1000
        nell.take_session(nell.post("/v1/enrolments", {"invitation": token, "name": "Nell Ash", "password": service.PASSWORD},
                                    headers={"User-Agent": agent}))
        device = nell.get("/v1/sessions").json()["items"][0]["device"]
        self.assertEqual(device[:100], agent[:100])
        self.assertLessEqual(len(device.encode()), 200)

    def test_cursors_that_others_made_up(self):
        for cursor in ("0", "-1", "AAAA", "' OR 1=1", "9" * 30, "%00", "null", "..", "\u00e9"):
            for path in ("/v1/people/me/ledger", "/v1/people/me/lookups", "/v1/board"):
                answer = self.marigold.get(f"{path}?cursor={service.urllib.parse.quote(cursor, safe='')}")
                self.assertIn(answer.status, (200, 400), (path, cursor, answer))

    def test_texts_that_are_no_utf_8(self):
        for body in (b'{"name":"\xff"}', b'{"name":"\xc0\xaf"}', b'{"name":"\xed\xa0\x80"}', b'{"name":"\\ud800"}'):
            self.assertEqual(self.hazel.post("/v1/invitations", body).status, 400, body)


if __name__ == "__main__":
    unittest.main(verbosity=2)
