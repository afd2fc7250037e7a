"""Renown against a real AT Protocol network: python3 run.py pds|appview

Needs RENOWN_COMMAND (the program), RENOWN_DUCKDB (the library that reads its exports) and RENOWN_PEERS (a folder to
install the network into). Ends with 77, and says why, where the network cannot be had here.
"""

import csv
import io
import json
import os
import pathlib
import random
import signal
import sys
import tempfile
import threading
import time
import unittest

from instance import COMMAND, Instance, rows_of_log, scores_of, without_times_of_deletes
from log_in_page import LogInPage, begin, end
from network import Network
from packages import SKIPPED
from stores import stores

PEERS = pathlib.Path(os.environ["RENOWN_PEERS"]) / "atproto"


class Killer(threading.Thread):
    """Follows the sources of an instance, and kills the program again and again."""

    def __init__(self, instance: Instance):
        super().__init__()
        self.instance = instance
        self.over = threading.Event()
        self.kills = 0

    def run(self):
        chance = random.Random(24)
        while not self.over.is_set():
            following = self.instance.start_sync("--follow")
            self.over.wait(chance.uniform(0.1, 1.2))
            following.kill()
            self.kills += following.wait() == -signal.SIGKILL

    def stop(self):
        self.over.set()
        self.join()


class WithNetwork(unittest.TestCase):
    """People act once, for all tests of a class."""

    MODE = "pds"

    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(cls.enterClassContext(tempfile.TemporaryDirectory()))
        environment = cls.enterClassContext(stores()) if cls.MODE == "appview" else None
        cls.network = cls.enterClassContext(Network(PEERS, cls.MODE, environment))
        cls.before_acts()
        try:
            cls.network.node("acts.mjs", cls.network.pds, str(cls.folder))
        finally:
            cls.after_acts()
        cls.truth = cls.folder / "truth.csv"
        cls.dids = json.loads((cls.folder / "accounts.json").read_text(encoding="utf-8"))
        cls.as_of = int(time.time()) + 3 * 86_400
        cls.wanted = scores_of(str(cls.truth), as_of=cls.as_of)
        cls.ready()

    @classmethod
    def before_acts(cls):
        pass

    @classmethod
    def after_acts(cls):
        pass

    @classmethod
    def ready(cls):
        pass

    def instance(self, name: str) -> Instance:
        return Instance(self.folder / name)


class Pds(WithNetwork):
    """A directory of identities, a personal data server, its firehose, and a Jetstream server made of that."""

    @classmethod
    def before_acts(cls):
        cls.jetstream = cls.network.start("jetstream.mjs", cls.network.pds)["url"]
        cls.live = Instance(cls.folder / "live")
        cls.live.connect("firehose", cls.network.pds, "--set", "start=oldest")
        cls.killer = Killer(cls.live)
        cls.killer.start()

    @classmethod
    def after_acts(cls):
        cls.killer.stop()

    def assert_equals_truth(self, instance: Instance):
        self.assertEqual(instance.scores(self.as_of), self.wanted)

    def test_firehose(self):
        instance = self.instance("firehose")
        instance.connect("firehose", self.network.pds, "--set", "start=oldest")
        instance.sync()
        self.assertEqual(without_times_of_deletes(instance.rows()), without_times_of_deletes(rows_of_log(self.truth)))
        self.assert_equals_truth(instance)

    def test_jetstream(self):
        instance = self.instance("jetstream")
        instance.connect("jetstream", self.jetstream, "--set", "start=oldest")
        instance.sync()
        self.assertEqual(without_times_of_deletes(instance.rows()), without_times_of_deletes(rows_of_log(self.truth)))
        self.assert_equals_truth(instance)

    def test_backfill(self):
        """What was taken back is not there any more: the log lacks it, the score is the same."""
        instance = self.instance("backfill")
        instance.connect("pds", self.network.pds)
        instance.sync()
        gone = {row[6] for row in rows_of_log(self.truth) if row[2] == "undo"}
        self.assertEqual(instance.rows(), [row for row in rows_of_log(self.truth) if row[6] not in gone])
        self.assert_equals_truth(instance)

    def test_three_ways_into_one_log(self):
        """The same record is one row, whichever way it came."""
        instance = self.instance("together")
        instance.connect("firehose", self.network.pds, "--set", "start=oldest")
        instance.connect("jetstream", self.jetstream, "--set", "start=oldest")
        instance.connect("pds", self.network.pds)
        instance.sync()
        records = [row for row in instance.rows() if row[2] != "undo"]
        self.assertEqual(records, [row for row in rows_of_log(self.truth) if row[2] != "undo"])
        self.assert_equals_truth(instance)
        instance.sync("--from-start")
        self.assertEqual([row for row in instance.rows() if row[2] != "undo"], records)

    def test_strict_validator_takes_what_our_jetstream_reads(self):
        counts = json.loads(self.network.node("validate.mjs", self.jetstream, "2"))
        self.assertGreater(counts["accepted"], 50)
        self.assertEqual(counts["refused"], 0)

    def test_followed_live_and_killed(self):
        """Killed by kill -9 again and again while the acts happened: what was synced at last is all, once."""
        self.assertGreater(self.killer.kills, 3)
        self.live.sync()
        self.assertEqual(without_times_of_deletes(self.live.rows()), without_times_of_deletes(rows_of_log(self.truth)))
        self.assert_equals_truth(self.live)

    def test_backfill_killed(self):
        """The same for pieces that are asked for."""
        instance = self.instance("killed")
        instance.connect("pds", self.network.pds)
        chance = random.Random(25)
        ends = []
        for _ in range(12):
            killed = instance.start_sync()
            time.sleep(chance.uniform(0.01, 0.4))
            killed.kill()
            ends.append(killed.wait())
        self.assertIn(-signal.SIGKILL, ends)
        instance.sync()
        self.assert_equals_truth(instance)


class AppView(WithNetwork):
    """The whole network, with an AppView on PostgreSQL and Redis."""

    MODE = "appview"

    @classmethod
    def ready(cls):
        time.sleep(3)  # the AppView is a moment behind
        cls.read = Instance(cls.folder / "ann")
        cls.read.connect("bluesky", cls.network.appview, cls.dids["ann"])
        cls.read.sync()
        cls.rows = cls.read.rows()  # as of now: one of the tests adds to them
        cls.scores = cls.read.scores(cls.as_of)

    def acts_on_ann(self) -> list:
        """By hand: what reached Ann and was not taken back, and what she wrote; mentions are for streams."""
        rows = rows_of_log(self.truth)
        gone = {row[6] for row in rows if row[2] == "undo"}
        ann = self.dids["ann"]
        reached = [row for row in rows if row[4] == ann and row[2] in ("like", "repost", "quote", "reply")]
        written = [row for row in rows if row[3] == ann and row[6].startswith("app.bsky.feed.post/")]
        return sorted(row for row in {*reached, *written} if row[6] not in gone)

    def test_what_it_shows_is_what_was_done(self):
        def without_time(row):
            nameless = row[2] in ("like", "repost")  # the AppView does not name their records
            return ("" if nameless else row[0], *row[1:6], "" if nameless else row[6], row[7])

        self.assertEqual(sorted(map(without_time, self.rows)), sorted(map(without_time, self.acts_on_ann())))

    def test_the_score_is_that_of_the_acts(self):
        """To a thousandth: a like has the second at which the AppView saw it, a repost that of its post."""
        log = self.folder / "ann.csv"
        with open(log, "w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([["time", "network", "kind", "actor", "target", "post", "id", "tags"],
                                        *self.acts_on_ann()])

        def numbers(scores: bytes) -> dict:
            return {row["account"]: row for row in csv.DictReader(io.StringIO(scores.decode()))}

        wanted = numbers(scores_of(str(log), as_of=self.as_of))
        seen = numbers(self.scores)
        self.assertEqual(wanted.keys(), seen.keys())
        for account, row in wanted.items():
            for column in ("score", "raw", "reach"):
                self.assertEqual(seen[account][column] == "", row[column] == "", account)
                if row[column]:
                    self.assertAlmostEqual(float(seen[account][column]), float(row[column]), delta=0.001, msg=account)

    def log_in_as_ann(self, name: str, *settings: str) -> Instance:
        """A source of Ann's who logs in at her own server."""
        instance = self.instance(name)
        for address in (self.network.appview, self.network.pds, self.network.plc):
            instance.allowed += ["--allow-host", address.split("://")[1]]
        process, page = begin(COMMAND, "connect", "add", "bluesky", "ann.test", "--server", self.network.appview, "--log-in",
                              "--plc-directory", self.network.plc, "--data", str(instance.data), *instance.allowed, *settings)
        code, said = end(process, LogInPage(page).allow("ann.test", "password"))
        self.assertEqual(code, 0, said)
        return instance

    def test_a_log_in_tells_of_mentions_and_when_reposts_happened(self):
        """Likes told of both ways are one row; reposts have the time at which the AppView saw them."""
        instance = self.log_in_as_ann("notified", "--set", "notifications=yes")
        instance.sync()
        rows = instance.rows()
        ann = self.dids["ann"]
        mentions = [row for row in rows_of_log(self.truth) if row[4] == ann and row[2] == "mention"]
        self.assertGreater(len(mentions), 0)
        self.assertEqual([row for row in rows if row[4] == ann and row[2] == "mention"], mentions)

        def nameless(all_rows, kind):
            return sorted((*row[3:6], int(row[0])) for row in all_rows if row[2] == kind and row[4] == ann)

        self.assertEqual(nameless(rows, "like"), nameless(self.rows, "like"), "no like is doubled")
        wanted = nameless(self.acts_on_ann(), "repost")
        seen = nameless(rows, "repost")
        self.assertEqual([row[:3] for row in seen], [row[:3] for row in wanted])
        for told, done in zip(seen, wanted):
            self.assertLess(abs(told[3] - done[3]), 3, "the second at which the AppView saw it")
        self.assertEqual([row for row in rows if row[2] not in ("repost", "mention")],
                         [row for row in self.rows if row[2] not in ("repost", "mention")])
        instance.sync()
        self.assertEqual(instance.rows(), rows)

    def test_a_log_in_without_that_scope_tells_nothing_of_them(self):
        instance = self.log_in_as_ann("scoped", "--scope", "atproto", "--set", "notifications=yes")
        with self.assertRaisesRegex(AssertionError, "(?s)ended with 4.*the notifications"):
            instance.sync()
        self.assertEqual(instance.rows(), self.rows, "the rest is read")

    def test_a_second_reading_adds_nothing(self):
        before = self.read.rows()
        self.read.sync()
        self.assertEqual(self.read.rows(), before)

    def test_what_happens_later_is_read_later(self):
        counted = len([row for row in self.read.rows() if row[2] == "like"])
        self.network.node("later.mjs", self.network.pds, str(self.folder))
        time.sleep(3)
        self.read.sync()
        self.assertEqual(len([row for row in self.read.rows() if row[2] == "like"]), counted + 1)


def main() -> int:
    tests = {"pds": Pds, "appview": AppView}[sys.argv[1]]
    outcome = unittest.TextTestRunner(verbosity=2).run(unittest.defaultTestLoader.loadTestsFromTestCase(tests))
    if outcome.skipped:
        print(f"skipped: {outcome.skipped[0][1]}")
        return SKIPPED
    return 0 if outcome.wasSuccessful() else 1


if __name__ == "__main__":
    sys.exit(main())
