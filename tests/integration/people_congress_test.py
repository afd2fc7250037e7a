"""Suggestions on real accounts: right for most, and none of them links anything."""

import json
import re
import sqlite3
import unittest

from vocabulary import Case, real_data


class Congress(Case):
    """519 members: their Twitter accounts are linked, owners of all others are suggested."""

    def test_no_account_is_merged_by_likeness(self):
        folder = real_data("congress")
        ids, twitter, others = [], {}, []
        for line in (folder / "legislators-social-media.yaml").read_text(encoding="utf-8").splitlines():
            found = re.match(r"\s+(?:- )?(\w+): (.*)", line)
            if not found or line.startswith("#"):
                continue
            key, value = found.group(1), found.group(2).strip("'\"")
            if key == "bioguide":
                ids.append(value)
            elif key == "twitter":
                twitter[ids[-1]] = value
            elif key in ("facebook", "youtube", "instagram", "mastodon"):
                others.append((ids[-1], key, value))
        self.assertEqual((len(ids), len(twitter) + len(others)), (519, 1671))
        self.succeeds("people", "add", "First", "--data", "data")
        with sqlite3.connect(self.folder / "data/people.sqlite") as store:
            for number, (bioguide, handle) in enumerate(twitter.items(), start=2):
                store.execute("INSERT INTO persons(person, name, basis) VALUES (?, ?, 'community')", (number, bioguide))
                store.execute("INSERT INTO accounts VALUES ('twitter', ?, ?)", (handle, number))
        store.close()
        self.write("profiles.ndjson", "".join(
            json.dumps({"network": network, "account": f"{owner}/{handle}", "handle": handle}) + "\n"
            for owner, network, handle in others))
        before = self.succeeds("people", "list", "--data", "data", "--json").json()
        found = self.succeeds("people", "suggest", "--profiles", "profiles.ndjson", "--data", "data", "--json").json()
        right = sum(each["account"].startswith(each["person"] + "/") for each in found["suggestions"])
        precision, recall = right / len(found["suggestions"]), right / found["unlinked"]
        print(f"from handles alone: {found['unlinked']} accounts, precision {precision:.4f}, recall {recall:.4f}")
        self.assertEqual(self.succeeds("people", "list", "--data", "data", "--json").json(), before, "false merges: 0")
        self.assertGreater(precision, 0.9)
        self.assertGreater(recall, 0.5)


if __name__ == "__main__":
    unittest.main()
