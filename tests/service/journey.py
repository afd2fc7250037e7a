"""What people, operators and programs do with an instance: every operation of the document, as it is meant.

`walk` asks by the operations' ids; what it has no words for, it asks with what the document's schemas allow, so that new
operations are taken in. Used with a validating proxy in between.
"""

import time

import service

HAZEL, ODELL, MARIGOLD = "Hazel Fenn", "Odell Marsh", "Marigold Pym"


# What ends elsewhere, and is answered otherwise when all goes well.
NEVER_DONE = {
    "come_back_from_network",  # 303: on to the page
    "set_up",  # done once, by service.Server.operator
    "read_account", "stop_reading_account",  # of an account at a network: tests/peers/atproto
}


def prepare(case) -> list:
    """Makes a folder in which all can be done. returns  the arguments that the server needs for it"""
    case.add_class("forum:hazel")
    case.enterContext(case.social)
    case.renown("connect", "add", "mastodon", "ada@town.example", "--server", case.social.url)
    (case.scratch / "backups").mkdir()
    secret = case.scratch / "github.secret"
    secret.write_text("github client secret\n", encoding="ascii")
    secret.chmod(0o600)
    return ["--requests-a-minute", "100000000", "--backups", str(case.scratch / "backups"), "--allow-host", case.social.host,
            "--github-client-id", "renown-here", "--github-client-secret-file", str(secret), "--klout-network", "tw=forum",
            *case.mail.arguments]


class Journey:
    def __init__(self, server, document, mail, social):
        self.server, self.document, self.mail, self.social = server, document, mail, social
        self.operator = server.operator()
        self.hazel, self.odell, self.marigold = (server.person(name) for name in (HAZEL, ODELL, MARIGOLD))
        self.anonymous = server.caller("anonymous", client="198.51.100.1")
        self.asked = {}  # operation id -> statuses

    def ask(self, who, operation_id, body=None, **values):
        operation = self.operation(operation_id)
        headers = {"Content-Type": operation.body_type} if body is not None else None
        answer = who.ask(operation.method, operation.target({"person": "me", **values}), body, headers=headers)
        self.asked.setdefault(operation_id, []).append(answer.status)
        return answer

    def operation(self, operation_id):
        return next(each for each in self.document.operations if each.id == operation_id)

    def walk(self):
        self.server.wait_for_reasons(self.operator)
        self.sessions_and_invitations()
        self.reading()
        self.findings()
        self.deciding()
        self.accounts()
        self.keys_and_lookups()
        self.klout()
        self.letters()
        self.outlets()
        self.operating()
        self.whatever_else_there_is()
        self.leaving()

    def sessions_and_invitations(self):
        self.ask(self.anonymous, "get_session")
        self.ask(self.hazel, "get_session")
        self.ask(self.anonymous, "get_setup")
        self.ask(self.anonymous, "set_up", {"token": "x", "name": "x", "password": "a long enough password"})
        self.ask(self.hazel, "list_sessions")
        self.ask(self.hazel, "invite", {"name": "a friend"})
        invited = self.ask(self.marigold, "invite", {"name": "for Nell"}).json()
        token = invited["url"].rsplit("/", 1)[1]
        self.ask(self.marigold, "list_invitations")
        self.ask(self.anonymous, "look_at_invitation", token=token)
        self.ask(self.anonymous, "look_at_invitation", token="none")
        joined = self.ask(self.anonymous, "enrol", {"invitation": token, "name": "Nell Ash", "password": service.PASSWORD})
        self.nell = self.server.caller("Nell Ash", client="192.0.2.201").take_session(joined)
        self.ask(self.hazel, "withdraw_invitation", invitation=self.hazel.get("/v1/invitations").json()["items"][0]["id"])
        again = self.server.caller("Nell again", client="192.0.2.202")
        logged_in = self.ask(again, "log_in", {"name": "Nell Ash", "password": service.PASSWORD})
        again.take_session(logged_in)
        self.ask(self.anonymous, "log_in", {"name": "Nell Ash", "password": "another password"})
        self.ask(self.nell, "change_password", {"old": "not this one", "new": service.PASSWORD + " too"})
        self.ask(self.nell, "change_password", {"old": service.PASSWORD, "new": service.PASSWORD + " too"})
        again.expect(401, "GET", "/v1/sessions")  # another password ends one's other sessions
        again.take_session(self.ask(again, "log_in", {"name": "Nell Ash", "password": service.PASSWORD + " too"}))
        other = next(each for each in self.nell.get("/v1/sessions").json()["items"] if not each["is_this"])
        self.ask(self.nell, "end_session", session=other["id"])

    def reading(self):
        self.ask(self.marigold, "change_preferences", {"is_public": True, "on_board": True})
        for who in (self.hazel, self.marigold, self.nell):
            for operation in self.document.operations:
                if operation.is_read and operation.is_about_a_person:
                    self.ask(who, operation.id)
        for operation in self.document.operations:
            if operation.is_read and operation.is_about_a_person and not operation.scopes:
                for who in (self.anonymous, self.odell, self.operator):
                    for person in (self.marigold.person, self.hazel.person, service.NOBODY):
                        self.ask(who, operation.id, person=person)
        self.ask(self.anonymous, "get_board")
        self.ask(self.odell, "compare", **{"with": f"{self.marigold.person},{self.hazel.person}"})
        self.ask(self.marigold, "ask_what_if", {"without": {"networks": ["forum"]}})
        lines = self.marigold.get("/v1/people/me/ledger?limit=2").json()
        if lines["next"]:
            self.ask(self.marigold, "get_ledger", cursor=lines["next"], limit=2)

    def deciding(self):
        self.ask(self.odell, "change_preferences", {"locale": "de", "time_zone": "Europe/Berlin", "digest": "none"})
        self.ask(self.odell, "change_preferences", {"digest": "hourly"})
        self.ask(self.odell, "give_consent", {"asker": "Bakers", "purpose": "event"})
        consent = self.odell.get("/v1/people/me/consents").json()["items"][0]["id"]
        self.ask(self.odell, "withdraw_consent", consent=consent)
        self.ask(self.marigold, "give_consent", {"purpose": "research"})
        self.ask(self.odell, "opt_out", {"opted_out": True})
        for operation in self.document.operations:
            if operation.is_read and operation.is_about_a_person:
                self.ask(self.odell, operation.id)
        self.ask(self.odell, "opt_out", {"opted_out": False})

    def accounts(self):
        self.ask(self.nell, "begin_proof", {"network": "web", "account": "nell.example"})
        self.ask(self.nell, "begin_proof", {"network": "mastodon", "account": "nell@127.0.0.1:1"})
        self.ask(self.nell, "check_proof", network="web", account="https://127.0.0.1:1/")
        self.ask(self.nell, "check_proof", network="web", account="nell.invalid")
        self.ask(self.hazel, "read_account", network="forum", account="hazel")
        self.ask(self.hazel, "stop_reading_account", network="forum", account="hazel")
        self.ask(self.hazel, "unlink_account", network="forum", account="hazel")
        self.ask(self.hazel, "unlink_account", network="forum", account="hazel")

    def keys_and_lookups(self):
        made = self.ask(self.operator, "make_key", {"name": "shop", "scopes": ["lookup"], "organisation": "Bakers",
                                                    "purpose": "fairs", "expires": "2036-01-01T00:00:00Z"}).json()
        shop = self.server.caller("shop", made["key"])
        self.ask(self.operator, "make_key", {"name": "shop", "scopes": ["all"]})
        self.ask(self.operator, "list_keys")
        for account in ("goldie", "hazel", "nobody-at-all"):
            self.ask(shop, "look_up", network="forum", account=account, purpose="research")
        self.ask(shop, "look_up", network="forum", account="goldie", purpose="credit")
        self.ask(shop, "look_up", email_sha256="ab" * 32, purpose="research")
        self.ask(shop, "look_up", url="https://nobody.example/", purpose="research")
        self.ask(shop, "look_up_many", {"purpose": "research", "ids": ["forum:goldie", "forum:odell", "forum:none"]})
        self.ask(shop, "look_up_many", {"purpose": "research", "ids": []})
        self.ask(self.marigold, "list_lookups")
        self.ask(self.operator, "revoke_key", key=made["id"])

    def klout(self):
        """As its old clients ask, with a key of Marigold's."""
        key = self.server.caller("old client", self.marigold.make_key(["score:read"]))
        hers = {"kloutId": self.marigold.person, "network": "tw", "account": "goldie", "screenName": "goldie"}
        for operation in self.document.operations:
            if operation.id.startswith("klout_"):
                self.ask(key, operation.id, **hers, users="goldie")
                self.ask(key, operation.id, **{name: "nobody" for name in hers}, users="nobody")

    def letters(self):
        self.ask(self.hazel, "add_address", {"address": "hazel@example.com", "letters": True, "findable": True})
        self.ask(self.hazel, "add_address", {"address": "no mailbox"})
        self.ask(self.hazel, "list_addresses")
        token = service.mail_sink.token_in(self.mail.wait("hazel@example.com"), "/confirm-address/")
        self.ask(self.odell, "confirm_address", {"token": token})
        self.ask(self.hazel, "confirm_address", {"token": token})
        self.ask(self.hazel, "send_digest")
        way_out = service.mail_sink.token_in(self.mail.wait("hazel@example.com", 2), "/unsubscribe/")
        address, = self.ask(self.hazel, "list_addresses").json()["items"]
        self.ask(self.hazel, "change_address", {"findable": False}, address=address["id"])
        self.ask(self.hazel, "change_address", {"findable": True}, address=address["id"])
        self.ask(self.hazel, "unsubscribe_letters", b"List-Unsubscribe=One-Click", token=way_out)
        self.ask(self.hazel, "list_addresses")
        self.ask(self.hazel, "remove_address", address=address["id"])
        self.ask(self.hazel, "remove_address", address=address["id"])

    def outlets(self):
        url = f"{self.social.url}/hook"
        hook = self.ask(self.hazel, "make_webhook", {"url": url, "threshold": 0.5}).json()["id"]
        self.ask(self.hazel, "make_webhook", {"url": "https://10.0.0.1/"})
        self.ask(self.hazel, "list_webhooks")
        self.ask(self.hazel, "test_webhook", webhook=hook)
        for _ in range(200):
            if self.ask(self.hazel, "list_deliveries", webhook=hook).json()["items"]:
                break
            time.sleep(0.05)
        self.ask(self.hazel, "enable_webhook", webhook=hook)
        self.ask(self.hazel, "remove_webhook", webhook=hook)
        browser = self.ask(self.hazel, "subscribe", {"endpoint": url, "keys": service.BROWSER_KEYS}).json()["id"]
        self.ask(self.hazel, "list_subscriptions")
        self.ask(self.hazel, "unsubscribe", subscription=browser)

    def findings(self):
        finding, = self.ask(self.hazel, "list_own_findings").json()["items"]

        def appeal():
            return self.ask(self.hazel, "make_appeal", {"finding": finding["id"], "text": "We read."}).json()["id"]

        first = appeal()
        self.ask(self.hazel, "make_appeal", {"finding": finding["id"], "text": "Again."})
        self.ask(self.operator, "list_findings")
        self.ask(self.hazel, "withdraw_appeal", appeal=first)
        self.ask(self.hazel, "withdraw_appeal", appeal=first)
        self.ask(self.operator, "answer_appeal", {"verdict": "uphold", "answer": "The list is sold."}, appeal=appeal())
        appeal()
        self.ask(self.operator, "pardon_finding", {"answer": "You are a class."}, finding=finding["id"])
        self.ask(self.hazel, "list_own_findings")
        pardon, = self.ask(self.operator, "list_pardons").json()["items"]
        self.ask(self.operator, "withdraw_pardon", {"answer": "It was a hoax."}, pardon=pardon["id"])
        self.ask(self.operator, "withdraw_pardon", {"answer": "Again."}, pardon=pardon["id"])
        self.ask(self.hazel, "list_own_findings")

    def operating(self):
        self.ask(self.operator, "back_up_now")
        self.ask(self.operator, "list_backups")
        self.ask(self.operator, "get_metrics")
        source, = self.ask(self.operator, "list_sources").json()["items"]
        self.ask(self.operator, "sync_source", source=source["name"])
        self.ask(self.anonymous, "log_in_at_network", {"network": "github"})
        self.ask(self.anonymous, "log_in_at_network", {"network": "nowhere"})
        self.ask(self.operator, "verify_person", {"verified": True}, person=self.nell.person)
        self.ask(self.operator, "verify_person", {"verified": False}, person=self.nell.person)
        self.ask(self.operator, "verify_person", {"verified": True}, person=service.NOBODY)
        self.ask(self.operator, "cut_branch", person=self.nell.person)
        made = self.ask(self.operator, "make_login", {"name": "Second", "role": "operator"}).json()
        self.ask(self.operator, "make_login", {"name": "nobody of that name"})
        self.ask(self.operator, "remove_login", login=made["id"])
        self.ask(self.operator, "run_now")
        self.ask(self.operator, "sync_all")
        self.ask(self.operator, "sync_source", source="none")
        self.server.wait_for_reasons(self.operator)
        self.ask(self.operator, "list_people", query="Ma")

    def whatever_else_there_is(self):
        """Operations that nothing above asks for: readings as they are, changes with an empty object."""
        for operation in self.document.operations:
            if operation.id in self.asked or operation.id in ("log_out", "erase_person"):
                continue
            who = self.operator if operation.scopes & {"admin", "people:search", "perks:write"} else self.marigold
            self.ask(who, operation.id, {} if operation.body_schema else None)

    def leaving(self):
        self.ask(self.odell, "erase_person", {"name": "somebody else"})
        self.ask(self.odell, "erase_person", {"name": ODELL})
        self.ask(self.odell, "get_person")
        self.ask(self.hazel, "log_out")
        self.ask(self.hazel, "list_keys")

    def never_done(self):
        """Operations that never answered 2xx, and should have."""
        return sorted(name for name, statuses in self.asked.items() if name not in NEVER_DONE and not any(status < 300 for status in statuses))
