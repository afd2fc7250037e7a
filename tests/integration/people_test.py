"""renown people: accounts by proof, merges that come apart again, who is verified, and what scores make of it."""

import json
import sqlite3
import time
import unittest

from vocabulary import Case, crowd, like


class People(Case):
    def people(self, *words, **more):
        """Runs the command on the folder and gives its JSON."""
        return self.succeeds("people", *words, "--data", "data", "--json", **more).json()

    def refuses(self, *words, naming, code=1):
        self.fails("people", *words, "--data", "data", naming=naming, code=code)

    def add(self, name, *accounts, **more):
        self.people("add", name, **more)
        for account in accounts:
            self.people("link", name, account, "--my-word", "I know them")

    def proof(self, *documents, name="proof.json"):
        """Writes a file of documents (asked, type, body)."""
        now = int(time.time())
        listed = [
            {"asked": asked, "content_type": kind, "fetched": now, "body": body} for asked, kind, body in documents
        ]
        self.write(name, json.dumps({"documents": listed}))
        return name

    def state(self):
        return self.people("list")

    FORGE = ("https://github.com/ada", "text/html", "<a rel='me nofollow' href='https://ada.example/'>site</a>")
    SITE = ("https://ada.example", "text/html", "<link rel=me href=//GitHub.com/Ada>")

    # -- links

    def test_pages_that_link_to_each_other_are_a_proof(self):
        self.add("Ada", "github:ada")
        one_way = self.proof(self.FORGE, name="one.json")
        self.refuses("link", "Ada", "web:ada.example", "--proof", one_way, naming="one direction is no proof")
        both = self.proof(self.FORGE, self.SITE)
        ada = self.people("link", "Ada", "web:ada.example", "--proof", both)
        proofs = {each["account"]: each["proofs"] for each in ada["accounts"]}
        self.assertEqual(proofs["ada"][0]["method"], "operator's word")
        self.assertEqual(proofs["ada.example"][0]["method"], "rel=me and rel=me")
        self.assertEqual(len(proofs["ada.example"][0]["documents"]), 2)
        self.assertRegex(proofs["ada.example"][0]["documents"][0]["sha256"], "^[0-9a-f]{64}$")

    def test_a_challenge_serves_one_account_of_one_person_once(self):
        self.add("Ada")
        self.add("Eve")
        text = self.people("challenge", "Ada", "web:ada.example")["challenge"]
        self.proof(("dns:ada.example?type=TXT", "", f"v=spf1\n{text}"))
        self.refuses("link", "Eve", "web:ada.example", "--proof", "proof.json", naming="another person or account")
        self.people("link", "Ada", "web:ada.example", "--proof", "proof.json")
        self.people("unlink", "web:ada.example")
        self.refuses("link", "Ada", "web:ada.example", "--proof", "proof.json", naming="served before")

    def test_an_account_is_linked_by_proof_or_by_a_word_that_says_why(self):
        self.add("Ada")
        self.refuses("link", "Ada", "forum:ada", naming="--proof FILE, or --my-word", code=2)
        self.refuses("link", "Zoe", "forum:zoe", "--my-word", "x", naming="no person 'Zoe'", code=2)
        self.refuses("link", "Ada", "ada", "--my-word", "x", naming="NETWORK:ACCOUNT", code=2)
        self.refuses("link", "Ada", "forum:ada", "--proof", "none.json", naming="none.json")
        for bad, says in (("{", "not valid JSON"), ("{}", "documents"), ('{"documents":[{}]}', "document 1"),
                          ('{"documents":[{"asked":"x","fetched":"never","body":""}]}', "fetched")):
            self.write("bad.json", bad)
            self.refuses("link", "Ada", "web:ada.example", "--proof", "bad.json", naming=says)

    # -- merges

    def test_an_unmerge_restores_everything(self):
        self.add("Ada", "github:ada")
        self.add("Ada L", "forum:al", "chirp:al")
        self.people("verify", "Ada L")
        before = self.state()
        merged = self.people("merge", "Ada L", "Ada")
        self.assertEqual((len(merged["accounts"]), merged["merged"], merged["verified"]), (3, ["Ada L"], "operator"))
        self.refuses("merge", "Ada", "Ada L", naming="one person already")
        self.people("unmerge", "Ada L")
        self.assertEqual(self.state(), before)
        history = [line["what"] for line in self.people("history")["history"]]
        self.assertEqual(history, ["add", "link", "add", "link", "link", "verify", "merge", "unmerge"])

    # -- verification and scores

    def test_proof_of_control_is_not_verification_and_a_branch_can_be_cut(self):
        self.add("Root")
        self.add("Ada", "github:ada")
        self.add("Bob", "forum:bob")
        self.refuses("verify", "Ada", "--proofs", naming="more than your own word")
        self.refuses("invite", "Root", "Ada", naming="Root is not verified")
        self.people("verify", "Root")
        self.people("invite", "Root", "Ada")
        self.assertEqual(self.people("invite", "Ada", "Bob")["verified"], "invitation")
        self.people("cut", "Ada")
        self.assertEqual([each["verified"] for each in self.state()["people"]], ["operator", None, None])

    def test_scores_of_the_folder_go_by_its_people(self):
        self.log(*[crowd("hazel", 5)], like("ada", "hazel"), like("ada_l", "hazel", network="chirp"),
                 like("ada", "ada_l"), like("bob", "ada"), like("cyd", "ada"), like("dan", "ada"))
        self.succeeds("import", "log.csv", "--data", "data")
        plain = self.succeeds("score", "--data", "data", "--json").json()
        self.assertEqual(plain["protection"], "unprotected")
        self.add("Ada", "forum:ada", "chirp:ada_l")
        self.people("verify", "Ada")
        self.write("people.csv", "person,network,account\nAda,forum,ada\nAda,chirp,ada_l\n")
        self.write("verified.csv", "network,account\nforum,ada\nchirp,ada_l\n")
        by_folder = self.score_file("--data", "data", name="folder.csv")
        by_files = self.score_file("log.csv", "--people", "people.csv", "--verified", "verified.csv", name="files.csv")
        self.assertEqual(by_folder, by_files)
        lock = json.loads(self.read("folder.csv.lock"))
        self.assertIn("people.sqlite", json.dumps(lock["people"]))
        self.assertIn("people.sqlite", json.dumps(lock["verified"]))
        self.write("nobody.csv", "network,account\n")
        self.write("other.csv", "person,network,account\nX,forum,bob\n")
        self.assertEqual(
            self.score_file("--data", "data", "--people", "other.csv", "--verified", "nobody.csv", name="a.csv"),
            self.score_file("log.csv", "--people", "other.csv", "--verified", "nobody.csv", name="b.csv"),
            "files that are given win",
        )
        self.people("basis", "Ada", "none")
        self.assertNotIn(b"Ada", self.score_file("--data", "data", name="unnamed.csv"))

    # -- erase and opt-out

    def holds(self, text):
        return any(text in path.read_bytes() for path in (self.folder / "data").rglob("*") if path.is_file())

    def test_an_erased_account_leaves_the_registry_for_good(self):
        name = "zaphod-beeblebrox"
        self.log(like(name, "hazel"), like("ada", name))
        self.succeeds("import", "log.csv", "--data", "data")
        self.add("Trillian M", f"forum:{name}")
        self.assertTrue(self.holds(name.encode()))
        erased = self.succeeds("erase", f"forum:{name}", "--data", "data", "--json").json()
        self.assertEqual((erased["rows_removed"], erased["links_removed"], erased["people_removed"]), (2, 1, 1))
        self.assertFalse(self.holds(name.encode()))
        self.assertFalse(self.holds(b"Trillian"))
        self.add("Zed")
        self.refuses("link", "Zed", f"forum:{name}", "--my-word", "again", naming="was erased")

    def test_an_opt_out_takes_all_accounts_of_a_person(self):
        self.log(like("zaphod", "hazel"), like("zb42", "hazel", network="chirp"), like("ada", "hazel"))
        self.succeeds("import", "log.csv", "--data", "data")
        self.add("Trillian M", "forum:zaphod", "chirp:zb42")
        gone = self.people("opt-out", "Trillian M")
        self.assertEqual((gone["links_removed"], gone["people_removed"], gone["rows_removed"]), (2, 1, 2))
        for text in (b"zaphod", b"zb42", b"Trillian"):
            self.assertFalse(self.holds(text), text)
        self.assertEqual(self.state()["people"], [])
        added = self.succeeds("import", "log.csv", "--data", "data", "--json").json()
        self.assertEqual((added["added"], added["erased"]), (0, 2))

    # -- advice

    def profiles(self, *profiles):
        self.write("profiles.ndjson", "".join(json.dumps(each) + "\n" for each in profiles))
        return "profiles.ndjson"

    def test_suggestions_link_nothing(self):
        self.add("Ada Lovelace", "github:ada_lovelace")
        before = self.read("data/people.sqlite")
        profiles = self.profiles(
            {"network": "forum", "account": "lovelace.ada"}, {"network": "forum", "account": "bob"}
        )
        found = self.people("suggest", "--profiles", profiles)
        self.assertEqual([(each["person"], each["account"]) for each in found["suggestions"]],
                         [("Ada Lovelace", "lovelace.ada")])
        self.assertIn("only a proof can link it", found["suggestions"][0]["reason"])
        self.assertEqual(self.read("data/people.sqlite"), before)

    def test_a_check_says_what_differs(self):
        self.add("Ada", "github:ada", "web:ada.example", "chirp:ada")
        profiles = self.profiles(
            {"network": "github", "account": "ada", "name": "Ada", "picture": True, "links": ["https://ada.example"]},
            {"network": "web", "account": "ada.example", "name": "A. Lovelace", "picture": False, "links": []},
        )
        answer = self.people("check", "Ada", "--profiles", profiles)
        self.assertEqual([each["about"] for each in answer["remarks"]], ["name", "picture", "links"])
        self.assertEqual(answer["unknown"], ["chirp:ada"])

    # -- the store

    def test_a_store_of_a_newer_renown_is_refused(self):
        self.add("Ada")
        with sqlite3.connect(self.folder / "data/people.sqlite") as store:
            store.execute("PRAGMA user_version=99")
        store.close()
        self.refuses("list", naming="written by a newer Renown")
        self.refuses("add", "Bob", naming="written by a newer Renown")

    def test_a_wrong_word_is_told(self):
        self.fails("people", naming="name a command: list, show", code=2)
        self.fails("people", "fly", naming="there is no command 'fly'; there are list", code=2)
        self.refuses("add", "a:b", naming="colon")
        self.refuses("add", "Ada", "--basis", "friend", naming="enrolled, community, none", code=2)
        self.assertNotIn("data", [name for name in self.files() if name == "data/people.sqlite"])

    def test_tables_are_for_people(self):
        self.add("Ada\u202eLovelace", "github:ada")
        text = self.succeeds("people", "list", "--data", "data").out
        self.assertIn("github:ada", text)
        self.assertNotIn("\u202e", text, "a name cannot turn its line round")
        self.assertIn("operator's word", self.succeeds("people", "show", "github:ada", "--data", "data").out)


if __name__ == "__main__":
    unittest.main()
