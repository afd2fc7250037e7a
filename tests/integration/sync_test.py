"""renown connect and renown sync, against a small server on this machine."""

import os
import random
import signal
import subprocess
import stat
import sys
import time
import unittest
import urllib.parse

from social_server import LIKERS, SocialServer
from vocabulary import Case, environment, wait_until

ROUNDS = int(os.environ.get("RENOWN_KILL_ROUNDS", "6"))
SEED = int(os.environ.get("RENOWN_KILL_SEED", str(random.SystemRandom().randrange(1 << 32))))


class SyncCase(Case):
    def home(self):
        return environment(HOME=str(self.folder), XDG_CONFIG_HOME=None)

    def connect(self, server, *more, data="data", **options):
        return self.succeeds("connect", "add", "mastodon", "ada@town.example", "--server", server.url, "--data", data, *more,
                             env=self.home(), **options)

    def sync(self, server, *more, data="data", code=0):
        return self.succeeds("sync", "--data", data, "--allow-host", server.host, "--json", *more, code=code, env=self.home())

    def source(self, answer):
        return answer.json()["sources"][0]

    def exported(self, data="data"):
        """All rows of the log, as bytes that are the same for the same rows."""
        self.succeeds("export", "--data", data, "--out", f"{data}-out")
        out = self.folder / f"{data}-out"
        return {str(path.relative_to(out)): path.read_bytes() for path in sorted(out.rglob("*.parquet"))}


class Sync(SyncCase):
    def test_reads_a_source_and_then_only_what_is_new(self):
        with SocialServer(25) as server:
            self.connect(server)
            first = self.source(self.sync(server))
            self.assertEqual(first["state"], "current")
            self.assertEqual(first["added"], 25 * LIKERS + 25)  # and the posts themselves
            self.assertEqual((first["profiles"], first["posts"]), (1, 25))
            self.assertIsNone(first["stale_since"])
            again = self.source(self.sync(server))
            self.assertEqual(again["added"], 0)
            server.statuses = 26
            named = self.succeeds("sync", "--data", "data", "--json", "--allow-host", server.host, "mastodon:ada@town.example")
            self.assertEqual(self.source(named)["added"], LIKERS + 1)
            scores = self.scores("--data", "data")
            self.assertEqual(list(scores), ["https://town.example/users/ada"])

    def test_a_fault_is_exit_code_4_and_stale_since_never_a_quiet_day(self):
        with SocialServer(5) as server:
            self.connect(server)
            whole = self.source(self.sync(server))
            server.fault = lambda handler: handler.reply(503, {}) or True
            stale = self.source(self.sync(server, code=4))
            self.assertEqual(stale["state"], "stale")
            self.assertEqual(stale["problem"], "unavailable")
            self.assertEqual(stale["stale_since"], whole["last_complete"])
            self.assertEqual(stale["last_complete"], whole["last_complete"])
            table = self.run_it("sync", "--data", "data", "--allow-host", server.host, env=self.home())
            self.assertEqual(table.code, 4)
            self.assertIn("stale", table.out)
            self.assertIn("503", table.out)
            server.fault = None
            self.assertEqual(self.source(self.sync(server))["state"], "current")

    def test_a_part_that_cannot_be_read_is_exit_code_4_too(self):
        with SocialServer(5) as server:
            self.connect(server)
            server.fault = lambda handler: "100003/favourited_by" in handler.path and (handler.reply(403, {}) or True)
            part = self.source(self.sync(server, code=4))
            self.assertEqual(part["state"], "partial")
            self.assertEqual(part["problem"], "forbidden")
            self.assertEqual(part["added"], 4 * LIKERS + 5)
            server.fault = None
            self.assertEqual(self.source(self.sync(server))["added"], LIKERS)

    def test_one_that_fails_does_not_stop_the_others(self):
        with SocialServer(5) as server, SocialServer(5) as ill:
            ill.fault = lambda handler: handler.reply(500, {}) or True
            self.connect(ill, "--name", "a-first")
            self.connect(server)
            answer = self.succeeds("sync", "--data", "data", "--allow-host", server.host, "--allow-host", ill.host, "--json",
                                   code=4, env=self.home())
            states = {source["source"]: source["state"] for source in answer.json()["sources"]}
            self.assertEqual(states, {"a-first": "stale", "mastodon:ada@town.example": "current"})

    def test_a_server_of_ones_own_must_be_allowed(self):
        with SocialServer(1) as server:
            self.connect(server)
            answer = self.succeeds("sync", "--data", "data", "--json", code=4, env=self.home())
            self.assertEqual(self.source(answer)["problem"], "refused")
            self.assertEqual(server.asked, [])

    def test_too_many_requests_are_not_asked_again_before_their_time(self):
        with SocialServer(1) as server:
            self.connect(server)
            server.fault = lambda handler: handler.reply(429, {}, Retry_After="3600") or True
            stale = self.source(self.sync(server, code=4))
            self.assertEqual(stale["problem"], "try_later")
            self.assertIsNotNone(stale["retry_at"])
            asked = len(server.asked)
            self.sync(server, code=4)
            self.assertEqual(len(server.asked), asked)

    def test_follow_goes_on_until_it_is_stopped(self):
        with SocialServer(2) as server:
            self.connect(server)
            process = self.start("sync", "--data", "data", "--allow-host", server.host, "--follow", "--every", "1", "--json")
            lookups = lambda: [path for path, _ in server.asked if "lookup" in path]
            wait_until(lambda: len(lookups()) >= 2, "a second reading")
            server.statuses = 3
            wait_until(lambda: any("100002/favourited_by" in path for path, _ in server.asked), "the new post to be read")
            time.sleep(1)
            begin = time.monotonic()
            process.send_signal(signal.SIGINT)
            answer = self.finish(process)
            self.assertLess(time.monotonic() - begin, 5)
            self.assertEqual(answer.code, -signal.SIGINT)
            self.assertIn("new rows so far, current", answer.err)
            self.assertEqual(self.source(self.sync(server))["added"], 0, "what was followed is durable")

    def test_an_erase_takes_the_source_with_it(self):
        with SocialServer(3) as server:
            self.connect(server)
            self.sync(server)
            erased = self.succeeds("erase", "fediverse:https://town.example/users/ada", "--data", "data", "--json", env=self.home())
            self.assertGreater(erased.json()["rows_removed"], 0)
            self.assertEqual(erased.json()["sources_removed"], 1, "it was set up by another spelling of the account")
            self.connect(server)
            self.sync(server)
            self.assertEqual(self.exported(), {}, "nothing of an erased account comes back")

    def test_what_may_be_said_wrongly(self):
        with SocialServer(1) as server:
            self.connect(server)
            self.fails("connect", "add", "mastodon", "ada@town.example", "--data", "data", naming="already")
            self.fails("connect", "add", "myspace", "tom", "--data", "data", naming="there is no connector 'myspace'", code=2)
            self.fails("connect", "add", "github", "not a login", "--data", "data", naming="github", code=2)
            self.fails("connect", "add", "github", "ada", "--set", "x", "--data", "data", naming="KEY=VALUE", code=2)
            self.fails("connect", "remove", "nobody", "--data", "data", naming="nobody")
            self.fails("sync", "nobody", "--data", "data", naming="there is no source nobody")
            self.fails("sync", "--data", "nowhere", naming="nowhere")
            self.fails("connect", "add", "github", "ada", "--server", "ftp://x", "--data", "data", naming="--server", code=2)

    def test_sources_are_listed_and_removed(self):
        with SocialServer(1) as server:
            self.connect(server)
            listed = self.succeeds("connect", "list", "--data", "data", "--json").json()["sources"]
            self.assertEqual([(source["source"], source["state"]) for source in listed], [("mastodon:ada@town.example", "unread")])
            left = self.succeeds("connect", "remove", "mastodon:ada@town.example", "--data", "data", "--json", env=self.home())
            self.assertEqual(left.json()["sources"], [])
        self.assertIn("github", self.succeeds("connect", "networks").out)


class Streaming(SyncCase):
    """renown sync --follow hears of notifications by a stream, and reads them by asking: the stream may do what it likes."""

    def follow(self, server, every="3600"):
        return self.start("sync", "--data", "data", "--allow-host", server.host, "--follow", "--every", every, "--acknowledge",
                          env=self.home())

    def connect_with_notifications(self, server):
        self.connect(server, "--token-file", "-", "--set", "notifications=yes", stdin=b"sesame-open\n")

    def statuses_walked(self, server):
        return len([path for path, _ in server.asked if "/statuses?" in path])

    def rows_of(self, server):
        """What a reading of all of it gives, in a folder of its own."""
        self.connect(server, "--token-file", "-", "--set", "notifications=yes", stdin=b"sesame-open\n", data="whole")
        self.sync(server, data="whole")
        return self.exported("whole")

    def test_what_is_heard_of_is_read_at_once(self):
        with SocialServer(2) as server:
            self.connect_with_notifications(server)
            process = self.follow(server)
            wait_until(lambda: server.streams, "a stream")
            walked = self.statuses_walked(server)
            server.notify("favourite", "zoe", 0)
            wait_until(lambda: any("min_id=1" in path for path, _ in server.asked), "the news to be read")
            self.assertEqual(self.statuses_walked(server), walked, "and nothing else is read again")
            process.send_signal(signal.SIGINT)
            self.finish(process)
            self.assertEqual(self.source(self.sync(server))["added"], 0, "what was heard of is durable")
            self.assertEqual(self.exported(), self.rows_of(server))

    def test_what_happened_while_the_stream_was_broken_is_read_when_it_is_back(self):
        with SocialServer(2) as server:
            self.connect_with_notifications(server)
            process = self.follow(server)
            wait_until(lambda: server.streams, "a stream")
            server.break_streams()
            for name in ("zoe", "yan", "xia"):
                server.notify("reblog", name, 1)  # nobody hears of it
            wait_until(lambda: server.streams, "the stream to be opened again", seconds=60)
            wait_until(lambda: any("min_id=3" in path for path, _ in server.asked), "the gap to be read")
            process.send_signal(signal.SIGINT)
            self.finish(process)
            self.assertEqual(self.source(self.sync(server))["added"], 0)
            self.assertEqual(self.exported(), self.rows_of(server))

    def test_without_a_stream_it_is_asked_as_often_as_ever(self):
        with SocialServer(2) as server:
            server.takes_streams = False
            self.connect_with_notifications(server)
            process = self.follow(server, every="1")
            wait_until(lambda: any("/streaming" in path for path, _ in server.asked), "a try")
            server.notify("favourite", "zoe", 0)
            wait_until(lambda: any("min_id=1" in path for path, _ in server.asked), "the notification to be read")
            process.send_signal(signal.SIGINT)
            self.finish(process)
            self.assertEqual(self.exported(), self.rows_of(server))

    def test_killed_while_everybody_acts(self):
        """kill -9 and broken streams, again and again: nothing is lost and nothing doubled."""
        dice = random.Random(SEED)
        with SocialServer(3) as server:
            self.connect_with_notifications(server)
            killed = 0
            for turn in range(ROUNDS):
                process = self.follow(server)
                deadline = time.monotonic() + dice.uniform(0.3, 1.5)
                while time.monotonic() < deadline:
                    server.notify(dice.choice(["favourite", "reblog"]), f"guest{dice.randrange(30)}", dice.randrange(3))
                    time.sleep(dice.uniform(0.01, 0.2))
                    if dice.random() < 0.1:
                        server.break_streams()
                process.send_signal(signal.SIGKILL)
                killed += self.finish(process).code == -signal.SIGKILL
            self.assertEqual(killed, ROUNDS)
            heard = [path for path, _ in server.asked if "min_id=" in path and not path.endswith("min_id=0")]
            self.assertGreater(len(heard), ROUNDS, "news was read while the program was followed")
            self.sync(server)
            self.assertEqual(self.exported(), self.rows_of(server))


class Tokens(SyncCase):
    def test_a_token_is_sealed_and_sent_to_its_server(self):
        with SocialServer(1) as server:
            self.connect(server, "--token-file", "-", stdin=b"sesame-open\n")
            key = self.folder / ".config/renown/token.key"
            self.assertEqual(stat.S_IMODE(key.stat().st_mode), 0o600)
            for path in (self.folder / "data").rglob("*"):
                if path.is_file():
                    self.assertNotIn(b"sesame-open", path.read_bytes(), path)
            self.sync(server)
            self.assertTrue(server.asked)
            for _, headers in server.asked:
                self.assertEqual(headers.get("Authorization"), "Bearer sesame-open")
            key.unlink()
            self.fails("sync", "--data", "data", "--allow-host", server.host, naming="key", env=self.home())


    def log_in(self, server, answer):
        """Begins a log-in, and gives it the address `answer(state)`."""
        process = self.start("connect", "add", "mastodon", "ada@town.example", "--server", server.url, "--log-in", "--data",
                             "data", "--allow-host", server.host, stdin=subprocess.PIPE, env=self.home())
        for line in process.stderr:
            if line.startswith(b"http"):
                break
        address = urllib.parse.urlsplit(line.decode().strip())
        query = dict(urllib.parse.parse_qsl(address.query))
        out, err = process.communicate((answer(query["state"]) + "\n").encode(), timeout=60)
        return query, process.returncode, err.decode()

    def test_a_log_in_ends_with_a_token(self):
        with SocialServer(1) as server:
            query, code, _ = self.log_in(server, lambda state: f"http://127.0.0.1:8421/?code=the-code&state={state}")
            self.assertEqual(code, 0)
            self.assertEqual(query["client_id"], "renown-client")
            self.assertEqual(query["code_challenge_method"], "S256")
            self.assertNotIn("write", query["scope"])
            self.assertEqual(server.posted[-1][1]["redirect_uri"], query["redirect_uri"])
            self.sync(server)
            self.assertEqual(server.asked[-1][1].get("Authorization"), "Bearer sesame-open")

    def test_a_log_in_that_is_forged_or_declined_connects_nothing(self):
        with SocialServer(1) as server:
            for answer, naming in [(lambda _: "http://127.0.0.1:8421/?code=the-code&state=forged", "refused"),
                                   (lambda state: f"http://127.0.0.1:8421/?error=access_denied&state={state}", "declined"),
                                   (lambda state: f"http://127.0.0.1:8421/?code=wrong&state={state}", "gave no tokens")]:
                _, code, err = self.log_in(server, answer)
                self.assertEqual(code, 1)
                self.assertIn(naming, err)
            self.fails("connect", "list", "--data", "data", naming="data")


class Actor(SyncCase):
    """renown connect actor: as whom servers are asked that show nothing to whoever does not sign."""

    def actor(self, *arguments):
        return self.succeeds("connect", "actor", *arguments, "--data", "data", env=self.home()).json()

    def test_its_document_is_printed_and_its_key_kept(self):
        made = self.actor("https://renown.example/actor")
        self.assertEqual(made["id"], "https://renown.example/actor")
        self.assertEqual(made["publicKey"]["owner"], made["id"])
        self.assertTrue(made["publicKey"]["publicKeyPem"].startswith("-----BEGIN PUBLIC KEY-----"))
        self.assertEqual(self.actor(), made)
        self.assertEqual(self.actor("https://renown.example/actor"), made)
        moved = self.actor("https://other.example/me")
        self.assertEqual(moved["id"], "https://other.example/me")
        self.assertEqual(moved["publicKey"]["publicKeyPem"], made["publicKey"]["publicKeyPem"])
        newer = self.actor("--new-key")
        self.assertEqual(newer["id"], moved["id"])
        self.assertNotEqual(newer["publicKey"]["publicKeyPem"], moved["publicKey"]["publicKeyPem"])
        self.assertEqual(self.actor(), newer)
        for path in (self.folder / "data").rglob("*"):
            if path.is_file():
                self.assertNotIn(b"PRIVATE KEY", path.read_bytes(), path)

    def test_what_may_be_said_wrongly(self):
        self.fails("connect", "actor", "--data", "data", naming="there is no actor yet", code=2, env=self.home())
        for address in ("renown.example", "http://renown.example/actor", "https://renown.example/actor#me"):
            self.fails("connect", "actor", address, "--data", "data", naming="no address for an actor", code=2, env=self.home())


class KilledSync(SyncCase):
    """kill -9 at any moment: what was acknowledged stays, and syncing again gives the log of a sync that nobody disturbed."""

    def test_the_log_is_that_of_an_undisturbed_sync(self):
        print(f"seed {SEED}, {ROUNDS} rounds", file=sys.stderr)
        dice = random.Random(SEED)
        killed = after_commits = 0
        with SocialServer(1200, delay_seconds=0.002) as server:
            self.connect(server, data="whole")
            begin = time.monotonic()
            self.sync(server, data="whole")
            lasts = time.monotonic() - begin
            whole = self.exported("whole")
            for turn in range(0, ROUNDS, 2):
                data = f"data{turn}"
                self.connect(server, data=data)
                killed += self.sync_and_kill(server, data, lambda _: time.sleep(dice.uniform(0.02, 0.8 * lasts)))
                killed += self.sync_and_kill(server, data, lambda out: out.readline() and time.sleep(dice.uniform(0, 0.1)))
                source = self.succeeds("connect", "list", "--data", data, "--json").json()["sources"][0]
                after_commits += source["rows_ever"] > 0
                self.sync(server, data=data)
                self.assertEqual(self.source(self.sync(server, data=data))["added"], 0)
                self.assertEqual(self.exported(data), whole)
        print(f"{killed} of {ROUNDS} syncs were killed, {after_commits} folders had rows of a killed one", file=sys.stderr)
        self.assertGreaterEqual(killed * 2, ROUNDS, "the fault did not fire: most syncs had ended before the kill")
        self.assertGreater(after_commits, 0, "no sync was killed after a commit")

    def sync_and_kill(self, server, data, wait):
        """Returns whether the sync died of the kill."""
        process = self.start("sync", "--data", data, "--allow-host", server.host, "--acknowledge")
        wait(process.stdout)
        process.send_signal(signal.SIGKILL)
        return self.finish(process).code == -signal.SIGKILL


if __name__ == "__main__":
    unittest.main()
