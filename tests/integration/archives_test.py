"""Archives of accounts through the command: zip, tar.gz and folders of each network, scored and imported."""

import io
import json
import tarfile
import unittest
import zipfile

from vocabulary import SOURCE, Case

ANNS_CAR = SOURCE / "tests/fuzz/corpus/car_fuzz/ann.car"
UNREADABLE = b"\xff\xfe no JSON, no CSV [[["


def person(number):
    return {"displayName": "Somebody", "resourceName": f"users/{number}"}


def google_plus():
    post = {
        "url": "https://plus.google.com/1/posts/P",
        "creationTime": "2018-10-08 20:19:22+0000",
        "resourceName": "users/1/posts/T",
        "author": person(1),
        "content": "hi",
        "postAcl": {"isPublic": True},
        "comments": [{"creationTime": "2018-10-08 21:00:00+0000", "author": person(2), "resourceName": "c"}],
        "plusOnes": [{"plusOner": person(number)} for number in (3, 4, 5)],
    }
    return {
        "Takeout/Google+ Stream/Posts/20181008 - hi.json": json.dumps(post),
        "Takeout/Hangouts/Hangouts.json": UNREADABLE,
    }


def x():
    tweet = {
        "id_str": "9",
        "created_at": "Wed Oct 10 20:19:24 +0000 2018",
        "full_text": "hi @bob",
        "favorite_count": "12345",
        "retweet_count": "678",
        "entities": {"user_mentions": [{"screen_name": "bob", "id_str": "7"}]},
    }
    return {
        "data/account.js": 'window.YTD.account.part0 = [{"account":{"accountId":"42"}}]',
        "data/tweets.js": f"window.YTD.tweets.part0 = {json.dumps([{'tweet': tweet}])}",
        "data/direct-messages.js": UNREADABLE,
    }


def mastodon():
    boost = {
        "id": "https://a.example/users/ann/statuses/1/activity",
        "type": "Announce",
        "actor": "https://a.example/users/ann",
        "published": "2024-05-01T12:00:00Z",
        "to": ["https://www.w3.org/ns/activitystreams#Public"],
        "object": "https://b.example/users/bob/statuses/8",
    }
    return {"actor.json": "{}", "outbox.json": json.dumps({"type": "OrderedCollection", "orderedItems": [boost]})}


def linkedin():
    header = "Endorsement Date,Skill Name,Endorser First Name,Endorser Last Name,Endorser Public Url,Endorsement Status\n"
    return {
        "Profile.csv": "First Name,Last Name\nAnn,Cross\n",
        "Endorsement_Received_Info.csv": header
        + "2023/06/05 15:47:58 UTC,Owls,Bob,Ray,www.linkedin.com/in/bob,ACCEPTED\n",
        "messages.csv": UNREADABLE,
    }


def instagram():
    like = {"title": "bob", "string_list_data": [{"href": "https://i/p/1", "value": "x", "timestamp": 1600000000}]}
    owner = {"profile_user": [{"string_map_data": {"Username": {"value": "ann"}}}]}
    return {
        "personal_information/personal_information.json": json.dumps(owner),
        "likes/liked_posts.json": json.dumps({"likes_media_likes": [like]}),
        "messages/inbox/bob/message_1.json": UNREADABLE,
    }


def facebook():
    profile = {"profile_v2": {"name": {"full_name": "Ann Cross"}}}
    comment = {
        "timestamp": 1600000000,
        "data": [{"comment": {"comment": "hi", "author": "Ann Cross"}}],
        "title": "Ann Cross commented on Bob Ray's post.",
    }
    folder = "your_facebook_activity"
    return {
        "personal_information/profile_information/profile_information.json": json.dumps(profile),
        f"{folder}/comments_and_reactions/comments.json": json.dumps({"comments_v2": [comment]}),
        f"{folder}/messages/inbox/bob_1/message_1.json": UNREADABLE,
    }


def reddit():
    return {
        "statistics.csv": "statistic,value\naccount name,ann\n",
        "gold_received.csv": "content_link,gold_received,gilder_username,date\n"
        "https://www.reddit.com/r/owls/comments/p1/t/,1,bob,2023-05-02 06:57:14 UTC\n",
        "messages.csv": UNREADABLE,
    }


def foursquare():
    checkin = {"id": "c1", "createdAt": "2020-01-01 10:00:00.000000", "with": [{"id": "7"}]}
    return {
        "data-export-1/users.json": json.dumps({"self": {"id": "42"}}),
        "data-export-1/checkins1.json": json.dumps({"count": 1, "items": [checkin]}),
        "data-export-1/visits.json": UNREADABLE,
    }


NETWORKS = {  # format: files, and who is in the table
    "googleplus": (google_plus(), ["googleplus:1"]),
    "x": (x(), ["twitter:7"]),
    "mastodon": (mastodon(), ["fediverse:https://b.example/users/bob"]),
    "linkedin": (linkedin(), ["linkedin:name:Ann Cross"]),
    "instagram": (instagram(), ["instagram:bob"]),
    "facebook": (facebook(), ["facebook:name:Bob Ray"]),
    "reddit": (reddit(), ["reddit:ann"]),
    "foursquare": (foursquare(), ["foursquare:7"]),
}


class Archives(Case):
    def zip(self, files, name="a.zip"):
        with zipfile.ZipFile(self.folder / name, "w", zipfile.ZIP_DEFLATED) as archive:
            for member, content in files.items():
                archive.writestr(member, content)
        return name

    def tar(self, files, name="a.tar.gz"):
        with tarfile.open(self.folder / name, "w:gz") as archive:
            for member, content in files.items():
                data = content.encode() if isinstance(content, str) else content
                info = tarfile.TarInfo(member)
                info.size = len(data)
                archive.addfile(info, io.BytesIO(data))
        return name

    def unpacked(self, files, name="folder"):
        for member, content in files.items():
            path = self.folder / name / member
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        return name

    def score(self, *arguments):
        answer = self.run_it("score", *arguments, "--json", "--top", "0")
        self.assertIn(answer.code, (0, 3), answer.err)  # 3: too few engagers for a score
        return answer.json()

    def test_every_network_in_every_form(self):
        for network, (files, accounts) in NETWORKS.items():
            forms = [self.zip(files), self.tar(files), self.unpacked(files, network)]
            for log in forms:
                for how in ([], ["--input-format", "archive"], ["--input-format", network]):
                    with self.subTest(network=network, log=log, how=how):
                        result = self.score(log, *how)
                        self.assertEqual([f"{row['network']}:{row['account']}" for row in result["scores"]], accounts)
                        self.assertEqual(result["read"]["bad"], 0)

    def test_a_car_plain_packed_and_through_a_pipe(self):
        wanted = self.score(ANNS_CAR)["scores"]
        self.assertEqual([row["network"] for row in wanted], ["bluesky", "bluesky"])
        self.write("repo.gz", ANNS_CAR.read_bytes())
        self.assertEqual(self.score("repo.gz")["scores"], wanted)
        self.assertEqual(self.score(ANNS_CAR, "--input-format", "archive")["scores"], wanted)
        self.assertEqual(self.score(ANNS_CAR, "--input-format", "bluesky")["scores"], wanted)
        answer = self.run_it("score", "-", "--json", "--top", "0", stdin=ANNS_CAR.read_bytes())
        self.assertEqual(answer.json()["scores"], wanted)

    def test_engagers_of_a_takeout_give_a_score(self):
        result = self.score(self.zip(google_plus()))
        self.assertEqual(result["scores"][0]["reach"], 4)
        self.assertIsNotNone(result["scores"][0]["score"])

    def test_totals_without_names_are_said_and_not_counted(self):
        answer = self.run_it("score", self.zip(x()))
        self.assertIn("12345 likes and 678 reposts without names: shown, never counted", answer.err)
        self.assertEqual([row["reach"] for row in self.score("a.zip")["scores"]], [1])

    def test_imported_twice_it_is_there_once(self):
        log = self.zip(google_plus())
        for _ in range(2):
            self.succeeds("import", log, "--data", "data")
        self.assertEqual(self.score("--data", "data")["scores"][0]["interactions"], 4)

    def test_an_unpacked_archive_has_a_digest_of_what_was_read_alone(self):
        files = google_plus()
        log = self.unpacked(files)
        first = self.digest_of(log)
        (self.folder / log / "Takeout/Hangouts/Hangouts.json").write_bytes(b"other messages")
        self.assertEqual(self.digest_of(log), first)
        (self.folder / log / "Takeout/Google+ Stream/Posts/20181009 - more.json").write_text("{}")
        self.assertNotEqual(self.digest_of(log), first)

    def digest_of(self, log):
        self.run_it("score", log, "--out", "scores.csv")
        return json.loads(self.read("scores.csv.lock"))["inputs"][0]["sha256"]

    def test_what_is_refused_says_why(self):
        self.zip({"readme.txt": "hello"}, "other.zip")
        self.fails("score", "other.zip", naming="other.zip is an archive of no network that Renown reads")
        self.zip({}, "empty.zip")
        self.fails("score", "empty.zip", naming="empty.zip is an archive of no network that Renown reads")
        self.fails("score", self.zip(x()), "--input-format", "linkedin", naming="not those of one from linkedin")
        self.fails("score", "a.zip", "--input-format", "flat", naming="a.zip is an archive (zip or tar), not flat")
        self.write("log.csv", "time,network,kind,actor,target\n")
        self.fails("score", "log.csv", "--input-format", "x", naming="log.csv is no archive")
        self.write("cut.zip", self.read("a.zip")[:-30])
        self.fails("score", "cut.zip", naming="cut.zip is cut off or damaged")
        answer = self.run_it("score", "-", stdin=self.read("a.zip"))
        self.assertEqual(answer.code, 1)
        self.assertIn("an archive cannot be read from standard input: name the file", answer.err)
        (self.folder / "nothing").mkdir()
        self.fails("score", "nothing", naming="nothing is a folder")

    def test_a_bad_record_has_its_place_and_strict_stops_there(self):
        files = x()
        files["data/tweets.js"] = files["data/tweets.js"].replace("[{", '[{"tweet":{}},{', 1)
        answer = self.run_it("score", self.zip(files))
        self.assertIn("a.zip: data/tweets.js record 1: the post has no id", answer.err)
        self.fails("score", "a.zip", "--strict", naming="a.zip: data/tweets.js record 1: the post has no id")


if __name__ == "__main__":
    unittest.main()
