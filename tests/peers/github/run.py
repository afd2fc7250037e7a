"""GitHub's connector against what GitHub publishes: its OpenAPI document in Prism, a recorded list of five pages, and
an example of each webhook. Python 3 and its standard library; installs the npm packages of this folder by itself."""

import collections
import http.server
import json
import pathlib
import sys
import threading
import urllib.request

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "prism"))

from peer import Reading, cut, expect_refused, free_port, inline, install, prism, process  # noqa: E402

PATHS = ["/users/{username}", "/users/{username}/repos", "/users/{username}/followers",
         "/users/{username}/received_events/public", "/repos/{owner}/{repo}/stargazers", "/repos/{owner}/{repo}/forks",
         "/repos/{owner}/{repo}/issues", "/repos/{owner}/{repo}/issues/{issue_number}/comments",
         "/repos/{owner}/{repo}/pulls/{pull_number}/reviews", "/repos/{owner}/{repo}/pulls/{pull_number}",
         "/search/issues"]
STARS = "alternative-response-with-star-creation-timestamps"


def document_for_the_connector(folder: pathlib.Path) -> dict:
    """GitHub's document, cut to the connector's paths. It writes all media types as application/json; which ones there
    are stands in its text, so each answer is given the type that the connector asks for. Links to further pages lead to
    GitHub itself in its examples, so they are left out: paging has a test of its own."""
    whole = json.loads((folder / "node_modules/@octokit/openapi/generated/api.github.com.json").read_text())
    document = cut(whole, PATHS)
    for path, item in document["paths"].items():
        answer = dict(inline(item["get"]["responses"]["200"], whole))
        answer.pop("headers", None)
        content = dict(inline(answer["content"]["application/json"], whole))
        if path.endswith("/stargazers"):
            content["examples"] = {STARS: content["examples"][STARS]}
            answer["content"] = {"application/vnd.github.star+json": content}
        else:
            answer["content"] = {"application/vnd.github+json": content}
        item["get"]["responses"]["200"] = answer
    return document


def contract(folder: pathlib.Path):
    document = document_for_the_connector(folder)
    with prism(folder, "github", document) as base:
        reading = Reading("github", "octocat", base)
        expect_refused(base + "/repos/a/b/issues?per_page=many", Accept="application/vnd.github+json")
    reading.expect_whole()
    reading.expect_asked(base, {"paths": [path for path in PATHS if not path.endswith("/{pull_number}")]})
    print(f"contract: {len(reading.asked)} requests, all accepted; rows {dict(reading.kinds())}, 0 bad, "
          f"left out {dict(reading.left_out)}")
    merged(folder, document)


def merged(folder: pathlib.Path, document: dict):
    """The same where the pull request of the example was merged."""
    content = document["paths"]["/repos/{owner}/{repo}/issues"]["get"]["responses"]["200"]["content"]
    media = content["application/vnd.github+json"]
    example = inline(next(iter(media["examples"].values())), document)
    issues = json.loads(json.dumps(example["value"]))
    for issue in issues:
        issue["pull_request"]["merged_at"] = "2011-04-23T00:00:00Z"
    media["examples"] = {"merged": {"value": issues}}
    with prism(folder, "github-merged", document) as base:
        reading = Reading("github", "octocat", base)
    reading.expect_whole()
    reading.expect_asked(base, {"paths": PATHS})
    assert reading.kinds()["endorse"] == 1, reading.kinds()
    print(f"merged: {len(reading.asked)} requests, all accepted; rows {dict(reading.kinds())}")


class Relay(http.server.BaseHTTPRequestHandler):
    """An account with one repository, whose issues are the recorded list: its first page, and then whatever its links
    name."""

    recorded = ""
    asked = []

    def do_GET(self):
        if self.path.startswith("/users/octokit-fixture-org/repos"):
            return self.answer(200, json.dumps([{"full_name": "octokit-fixture-org/paginate-issues",
                                                 "owner": {"login": "octokit-fixture-org"},
                                                 "created_at": "2017-10-10T16:00:00Z", "stargazers_count": 0,
                                                 "forks_count": 0}]))
        if self.path.startswith("/users/octokit-fixture-org/received"):
            return self.answer(200, "[]")
        if self.path.startswith("/users/octokit-fixture-org"):
            return self.answer(200, json.dumps({"login": "octokit-fixture-org", "created_at": "2017-10-10T16:00:00Z",
                                                "public_repos": 1, "followers": 0}))
        if self.path.startswith("/search"):
            return self.answer(200, '{"items":[]}')
        if "/comments" in self.path:  # not recorded
            return self.answer(200, json.dumps([{"id": 1, "user": {"login": "octokit-fixture-org"},
                                                 "created_at": "2017-10-10T16:00:00Z"}]))
        path = self.path
        if path.startswith("/repos/"):
            path = path.split("?")[0] + "?per_page=3"
        Relay.asked.append(self.path)
        # Only what was recorded is answered, to the headers that were recorded with it.
        headers = {"Accept": "application/vnd.github.v3+json",
                   "Authorization": "token 0000000000000000000000000000000000000001"}
        request = urllib.request.Request(Relay.recorded + path, headers=headers)
        with urllib.request.urlopen(request, timeout=20) as answer:
            link = answer.headers.get("Link", "").replace("localhost", "127.0.0.1")
            link = link.replace(Relay.recorded, f"http://{self.headers['Host']}")
            self.answer(200, answer.read().decode(), link)

    def answer(self, status, body, link=""):
        self.send_response(status)
        if link:
            self.send_header("Link", link)
        self.send_header("Content-Length", str(len(body.encode())))
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_):
        pass


def paging(folder: pathlib.Path):
    port = free_port()
    command = ["node_modules/.bin/octokit-fixtures-server", "--port", str(port)]
    with process(command, folder, folder / "fixtures.log", f"http://127.0.0.1:{port}/"):
        wanted = urllib.request.Request(f"http://127.0.0.1:{port}/fixtures", json.dumps({"scenario": "paginate-issues"})
                                        .encode(), {"Content-Type": "application/json", "Accept": "application/json"})
        with urllib.request.urlopen(wanted, timeout=20) as answer:
            Relay.recorded = json.loads(answer.read())["url"].replace("localhost", "127.0.0.1")
        relay = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Relay)
        threading.Thread(target=relay.serve_forever, daemon=True).start()
        reading = Reading("github", "octokit-fixture-org", f"http://127.0.0.1:{relay.server_port}")
        relay.shutdown()
    reading.expect_whole()
    assert len(Relay.asked) == 5 and all(path.startswith("/repositories/") for path in Relay.asked[1:]), Relay.asked
    issues = {row["post"] for row in reading.rows if not row["id"]}
    assert issues == {f"octokit-fixture-org/paginate-issues#{number}" for number in range(1, 14)}, issues
    print(f"paging: {len(Relay.asked)} pages, four of them under /repositories/<id>/; {len(issues)} issues")


def webhooks(folder: pathlib.Path):
    package = folder / "node_modules/@octokit/webhooks-examples/api.github.com/index.json"
    rows, left_out, bodies, silent = collections.Counter(), collections.Counter(), 0, []
    kinds = json.loads(package.read_text())
    for kind in kinds:
        given = "".join(json.dumps(example) + "\n" for example in kind["examples"])
        bodies += len(kind["examples"])
        reading = Reading("--delivery", kind["name"], given=given)
        assert reading.code == 0 and not reading.bad, (kind["name"], reading.bad)
        outcomes = len(reading.rows) + sum(reading.left_out.values())
        if outcomes != len(kind["examples"]):
            silent.append(kind["name"])
        rows += reading.kinds()
        left_out += reading.left_out
    assert not silent, silent
    assert len(kinds) == 58, len(kinds)
    print(f"webhooks: {len(kinds)} kinds, {bodies} bodies: rows {dict(rows)}, 0 bad, left out {sum(left_out.values())}")


def main():
    folder = install(HERE)
    webhooks(folder)
    paging(folder)
    contract(folder)


if __name__ == "__main__":
    main()
