"""renown people with what networks say: profiles that sync saw, consent, documents that are fetched, one person's export."""

import json
import unittest

from social_server import SocialServer
from vocabulary import Case, environment

ADA = "fediverse:https://town.example/users/ada"


class PeopleOfNetworks(Case):
    def setUp(self):
        super().setUp()
        self.home = environment(HOME=str(self.folder), XDG_CONFIG_HOME=None)

    def people(self, *arguments, **more):
        return self.succeeds("people", *arguments, "--data", "data", env=self.home, **more)

    def synced(self, server):
        self.succeeds("connect", "add", "mastodon", "ada@town.example", "--server", server.url, "--token-file", "-", "--data",
                      "data", env=self.home, stdin=b"sesame-open\n")
        self.succeeds("sync", "--data", "data", "--allow-host", server.host, env=self.home)
        self.people("add", "Ada")
        self.people("link", "Ada", ADA, "--my-word", "met her")

    def test_a_profile_that_was_seen_says_what_its_account_consents_to(self):
        with SocialServer(2) as server:
            self.synced(server)
        shown = self.people("show", "Ada", "--json").json()
        self.assertEqual(len(shown["profiles"]), 1)
        self.assertFalse(shown["profiles"][0]["consent"]["may_profile"], "its bio says #nobot")
        self.assertIn("#nobot", shown["profiles"][0]["consent"]["why_not"])
        self.assertIn("not be shown", self.people("show", "Ada").out)

    def test_profiles_are_checked_without_a_file(self):
        with SocialServer(2) as server:
            self.synced(server)
        self.people("link", "Ada", "github:ada", "--my-word", "hers too")
        checked = self.people("check", "Ada", "--json").json()
        self.assertEqual(checked["profiles"], 1)
        self.assertEqual(checked["unknown"], ["github:ada"])
        self.assertIn("no profile that renown sync saw", self.people("check", "Ada").out)

    def test_an_export_holds_all_of_a_person_and_no_token(self):
        with SocialServer(3) as server:
            self.synced(server)
        answer = self.people("export", "Ada", "--out", "ada.json")
        self.assertEqual(answer.out, "")
        held = json.loads(self.read("ada.json"))
        self.assertEqual(held["format"], "renown person")
        self.assertEqual(held["person"]["person"], "Ada")
        self.assertEqual(len(held["person"]["accounts"]), 1)
        self.assertEqual([line["what"] for line in held["history"]], ["add", "link"])
        self.assertEqual([source["source"] for source in held["sources"]], ["mastodon:ada@town.example"])
        self.assertEqual(len(held["posts"]), 3)
        self.assertEqual(held["profiles"][0]["handle"], "ada@town.example")
        self.assertEqual(len(held["interactions"]), 3 * 3 + 3)
        self.assertNotIn(b"sesame-open", self.read("ada.json"))
        self.people("add", "Bob")
        self.people("export", "Bob", "--out", "bob.json")
        self.assertEqual(json.loads(self.read("bob.json"))["interactions"], [])
        self.people("opt-out", "Ada")
        self.people("export", "Ada", "--out", "gone.json", code=2)

    def test_documents_that_cannot_be_had_prove_nothing(self):
        """Nothing here is reachable: the names end in .invalid, which no name server knows."""
        self.people("add", "Ada")
        self.people("link", "Ada", "web:ada.invalid", "--my-word", "met her")
        answer = self.run_it("people", "link", "Ada", "web:other.invalid", "--fetch", "--data", "data", env=self.home)
        self.assertEqual(answer.code, 1)
        self.assertIn("not read: https://other.invalid", answer.err)
        checked = self.people("check", "Ada", "--fetch", "--json", code=4).json()
        self.assertFalse(checked["accounts"][0]["proven"])
        self.fails("people", "link", "Ada", "web:x.invalid", "--fetch", "--my-word", "x", "--data", "data", naming="--fetch",
                   code=2, env=self.home)


if __name__ == "__main__":
    unittest.main()
