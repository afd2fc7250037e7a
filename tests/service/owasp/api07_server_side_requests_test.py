"""API7:2023 Server side request forgery: no address of this machine or its neighbours is ever asked."""

import socket
import threading
import unittest
import urllib.parse

import table
from table import service

# What names this machine or its neighbours, in the writings that filters have missed.
INSIDE = ["127.0.0.1", "localhost", "0.0.0.0", "127.1", "2130706433", "0x7f000001", "017700000001", "127.0.0.1.nip.invalid",
          "[::1]", "[::ffff:127.0.0.1]", "[::]", "10.0.0.1", "192.168.0.1", "172.16.0.1", "169.254.169.254", "100.64.0.1",
          "metadata.google.internal", "127.0.0.1%2523@nell.invalid", "nell.invalid@127.0.0.1", "127。0。0。1"]


class Canary:
    """A listener that nobody is to reach."""

    def __init__(self):
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self.visits = []
        self.thread = threading.Thread(target=self.listen, daemon=True)
        self.thread.start()

    def listen(self):
        while True:
            try:
                visitor, address = self.socket.accept()
            except OSError:
                return
            self.visits.append(address)
            visitor.close()


class ServerSideRequests(table.Table):
    def prepare(self):
        self.mail = self.take_mail()
        return self.mail.arguments

    def setUp(self):
        super().setUp()
        self.canary = Canary()
        self.addCleanup(self.canary.socket.close)

    def tried(self, network, account):
        quoted = urllib.parse.quote(account, safe="")
        return self.hazel.post(f"/v1/people/me/accounts/{network}/{quoted}/check")

    def expect_no_visit(self):
        self.assertEqual(self.canary.visits, [])

    def test_the_canary_sings(self):
        socket.create_connection(("127.0.0.1", self.canary.port)).close()
        for _ in range(100):
            if self.canary.visits:
                return
            threading.Event().wait(0.02)
        self.fail("a visit was not seen")

    def test_web_accounts(self):
        for host in INSIDE:
            for account in (f"{host}:{self.canary.port}", f"{host}", f"http://{host}:{self.canary.port}/"):
                answer = self.tried("web", account)
                self.assertTrue(answer.status in (400, 404, 414) or not answer.json()["proven"], (account, answer))
        self.expect_no_visit()

    def test_accounts_on_servers(self):
        for host in INSIDE[:10]:
            for account in (f"ada@{host}:{self.canary.port}", f"https://{host}:{self.canary.port}/@ada"):
                answer = self.tried("fediverse", account)
                self.assertTrue(answer.status in (400, 404) or not answer.json()["proven"], (account, answer))
        self.expect_no_visit()

    def test_sources_of_accounts(self):
        for host in INSIDE[:10]:
            quoted = urllib.parse.quote(f"ada@{host}:{self.canary.port}", safe="")
            answer = self.hazel.post(f"/v1/people/me/accounts/mastodon/{quoted}/source")
            self.assertEqual(answer.status, 404, answer)
        self.expect_no_visit()

    def test_look_ups_by_address_fetch_nothing(self):
        for host in INSIDE[:10]:
            self.shop.get("/v1/lookup?purpose=research&url=" + urllib.parse.quote(f"http://{host}:{self.canary.port}/", safe=""))
        self.expect_no_visit()

    def test_webhooks_and_browsers(self):
        for host in INSIDE:
            for url in (f"https://{host}:{self.canary.port}/", f"http://{host}:{self.canary.port}/", f"https://a@{host}/"):
                self.odell.expect(400, "POST", "/v1/webhooks", {"url": url})
                self.odell.expect(400, "POST", "/v1/push", {"endpoint": url, "keys": service.BROWSER_KEYS})
        for url in ("file:///etc/passwd", "gopher://127.0.0.1/", "//127.0.0.1/", "javascript:alert(1)", "https:///", "https://"):
            self.odell.expect(400, "POST", "/v1/webhooks", {"url": url})
        self.assertEqual(self.odell.get("/v1/webhooks").json()["items"], [])
        self.expect_no_visit()

    def test_servers_and_handles_to_log_in_at(self):
        for number, host in enumerate(INSIDE):
            caller = self.server.caller(client=f"192.0.2.{100 + number}")
            at = f"{host}:{self.canary.port}"
            for body in ({"network": "mastodon", "server": at}, {"network": "mastodon", "server": f"https://{at}"},
                         {"network": "mastodon", "server": f"http://{at}/"}, {"network": "bluesky", "handle": at},
                         {"network": "bluesky", "handle": f"did:web:{host}%3A{self.canary.port}"},
                         {"network": "bluesky", "handle": host}):
                answer = caller.post("/v1/logins", body)
                self.assertIn(answer.status, (400, 404), (body, answer))
                self.assertNotIn("Set-Cookie", answer.headers)
        self.expect_no_visit()

    def test_who_the_network_is_said_to_be_on_the_way_back(self):
        """The callback asks nobody whom the query names."""
        inside = urllib.parse.quote(f"https://127.0.0.1:{self.canary.port}/", safe="")
        for query in (f"code=x&state=y&iss={inside}", f"error={inside}&error_uri={inside}", f"code={inside}&state={inside}"):
            self.assertEqual(self.anonymous.get(f"/v1/logins/callback?{query}").status, 303)
        self.expect_no_visit()

    def test_addresses_of_letters_name_no_server(self):
        """A letter goes by the operator's server, whatever stands behind the @."""
        for host in INSIDE:
            for address in (f"ada@{host}", f"ada@{host}:{self.canary.port}", f"ada%{host}@example.com",
                            f"@{host}:ada@example.com", f"ada@example.com\r\nRCPT TO:<x@{host}>"):
                answer = self.odell.post("/v1/people/me/addresses", {"address": address})
                self.assertIn(answer.status, (202, 400, 429), (address, answer))
        self.expect_no_visit()

    def test_webfinger_and_profiles_of_people_fetch_nothing(self):
        inside = urllib.parse.quote(f"https://127.0.0.1:{self.canary.port}/", safe="")
        for path in (f"/.well-known/webfinger?resource={inside}", f"/actor?id={inside}", f"/p/{inside}", f"/card/{inside}/card.png",
                     f"/oauth/client.json?iss={inside}"):
            self.assertIn(self.anonymous.get(path).status, (400, 404), path)
        self.expect_no_visit()

    def test_proofs_that_are_begun(self):
        for host in INSIDE:
            for network in ("web", "mastodon", "fediverse", "bluesky", "github"):
                answer = self.odell.post("/v1/people/me/accounts", {"network": network, "account": f"{host}:{self.canary.port}"})
                self.assertLess(answer.status, 500, answer)
        self.expect_no_visit()

    def test_other_schemes(self):
        for account in ("file:///etc/passwd", "gopher://127.0.0.1/", "dict://127.0.0.1/", "ftp://127.0.0.1/", "jar:http://x!/"):
            answer = self.tried("web", account)
            self.assertTrue(answer.status in (400, 404) or not answer.json()["proven"], answer)
            self.assertNotIn(b"root:", answer.body)
        self.expect_no_visit()

    def test_host_headers_make_no_links(self):
        """Links begin with the server's own address, whatever Host or a proxy's header says."""
        for headers in ({"Host": "evil.example"}, {"X-Forwarded-Host": "evil.example"}, {"Forwarded": "host=evil.example"}):
            answer = self.hazel.post("/v1/invitations", {}, headers=headers)
            self.assertTrue(answer.json()["url"].startswith("http://127.0.0.1:"), answer)


if __name__ == "__main__":
    unittest.main(verbosity=2)
