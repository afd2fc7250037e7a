"""kill -9 of the server while it writes, scores and syncs: it opens clean, and what it had answered with 2xx is there.

RENOWN_KILL_ROUNDS says how often, RENOWN_KILL_SEED replays the times.
"""

import http.client
import os
import pathlib
import random
import re
import sqlite3
import subprocess
import sys
import threading
import time
import unittest

import service

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "integration"))

from social_server import LIKERS, SocialServer  # noqa: E402

ROUNDS = int(os.environ.get("RENOWN_KILL_ROUNDS", "20"))
SEED = int(os.environ.get("RENOWN_KILL_SEED", str(random.SystemRandom().randrange(1 << 32))))
HAZEL, MARIGOLD, ODELL = "Hazel Fenn", "Marigold Pym", "Odell Marsh"
GONE = (OSError, http.client.HTTPException)  # what a caller sees of a server that is killed
STATUSES = 40
LETTERS_A_DAY = 900  # of 1,000 that go to addresses which nobody has confirmed


class Promises:
    """What was answered with 2xx, and what was asked without an answer, which may have happened or not."""

    def __init__(self):
        self.locale, self.locale_asked = "en", None
        self.consents, self.withdrawn, self.withdrawing = set(), set(), None
        self.verified, self.verified_asked = None, None
        self.enrolled = {}  # name -> person
        self.enrolling = None  # (invitation, name) without an answer
        self.letters = set()  # addresses to which a letter will go
        self.unsettled = 0  # letters of which a server that was started said that they may have been taken
        self.is_backing_up = False  # when it was last asked
        self.kills_of_backups = 0


class Kill(service.Case):
    def setUp(self):
        super().setUp()
        self.chance = random.Random(SEED)
        self.social = SocialServer(STATUSES)
        self.social.__enter__()
        self.addCleanup(self.social.__exit__, None, None, None)
        home = {**os.environ, "HOME": str(self.scratch), "XDG_CONFIG_HOME": str(self.scratch)}
        subprocess.run([service.COMMAND, "connect", "add", "mastodon", "ada@town.example", "--server", self.social.url, "--data",
                        str(self.folder)], check=True, env=home, capture_output=True, timeout=120)
        self.mail = self.take_mail(delay_seconds=0.02)
        self.backups = self.scratch / "backups"
        self.backups.mkdir()
        self.promises = Promises()
        self.number = 0

    def start(self, log_in=()):
        return self.serve("--requests-a-minute", "100000000", "--allow-host", self.social.host, "--backups", str(self.backups),
                          *self.mail.arguments, log_in=log_in)

    def follow(self, server):
        """The same sessions at another server: they outlive it."""
        for caller in (self.operator, self.hazel, self.marigold):
            caller.close()
            caller.address = server.address

    # -- what is asked until the kill

    def decide(self):
        """Preferences and consents of Hazel."""
        chance, promises = random.Random(self.number), self.promises
        while True:
            promises.locale_asked = chance.choice(("de", "fr", "pt-BR", "nl"))
            self.hazel.expect(200, "PATCH", "/v1/people/me/preferences", {"locale": promises.locale_asked})
            promises.locale, promises.locale_asked = promises.locale_asked, None
            given = self.hazel.expect(201, "POST", "/v1/people/me/consents", {"asker": f"asker {chance.random()}"})
            promises.consents.add(given.json()["id"])
            if len(promises.consents - promises.withdrawn) > 20:
                promises.withdrawing = min(promises.consents - promises.withdrawn, key=int)
                self.hazel.expect(204, "DELETE", f"/v1/people/me/consents/{promises.withdrawing}")
                promises.withdrawn.add(promises.withdrawing)
                promises.withdrawing = None

    def operate(self):
        """Runs, syncs and the people, by the operator."""
        chance, promises = random.Random(self.number + 1), self.promises
        while True:
            self.operator.expect(202, "POST", "/v1/admin/runs")
            self.operator.expect(202, "POST", "/v1/admin/sync")
            if not promises.is_backing_up:
                self.operator.expect(202, "POST", "/v1/admin/backups")
            promises.is_backing_up = self.operator.expect(200, "GET", "/v1/admin/backups").json()["is_running"]
            promises.verified_asked = chance.random() < 0.5
            self.operator.expect(204, "POST", f"/v1/admin/people/{self.hazel.person}/verified",
                                 {"verified": promises.verified_asked})
            promises.verified, promises.verified_asked = promises.verified_asked, None

    def enrol(self):
        """Newcomers by Marigold's invitations."""
        promises = self.promises
        while True:
            if promises.enrolling is None:
                told = self.marigold.expect(201, "POST", "/v1/invitations", {})
                self.number += 1
                promises.enrolling = (told.json()["url"].rsplit("/", 1)[1], f"Newcomer {self.number}")
            self.accept(self.marigold.address)

    def accept(self, address):
        token, name = self.promises.enrolling
        newcomer = service.Caller(name, address, client=f"10.{self.number % 250}.{self.number // 250}.1")
        answer = newcomer.post("/v1/enrolments", {"invitation": token, "name": name, "password": service.PASSWORD})
        if answer.status == 201:
            self.promises.enrolled[name] = answer.json()["person"]
            self.promises.enrolling = None
            return self.ask_for_a_letter(newcomer.take_session(answer))
        newcomer.close()
        if answer.status == 404:  # it had been accepted; the answer was lost
            self.promises.enrolled[name] = None
        else:
            raise AssertionError(answer)
        self.promises.enrolling = None

    def ask_for_a_letter(self, newcomer):
        address = f"newcomer{newcomer.person}@example.com"
        try:
            newcomer.expect(202, "POST", "/v1/people/me/addresses", {"address": address})
        finally:
            newcomer.close()
        if len(self.promises.letters) < LETTERS_A_DAY:
            self.promises.letters.add(address)

    def until_killed(self, server, seconds):
        failures = []

        def run(work):
            try:
                work()
            except GONE:
                pass
            except Exception as failure:  # an answer that should not have been
                failures.append(failure)

        threads = [threading.Thread(target=run, args=(work,)) for work in (self.decide, self.operate, self.enrol)]
        for thread in threads:
            thread.start()
        time.sleep(seconds)
        self.assertIsNone(server.process.poll(), "the server ended before it was killed")
        server.process.kill()
        server.process.wait()
        for thread in threads:
            thread.join(timeout=120)
        if told := re.search(r"(\d+) letters were under way", server.log_text()):
            self.promises.unsettled += int(told.group(1))
        self.promises.kills_of_backups += self.promises.is_backing_up
        self.promises.is_backing_up = False
        server.kill()
        self.assertEqual(failures, [])

    # -- what must hold afterwards

    def check(self, server):
        promises = self.promises
        locale = self.hazel.expect(200, "GET", "/v1/people/me/preferences").json()["locale"]
        self.assertIn(locale, {promises.locale, promises.locale_asked} - {None})
        promises.locale, promises.locale_asked = locale, None
        consents = self.hazel.expect(200, "GET", "/v1/people/me/consents").json()["items"]
        self.assertEqual(promises.consents - {each["id"] for each in consents}, set(), "a consent is lost")
        withdrawn = {each["id"] for each in consents if each["withdrawn"]}
        self.assertEqual(promises.withdrawn - withdrawn, set(), "a withdrawal is lost")
        self.assertLessEqual(withdrawn - promises.withdrawn, {promises.withdrawing})
        promises.consents |= {each["id"] for each in consents}
        promises.withdrawn, promises.withdrawing = withdrawn, None
        verified = self.hazel.expect(200, "GET", "/v1/people/me").json()["verified"]
        if promises.verified is not None:
            self.assertIn(verified, {promises.verified, promises.verified_asked} - {None})
        promises.verified, promises.verified_asked = verified, None
        self.check_newcomers(server)

    def check_newcomers(self, server):
        promises = self.promises
        people = {each["name"]: each["id"] for each in self.everybody()}
        logins = {each["person"] for each in self.operator.expect(200, "GET", "/v1/admin/logins").json()["items"]}
        for name, person in promises.enrolled.items():
            self.assertIn(name, people, "an enrolment is lost")
            self.assertIn(people[name], {person} if person else set(people.values()))
            self.assertIn(people[name], logins, "a person without the log-in that was made")
        if promises.enrolling:  # the same again works, whatever there was of it
            self.accept(server.address)

    def everybody(self):
        items, cursor = [], ""
        while True:
            page = self.operator.expect(200, "GET", f"/v1/admin/people{cursor}").json()
            items += page["items"]
            if page["next"] is None:
                return items
            cursor = f"?cursor={page['next']}"

    def check_files(self):
        """The stores by their own programs, with nobody else there."""
        for name in ("people.sqlite", "service.sqlite", "points.sqlite"):
            database = sqlite3.connect(self.folder / name)
            self.assertEqual(database.execute("PRAGMA integrity_check").fetchall(), [("ok",)], name)
            self.assertEqual(database.execute("PRAGMA foreign_key_check").fetchall(), [], name)
            database.close()
        database = sqlite3.connect(self.folder / "points.sqlite")
        halves = database.execute("SELECT run, people, (SELECT count(*) FROM cards WHERE cards.run = runs.run) n FROM runs "
                                  "WHERE n <> people").fetchall()
        database.close()
        self.assertEqual(halves, [], "a run that was published by half")

    def check_backups(self):
        """Each that has its name is whole, whatever was killed while it was made."""
        for path in self.backups.glob("renown-*.zst"):
            ran = subprocess.run([service.COMMAND, "restore", str(path), "--verify"], capture_output=True, text=True, timeout=300)
            self.assertEqual(ran.returncode, 0, f"{path.name}: {ran.stderr}")

    def check_letters(self, server):
        """None came twice; none is missing but what may have been taken while the server was killed."""
        promises, end = self.promises, time.monotonic() + 120
        if told := re.search(r"(\d+) letters were under way", server.log_text()):
            promises.unsettled += int(told.group(1))
        while time.monotonic() < end:
            missing = promises.letters - {to for to, _ in list(self.mail.letters)}
            if len(missing) <= promises.unsettled:
                break
            time.sleep(0.2)
        self.assertLessEqual(len(missing), promises.unsettled, "letters are lost")
        self.assertEqual({each: times for each, times in self.mail.count().items() if times > 1}, {}, "letters came twice")

    def test_nothing_that_was_acknowledged_is_lost(self):
        server = self.start([HAZEL, MARIGOLD])
        self.operator, self.hazel, self.marigold = server.operator(), server.person(HAZEL), server.person(MARIGOLD)
        for number in range(ROUNDS):
            with self.subTest(round=number, seed=SEED):
                self.until_killed(server, self.chance.uniform(0.005, 0.6))
                self.check_files()
                if number % 10 == 9:
                    self.check_backups()
                server = self.start()
                self.follow(server)
                self.check(server)
        self.operator.expect(202, "POST", "/v1/admin/sync")
        end = time.monotonic() + 120
        while time.monotonic() < end:
            source = self.operator.get("/v1/admin/sources").json()["items"][0]
            if source["state"] == "current" and self.operator.get("/v1/admin/state").json()["job"] is None:
                break
            time.sleep(0.1)
        self.assertEqual((source["state"], source["rows"]), ("current", STATUSES * LIKERS + STATUSES), "rows lost or doubled")
        self.check_letters(server)
        self.operator.expect(202, "POST", "/v1/admin/backups")
        while self.operator.get("/v1/admin/backups").json()["is_running"]:
            time.sleep(0.1)
        self.check_backups()
        self.assertEqual([path.name for path in self.backups.iterdir() if path.suffix != ".zst"], [], "left half done")
        promises = self.promises
        print(f"seed {SEED}: {ROUNDS} kills, {promises.kills_of_backups} during backups; {len(promises.consents)} consents, "
              f"{len(promises.enrolled)} enrolments, {len(promises.letters)} letters, {promises.unsettled} unsettled")
        self.assertGreater(promises.kills_of_backups, 0, "no kill came during a backup")
        self.assertGreater(len(promises.letters), 0)
        self.assertEqual(server.stop(), 0)

    def test_an_erase_that_is_killed_ends_as_erased_or_not_begun(self):
        """Whatever the moment: afterwards the person is whole, or nothing of them is in any store."""
        outcomes = []
        for number in range(max(4, ROUNDS // 5)):
            with self.subTest(round=number, seed=SEED):
                folder = self.scratch / f"copy{number}"
                subprocess.run(["cp", "-r", str(self.folder), str(folder)], check=True)
                server = self.serve(folder=folder, log_in=[ODELL])
                operator, odell = server.operator(), server.person(ODELL)
                server.wait_for_reasons(operator)
                odell.expect(201, "POST", "/v1/people/me/consents", {"asker": "Bakers"})
                thread = threading.Thread(target=self.erase, args=(odell,))
                thread.start()
                time.sleep(self.chance.uniform(0, 0.8))
                server.kill()
                thread.join(timeout=60)
                server = self.serve(folder=folder)
                for caller in (operator, odell):
                    caller.close()
                    caller.address = server.address
                server.wait_for_reasons(operator)
                outcomes.append(self.whole_or_gone(folder, operator, odell))
                server.stop()
        print(f"seed {SEED}: {outcomes}")

    def test_who_was_erased_while_no_server_ran_is_in_no_store_afterwards(self):
        """By renown people opt-out, which knows nothing of log-ins and published points."""
        server = self.serve(log_in=[ODELL])
        operator, odell = server.operator(), server.person(ODELL)
        server.wait_for_reasons(operator)
        odell.expect(201, "POST", "/v1/people/me/consents", {"asker": "Bakers"})
        odell.expect(200, "PATCH", "/v1/people/me/preferences", {"locale": "de"})
        server.stop()
        subprocess.run([service.COMMAND, "people", "opt-out", ODELL, "--data", str(self.folder),
                        "--token-key", f"{self.folder}.key"], check=True, timeout=120,
                       capture_output=True, env={**os.environ, "HOME": str(self.scratch), "XDG_CONFIG_HOME": str(self.scratch)})
        server = self.serve()
        for caller in (operator, odell):
            caller.close()
            caller.address = server.address
        server.wait_for_reasons(operator)
        self.assertEqual(self.whole_or_gone(self.folder, operator, odell), "gone")

    def erase(self, odell):
        try:
            odell.ask("DELETE", "/v1/people/me", {"name": ODELL})
        except GONE:
            pass

    def whole_or_gone(self, folder, operator, odell):
        people = {each["id"] for each in operator.get("/v1/admin/people").json()["items"]}
        if odell.get("/v1/people/me").status == 200:
            self.assertIn(odell.person, people)
            odell.expect(200, "DELETE", "/v1/people/me", {"name": ODELL})  # what was begun is completed by the same again
            outcome = "there"
        else:
            outcome = "gone"
        self.assertEqual(odell.get("/v1/sessions").status, 401, "the log-in outlived the person")
        for name, tables in (("service.sqlite", ("logins", "consents", "preferences", "lookups", "addresses", "appeals")),
                             ("points.sqlite", ("cards",))):
            database = sqlite3.connect(f"file:{folder / name}?mode=ro", uri=True)
            for table in tables:
                left = database.execute(f"SELECT count(*) FROM {table} WHERE person = ?", (odell.person,)).fetchone()[0]
                self.assertEqual(left, 0, f"{name} {table}")
            database.close()
        return outcome


class SecondServer(service.Case):
    def test_a_second_server_on_the_folder_is_refused_with_a_sentence(self):
        first = self.serve()
        ran = subprocess.run([service.COMMAND, "serve", "--data", str(self.folder), "--port", "0"], capture_output=True, text=True,
                             timeout=60)
        self.assertEqual(ran.returncode, 1)
        self.assertEqual(len(ran.stderr.strip().splitlines()), 1, ran.stderr)
        self.assertRegex(ran.stderr, r"renown: .*is writing to the data folder")
        first.caller().expect(200, "GET", "/healthz")


class FullDisk(service.Case):
    def test_writes_are_503_while_reads_go_on(self):
        """Files may not grow beyond what they are: as on a full disk."""
        server = self.serve(log_in=[HAZEL])
        operator, hazel = server.operator(), server.person(HAZEL)
        server.wait_for_reasons(operator)
        before = hazel.expect(200, "GET", "/v1/people/me/score").body
        server.kill()
        server = self.serve("--requests-a-minute", "100000000", file_bytes=300_000)
        for caller in (operator, hazel):
            caller.close()
            caller.address = server.address
        refused = None
        for number in range(3000):
            answer = hazel.ask("PATCH", "/v1/people/me/preferences", {"locale": "de" if number % 2 else "fr"})
            self.assertIn(answer.status, (200, 503), answer)
            if answer.status == 503:
                refused = answer
                break
        self.assertIsNotNone(refused, "the disk never filled")
        self.assertEqual(hazel.expect(200, "GET", "/v1/people/me/score").body, before)
        hazel.expect(200, "GET", "/v1/people/me/preferences")
        self.assertTrue(server.is_alive())
        self.assertRegex(server.log_text(), r"change_preferences: .*(full|disk|I/O|cannot)", "the operator is not told why")
        server.kill()
        server = self.serve()
        hazel.close()
        hazel.address = server.address
        hazel.expect(200, "PATCH", "/v1/people/me/preferences", {"locale": "nl"})


if __name__ == "__main__":
    unittest.main(verbosity=2)
