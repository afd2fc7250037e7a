#!/usr/bin/env python3
"""Writes the invented town of Pebblemarsh: interactions.csv, people.csv and verified.csv, beside this script.

Everything is made up: the people of cast.csv, their three networks, what they write about. The files are the same
bytes on every machine and every Python from 3.9 on: all numbers are integers and the dice are our own.

    python3 make_town.py          write the three files
    python3 make_town.py --check  write nothing; exit 1 if one of the files differs from what would be written
"""

import csv
import io
import sys
from bisect import bisect_right
from dataclasses import dataclass
from datetime import datetime, timezone
from itertools import accumulate
from pathlib import Path
from typing import Optional

FOLDER = Path(__file__).resolve().parent
SEED = 20261031
ROWS = 5000
DAYS = 120
DAY = 86_400
HOUR = 3_600
START = int(datetime(2024, 7, 4, tzinfo=timezone.utc).timestamp())  # the last day is 2024-10-31

# A person with a season is talked about only then: first and last day.
SEASONS = {"all": (0, DAYS - 1), "summer": (0, 55), "autumn": (75, DAYS - 1)}

ID_LETTERS = {"chirp": "c", "forum": "f", "codehub": "h"}  # the ids of a network: its letter and a number

# How often each kind is used on each network, in percent.
KINDS = {
    "chirp": [("like", 50), ("reply", 20), ("repost", 16), ("mention", 8), ("quote", 6)],
    "forum": [("comment", 46), ("like", 34), ("endorse", 12), ("mention", 8)],
    "codehub": [("star", 45), ("comment", 25), ("review", 22), ("tip", 8)],
}


class Dice:
    """SplitMix64: a few lines, and the same numbers everywhere."""

    def __init__(self, seed):
        self.state = seed

    def below(self, n):
        """A whole number from 0 to n - 1."""
        mask = (1 << 64) - 1
        self.state = (self.state + 0x9E3779B97F4A7C15) & mask
        z = self.state
        z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & mask
        z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & mask
        return ((z ^ (z >> 31)) * n) >> 64

    def between(self, first, last):
        return first + self.below(last - first + 1)

    def chance(self, percent):
        return self.below(100) < percent

    def pick(self, things):
        return things[self.below(len(things))]

    def weighted(self, pairs):
        """One of (thing, weight), by weight."""
        sums = list(accumulate(weight for _, weight in pairs))
        return pairs[bisect_right(sums, self.below(sums[-1]))][0]


@dataclass
class Account:
    """One account of the cast."""

    network: str
    name: str
    owner: int  # line of cast.csv
    topics: list
    pull: int  # how many turn to this account, 0 to 10
    energy: int  # how much this account does, 0 to 10
    season: str
    verified: bool


@dataclass
class Row:
    """One row of the log."""

    time: int
    network: str
    kind: str
    actor: str
    target: str = ""
    post: str = ""
    tags: str = ""
    id: str = ""
    undoes: Optional["Row"] = None  # an undo that names the id of this row


@dataclass
class Post:
    time: int
    url: str
    tags: str


def read_cast():
    """The people of cast.csv as (lines, accounts)."""
    with open(FOLDER / "cast.csv", encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    accounts = []
    for owner, line in enumerate(lines):
        for text in line["accounts"].split():
            network, name = text.split(":")
            accounts.append(
                Account(network, name, owner, line["topics"].split(), int(line["pull"]), int(line["energy"]),
                        line["season"], line["verified"] == "yes"))
    return lines, accounts


class Town:
    """The log of the town while it is being written."""

    def __init__(self, accounts):
        self.dice = Dice(SEED)
        self.accounts = accounts
        self.by_name = {(a.network, a.name): a for a in accounts}
        self.rows = []
        self.posts = {(a.network, a.name): [] for a in accounts}
        self.post_count = {}

    def at(self, network, name):
        return self.by_name[network, name]

    def moment(self, day):
        """A waking second of a day; evenings are busier."""
        hour = self.dice.weighted([(h, 3 if 17 <= h <= 21 else 2 if 11 <= h <= 13 else 1) for h in range(7, 23)])
        return START + day * DAY + hour * HOUR + self.dice.below(HOUR)

    def add(self, time, kind, actor, target, post="", tags=""):
        row = Row(time, actor.network, kind, actor.name, target.name if target else "", post, tags)
        self.rows.append(row)
        return row

    def new_url(self, account):
        key = (account.network, account.name)
        self.post_count[key] = self.post_count.get(key, 0) + 1
        return f"{account.network}.example/{account.name}/{self.post_count[key]}"

    def write_post(self, account, time):
        """A post about one or two of the author's topics."""
        tags = [t for t in account.topics if self.dice.chance(60)][:2] or [self.dice.pick(account.topics)]
        post = Post(time, self.new_url(account), " ".join(tags))
        self.posts[account.network, account.name].append(post)
        self.add(time, "post", account, None, post.url, post.tags)

    def post_of(self, account, time):
        """One of the four latest posts before that time, or nothing."""
        before = [p for p in self.posts[account.network, account.name] if p.time < time]
        return self.dice.pick(before[-4:]) if before else None

    def engage(self, time, actor, target, kind=None):
        """The actor engages with the target about one of the target's posts; on chirp some replies are logged as a
        mention too. Returns the row, or nothing where the target has not posted yet."""
        kind = kind or self.dice.weighted(KINDS[actor.network])
        post = self.post_of(target, time)
        if post is None:
            return None
        if kind == "mention":
            return self.add(time, kind, actor, target, self.new_url(actor), self.dice.pick(actor.topics))
        row = self.add(time, kind, actor, target, post.url, post.tags)
        if kind == "reply" and self.dice.chance(30):
            self.add(time, "mention", actor, target, post.url, post.tags)
        return row


# ---- everyday life ---------------------------------------------------------------------------------------------------


def everybody_posts(town):
    """Once at the start of the season and as often again as the account has energy; planted cases write their own."""
    for account in town.accounts:
        if account.pull == 0:
            continue
        first, last = SEASONS[account.season]
        for day in [first] + sorted(town.dice.between(first, last) for _ in range(account.energy)):
            town.write_post(account, town.moment(day))
        town.posts[account.network, account.name].sort(key=lambda post: post.time)


def circles(town):
    """Who turns to whom, as ((actor, target), weight): most of all to those who share a topic."""
    pairs = []
    for target in town.accounts:
        for actor in town.accounts:
            if actor.network != target.network or actor.owner == target.owner or actor.energy == 0:
                continue
            shared = any(topic in target.topics for topic in actor.topics)
            if town.dice.chance(min(90, target.pull * (9 if shared else 2))):
                pairs.append(((actor, target), actor.energy * (target.pull + 2)))
    return pairs


def everyday_life(town, rows):
    """Engages along the circles until the log has that many rows."""
    pairs = circles(town)
    sums = list(accumulate(weight for _, weight in pairs))
    while len(town.rows) < rows:
        actor, target = pairs[bisect_right(sums, town.dice.below(sums[-1]))][0]
        first, last = SEASONS[target.season]
        town.engage(town.moment(town.dice.between(first, last)), actor, target)
    del town.rows[rows:]  # a mention logged beside the last reply may be one too many


# ---- planted cases, each named in README.md --------------------------------------------------------------------------


def quiet_expert(town):
    """forum:hazel posts seven times in four months; nearly the whole forum keeps coming back."""
    hazel = town.at("forum", "hazel")
    for day in (1, 16, 38, 57, 79, 96, 113):
        town.write_post(hazel, town.moment(day))
    for actor in town.accounts:
        if actor.network != "forum" or actor.owner == hazel.owner or not town.dice.chance(92):
            continue
        first = town.dice.between(2, 80)
        for day in [first, first + town.dice.between(9, 20)] + [town.dice.between(103, 119)]:
            town.engage(town.moment(day), actor, hazel)


def chatterbox(town):
    """chirp:nonstop_nell posts and replies to everybody but the bot, all day; once somebody is kind."""
    nell, bot = town.at("chirp", "nonstop_nell"), town.at("chirp", "hello_helper")
    others = [a for a in town.accounts if a.network == "chirp" and a not in (nell, bot)]
    for day in range(0, DAYS, 2):
        town.write_post(nell, town.moment(day))
    for _ in range(380):
        town.engage(town.moment(town.dice.between(3, DAYS - 1)), nell, town.dice.pick(others), "reply")
    town.engage(town.moment(61), town.at("chirp", "mabel"), nell, "like")


def bought_crowd(town):
    """150 fresh accounts like chirp:max_power once each within two days; three people did so of their own accord."""
    star = town.at("chirp", "max_power")
    for day in (20, 44, 70, 115):
        town.write_post(star, town.moment(day))
    for day, friend in ((47, "noor"), (72, "bixby"), (73, "delphine")):
        town.engage(town.moment(day), town.at("chirp", friend), star, "like")
    begin = START + 116 * DAY + 6 * HOUR
    post = town.posts["chirp", "max_power"][-1]
    for number in range(150):
        first = town.dice.pick(["sunny", "lucky", "happy", "super", "real", "best"])
        second = town.dice.pick(["fan", "star", "day", "smile", "wave"])
        digits = 1000 + 57 * number + town.dice.below(57)
        fake = Account("chirp", f"{first}_{second}_{digits}", -1, [], 0, 0, "all", False)
        town.add(begin + town.dice.below(2 * DAY), "like", fake, star, post.url, post.tags)


def reply_bot(town):
    """chirp:hello_helper mentions people, who answer out of politeness and never of their own accord. In July three
    people liked it."""
    bot = town.at("chirp", "hello_helper")
    fans = [town.at("chirp", name) for name in ("kip", "iggy", "gus_gus")]
    polite = [a for a in town.accounts if a.network == "chirp" and a.energy > 3 and a not in fans and a is not bot]
    for day in (0, 30, 60, 90):
        town.write_post(bot, town.moment(day))
    for fan in fans:
        town.engage(town.moment(town.dice.between(5, 20)), fan, bot, "like")
    for _ in range(220):
        day = town.dice.between(0, DAYS - 7)
        asked = town.dice.pick(polite)
        time = town.moment(day)
        url = town.new_url(bot)
        town.add(time, "mention", bot, asked, url, "school")
        if town.dice.chance(60):
            town.add(time + town.dice.between(60, 5 * DAY), "reply", asked, bot, url, "school")


def too_little_data(town):
    """codehub:nico has one post and two people who noticed it."""
    nico = town.at("codehub", "nico")
    town.write_post(nico, town.moment(100))
    town.engage(town.moment(104), town.at("codehub", "flint"), nico, "star")
    town.engage(town.moment(110), town.at("codehub", "harrow"), nico, "comment")


def own_accounts(town):
    """chirp:pascal_shop reposts what chirp:pascal_bakes writes: the same person. chirp:lottie likes herself."""
    shop, baker, lottie = (town.at("chirp", name) for name in ("pascal_shop", "pascal_bakes", "lottie"))
    for day in range(10, 118, 9):
        town.engage(town.moment(day), shop, baker, "repost")
    for day in (40, 90, 118):
        town.engage(town.moment(day), lottie, lottie, "like")


def follows(town):
    for name in ("ama", "kip", "fable", "jonquil", "mabel", "cricket"):
        town.add(town.moment(town.dice.between(0, 100)), "follow", town.at("chirp", name), town.at("chirp", "odell"))


def second_thoughts(town):
    """chirp:ottilie takes a repost back by its id, forum:barnaby all he said about one post."""
    ottilie, bixby = town.at("chirp", "ottilie"), town.at("chirp", "bixby")
    repost = town.engage(town.moment(30), ottilie, bixby, "repost")
    town.add(repost.time + 40, "undo", ottilie, None).undoes = repost
    barnaby, moss = town.at("forum", "barnaby"), town.at("forum", "moss")
    comment = town.engage(town.moment(50), barnaby, moss, "comment")
    town.add(comment.time + 2 * HOUR, "undo", barnaby, moss, comment.post)


def late_row(town):
    """A like of forum:edda that reaches the log seven weeks late: the last line, though not the last in time."""
    hazel = town.at("forum", "hazel")
    return town.engage(town.moment(70), town.at("forum", "edda"), hazel, "like")


# ---- the files -------------------------------------------------------------------------------------------------------


def make_log(accounts):
    """All rows, in the order in which the log holds them."""
    town = Town(accounts)
    everybody_posts(town)
    for case in (quiet_expert, chatterbox, bought_crowd, reply_bot, too_little_data, own_accounts, follows,
                 second_thoughts):
        case(town)
    late = late_row(town)
    everyday_life(town, ROWS)

    rows = sorted(town.rows, key=lambda row: row.time)
    counters = {}
    for row in rows:
        counters[row.network] = counters.get(row.network, 1000) + 1
        row.id = "" if row.kind == "undo" else f"{ID_LETTERS[row.network]}{counters[row.network]}"
    for row in rows:
        if row.undoes:
            row.id = row.undoes.id
    rows.remove(late)
    return rows + [late]


def csv_text(header, records):
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(records)
    return text.getvalue()


def rfc3339(time):
    return datetime.fromtimestamp(time, timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def make_files():
    """The name and text of each file."""
    lines, accounts = read_cast()
    log = [(rfc3339(r.time), r.network, r.kind, r.actor, r.target, r.post, r.id, r.tags) for r in make_log(accounts)]
    people = [(lines[a.owner]["person"], a.network, a.name) for a in accounts if lines[a.owner]["person"]]
    verified = [(a.network, a.name) for a in accounts if a.verified]
    return {
        "interactions.csv": csv_text(["time", "network", "kind", "actor", "target", "post", "id", "tags"], log),
        "people.csv": csv_text(["person", "network", "account"], people),
        "verified.csv": csv_text(["network", "account"], verified),
    }


def main():
    different = []
    for name, text in make_files().items():
        path = FOLDER / name
        if "--check" not in sys.argv[1:]:
            path.write_bytes(text.encode("utf-8"))
        elif not path.exists() or path.read_bytes() != text.encode("utf-8"):
            different.append(name)
    if different:
        sys.exit(f"{', '.join(different)}: not what make_town.py writes; run it without --check")


if __name__ == "__main__":
    main()
