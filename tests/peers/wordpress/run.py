"""The connectors of blogs against a real WordPress: what they bring scores as a flat log of the same acts does.

RENOWN_COMMAND is the command, RENOWN_PEERS a folder to work in. Exit code 77: skipped, with the reason."""

import csv
import json
import os
import pathlib
import shutil
import subprocess
import sys

from blog_site import Site, Skip
from packages import skip

PEERS = pathlib.Path(os.environ["RENOWN_PEERS"])
RENOWN = os.environ["RENOWN_COMMAND"]
AS_OF = "2027-01-01T00:00:00Z"  # after the comment that is deleted while this runs
POSTS, COMMENTS = 120, 250      # two and three pages of 100


def day(number: int, second: int) -> str:
    return f"2026-08-{1 + number % 28:02} 10:{number % 60:02}:{second:02}"


def make_seed(home: str):
    posts = [{"title": f"Post {n}", "date": day(n, 0), "tags": ["Barn Owls"] if n % 2 else []} for n in range(POSTS)]
    comments = []
    for n in range(COMMENTS):
        comment = {"post": n % POSTS, "parent": None, "name": f"Person {n % 37}", "url": f"https://c{n % 37}.example/",
                   "date": f"2026-09-{1 + n // 10:02} 12:{n % 60:02}:01", "type": "comment", "user": 0}
        if n % 11 == 3:
            comment["url"] = ""  # nobody can be named
        if n % 7 == 5:
            comment.update(parent=n - 1, post=comments[n - 1]["post"])
        if n % 13 == 6:
            comment.update(user=1, url=home, name="owner")  # the blog itself
        comments.append(comment)
    comments[40].update(type="pingback", url="https://links.example/2026/owls", parent=None, user=0)
    return posts, comments


def account(comment: dict, home: str) -> str:
    if comment["type"] == "pingback":
        return "links.example"
    return "blog.example" if comment["url"] == home else comment["url"].removeprefix("https://").rstrip("/")


def rows_of(posts, comments, written, home, wanted):
    """The flat log, said another time: a line for each thing that somebody did."""
    rows = []
    for n, post in enumerate(posts):
        link = written["posts"][n]
        rows.append([post["date"] + "Z", "post", "blog.example", "", link, link, "barn-owls" if post["tags"] else ""])
    for n, comment in enumerate(comments):
        actor = account(comment, home)
        if not actor or n not in wanted:
            continue
        name = lambda one: f"blog.example#comment-{written['comments'][one]}"
        time, link = comment["date"] + "Z", written["posts"][comment["post"]]
        if comment["type"] == "pingback":
            rows.append([time, "mention", actor, "blog.example", comment["url"], name(n), ""])
            continue
        parent = comment["parent"]
        answered = account(comments[parent], home) if parent is not None else ""
        if answered != "blog.example" and actor != "blog.example":
            rows.append([time, "comment", actor, "blog.example", link, name(n), ""])
        if answered and answered != actor:
            rows.append([time, "reply", actor, answered, name(parent), name(n), ""])
    return rows


class Work:
    """A folder in which the command runs."""

    def __init__(self, host: str):
        self.folder = PEERS / "wordpress/work"
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        self.host = host

    def renown(self, *arguments, code=0, given=None):
        ran = subprocess.run([RENOWN, *arguments], cwd=self.folder, capture_output=True, text=True, timeout=200, input=given,
                             env={**os.environ, "HOME": str(self.folder), "XDG_CONFIG_HOME": str(self.folder)})
        assert ran.returncode == code, f"{arguments}: exit code {ran.returncode}\n{ran.stdout}\n{ran.stderr}"
        return ran.stdout

    def sync(self, data: str):
        source = json.loads(self.renown("sync", "--data", data, "--allow-host", self.host, "--json"))["sources"][0]
        assert source["state"] == "current", source
        return source

    def expect_scores_of(self, data: str, rows):
        with open(self.folder / "flat.csv", "w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow(["time", "network", "kind", "actor", "target", "post", "id", "tags"])
            writer.writerows([row[0], "web", *row[1:]] for row in rows)
        for name, arguments in (("flat", ["flat.csv"]), ("synced", ["--data", data])):
            self.renown("score", *arguments, "--as-of", AS_OF, "--out", f"{name}-scores.csv", "--ledger", f"{name}-ledger.csv")
        for what in ("scores", "ledger"):
            one, other = ((self.folder / f"{name}-{what}.csv").read_text(encoding="utf-8") for name in ("flat", "synced"))
            assert one == other, f"{what} differ: see {self.folder}"
        return len(one.splitlines()) - 1


def check_wordpress(site: Site, work: Work, posts, comments, written):
    work.renown("connect", "add", "wordpress", "blog.example", "--server", site.url, "--set", "password=yes", "--token-file",
                "-", "--data", "blog", given="token-of-the-owner\n")
    everything = set(range(len(comments)))
    rows = rows_of(posts, comments, written, site.url, everything)
    first = work.sync("blog")
    assert first["added"] == len(rows), (first, len(rows))
    engaged = work.expect_scores_of("blog", rows)
    print(f"{len(posts)} posts, {len(comments)} comments: {len(rows)} rows, {engaged} contributions, equal to a flat log's")
    again = work.sync("blog")
    assert again["added"] == 0, again

    answered = {comment["parent"] for comment in comments}
    plain = next(n for n in range(100, 200) if n not in answered and comments[n]["url"].startswith("https://c")
                 and comments[n]["parent"] is None)
    assert site.call("DELETE", f"/wp-json/wp/v2/comments/{written['comments'][plain]}?force=true") == 200
    hidden = next(n for n in range(plain + 1, 240) if n not in answered and comments[n]["url"].startswith("https://c"))
    assert site.call("DELETE", f"/wp-json/wp/v2/comments/{written['comments'][hidden]}") == 200  # to the trash
    gone = work.sync("blog")
    assert gone["added"] == 2, gone
    work.expect_scores_of("blog", rows_of(posts, comments, written, site.url, everything - {plain, hidden}))
    assert work.sync("blog")["added"] == 0
    print("a comment that was deleted and one that was put into the trash are withdrawn")
    return everything - {plain, hidden}


def check_feed(site: Site, work: Work, posts, comments, written, there):
    work.renown("connect", "add", "feed", "blog.example", "--set", f"feed={site.url}/feed/", "--set",
                f"comments={site.url}/comments/feed/atom/", "--data", "feed")
    work.sync("feed")
    newest = set(sorted(there, key=lambda n: (comments[n]["date"], written["comments"][n]))[-10:])
    ten = sorted(range(len(posts)), key=lambda n: posts[n]["date"])[-10:]
    shown = [{**comment, "parent": comment["parent"] if comment["parent"] in newest else None} for comment in comments]
    rows = [row for row in rows_of(posts, shown, written, site.url, newest)
            if row[1] != "post" or row[4] in [written["posts"][n] for n in ten]]
    engaged = work.expect_scores_of("feed", [[*row[:6], ""] for row in rows])
    assert engaged > 0
    assert work.sync("feed")["added"] == 0
    print(f"feeds of ten posts and ten comments: {len(rows)} rows, equal to a flat log's")


def main() -> int:
    try:
        site = Site(PEERS / "wordpress")
    except Skip as why:
        skip(why)
    with site:
        posts, comments = make_seed(site.url)
        written = site.write({"posts": posts, "comments": comments})
        work = Work(site.host)
        there = check_wordpress(site, work, posts, comments, written)
        check_feed(site, work, posts, comments, written, there)
    return 0


if __name__ == "__main__":
    sys.exit(main())
