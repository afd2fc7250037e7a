"""What the tables of OWASP's API Security Top 10 (2023) share: one server a table, its callers, and a check of its log."""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))

import service  # noqa: E402

HAZEL, ODELL, MARIGOLD = "Hazel Fenn", "Odell Marsh", "Marigold Pym"


class Table(service.Case):
    """Hazel shows nothing, Marigold her card, Odell is whoever tries; `shop` holds a key for look-ups."""

    server_is = {}  # further words for `serve`
    arguments = ["--requests-a-minute", "100000000"]

    def prepare(self) -> list:
        """What a table does to the folder before it is served. returns  further arguments for the server"""
        return []

    def setUp(self):
        super().setUp()
        self.server = self.serve(*self.arguments, *self.prepare(), log_in=[HAZEL, ODELL, MARIGOLD], **self.server_is)
        self.operator = self.server.operator()
        self.hazel, self.odell, self.marigold = (self.server.person(name) for name in (HAZEL, ODELL, MARIGOLD))
        self.anonymous = self.server.caller("anonymous", client="198.51.100.1")
        self.server.wait_for_reasons(self.operator)
        self.marigold.expect(200, "PATCH", "/v1/people/me/preferences", {"is_public": True})
        self.shop = self.server.caller("shop", self.operator.make_key(["lookup"], organisation="Bakers", purpose="fairs"))

    def tearDown(self):
        self.assertTrue(self.server.is_alive(), self.server.log_text()[-2000:])
        self.assertNotIn(" failed: ", self.server.log_text())

    def confirmed(self, who, address, **more):
        """The id of an address that is theirs from now on, where the table takes mail."""
        who.expect(202, "POST", "/v1/people/me/addresses", {"address": address, **more})
        token = service.mail_sink.token_in(self.mail.wait(address), "/confirm-address/")
        who.expect(204, "POST", "/v1/people/me/addresses/confirm", {"token": token})
        return who.expect(200, "GET", "/v1/people/me/addresses").json()["items"][-1]["id"]

    def look_up(self, account, caller=None, **more):
        query = "&".join(f"{name}={value}" for name, value in {"purpose": "research", **more}.items())
        return (caller or self.shop).get(f"/v1/lookup?network=forum&account={account}&{query}")
