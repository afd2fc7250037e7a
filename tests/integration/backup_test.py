"""backup, restore and doctor: what comes back is what was there, and a kill leaves the old file or the new one."""

import os
import random
import signal
import subprocess
import time
import unittest

from vocabulary import TOWN, TOWN_AS_OF, TOWN_LISTS, Case, environment

ROUNDS = int(os.environ.get("RENOWN_KILL_ROUNDS", "12"))


class Backup(Case):
    def setUp(self):
        super().setUp()
        self.succeeds("import", TOWN, "--data", "data")
        self.own = environment(XDG_CONFIG_HOME=str(self.folder / "config"))

    def scores(self, folder):
        return self.score_file("--data", folder, *TOWN_AS_OF, *TOWN_LISTS, name=f"{folder}.csv")

    def backup(self, *more, out="town.tar.zst"):
        return self.succeeds("backup", "--data", "data", "--out", out, "--json", *more, env=self.own).json()

    def test_scores_after_a_restore_are_the_same_bytes(self):
        self.succeeds("people", "add", "Hazel", "--data", "data")
        before = self.scores("data")
        written = self.backup()
        self.assertEqual(written["manifest"]["members"][0]["rows"], 5000)
        self.assertEqual(written["size_bytes"], len(self.read("town.tar.zst")))
        self.succeeds("restore", "town.tar.zst", "--data", "again", "--verify", env=self.own)
        self.assertEqual(self.scores("again"), before)
        people = [self.succeeds("people", "list", "--data", name, "--json").out for name in ("data", "again")]
        self.assertEqual(people[0], people[1])
        self.assertEqual(self.succeeds("import", TOWN, "--data", "again", "--json").json()["added"], 0)

    def test_verify_alone_leaves_nothing(self):
        self.backup()
        (self.folder / "scratch").mkdir()
        before = self.files()
        env = environment(XDG_DATA_HOME=str(self.folder / "xdg"), TMPDIR=str(self.folder / "scratch"))
        answer = self.succeeds("restore", "town.tar.zst", "--verify", env=env)
        self.assertIn("Verified: 5,000 interactions", answer.out)
        self.assertEqual(self.files(), before)

    def test_tools_of_others_read_a_backup(self):
        self.backup()
        with open(self.folder / "town.tar.zst", "rb") as file:
            try:
                plain = subprocess.run(["zstd", "-dc"], stdin=file, capture_output=True, check=True).stdout
            except FileNotFoundError:
                raise unittest.SkipTest("skipped: there is no zstd here") from None
        names = subprocess.run(["tar", "-t"], input=plain, capture_output=True, check=True).stdout.decode().split()
        self.assertEqual(names, ["manifest.json", "interactions.duckdb", "tombstone.key"])

    def test_what_is_no_backup_is_refused_in_one_line(self):
        self.fails("restore", TOWN, "--data", "again", naming="is not a backup of Renown")
        self.fails("restore", "nowhere", "--data", "again", naming="nowhere")
        self.backup()
        data = bytearray(self.read("town.tar.zst"))
        data[len(data) // 2] ^= 1
        self.write("flipped", bytes(data))
        self.fails("restore", "flipped", "--data", "again", naming="flipped was changed")
        self.fails("restore", "flipped", "--verify", naming="flipped was changed")
        self.assertFalse((self.folder / "again").exists())
        self.fails("restore", "town.tar.zst", "--data", "data", naming="is a data folder already", env=self.own)
        self.fails("backup", "--data", "data", naming="--out", code=2)

    def test_a_folder_that_is_written_is_not_backed_up(self):
        fifo = self.folder / "slow.csv"
        os.mkfifo(fifo)
        writer = self.start("import", fifo, "--data", "data")
        with open(fifo, "w", encoding="utf-8") as pipe:
            pipe.write("time,network,kind,actor,target,post,id,tags\n")
            pipe.flush()
            lock = self.folder / "data/lock"
            for _ in range(3000):
                if lock.read_text(encoding="ascii").strip() == str(writer.pid):
                    break
                time.sleep(0.01)
            self.fails("backup", "--data", "data", "--out", "b", naming=f"process {writer.pid}", env=self.own)
            doctor = self.succeeds("doctor", "--data", "data", "--json", env=self.own).json()
            self.assertTrue(any(f"process {writer.pid}" in check["found"] for check in doctor["checks"]))
        self.assertEqual(self.finish(writer).code, 0)

    # -- kill -9

    def killed(self, draw, longest, *arguments):
        """Starts the command and kills it at a random moment. True if it had not ended before."""
        process = self.start(*arguments, env=self.own)
        time.sleep(draw.uniform(0, longest))
        process.send_signal(signal.SIGKILL)
        process.communicate()
        return process.returncode == -signal.SIGKILL

    def seconds_of(self, *arguments):
        begun = time.monotonic()
        self.succeeds(*arguments, env=self.own)
        return time.monotonic() - begun

    def test_a_killed_backup_leaves_the_old_one(self):
        draw = random.Random(1)
        arguments = ["backup", "--data", "data", "--out", "town.tar.zst"]
        lasts = self.seconds_of(*arguments)
        kills = 0
        for _ in range(ROUNDS):
            kills += self.killed(draw, lasts, *arguments)
            self.succeeds("restore", "town.tar.zst", "--verify", env=self.own)
        self.assertGreater(kills, 0, "the fault must happen")
        self.backup()
        self.assertEqual([name for name in self.files() if "partial" in name or ".tmp" in name], [])

    def test_a_killed_restore_leaves_a_data_folder_or_none(self):
        draw = random.Random(2)
        self.backup()
        before = self.scores("data")
        restore = ["restore", "town.tar.zst", "--data", "again"]
        lasts = self.seconds_of(*restore)
        subprocess.run(["rm", "-r", "again"], cwd=self.folder, check=True)
        kills = 0
        for _ in range(ROUNDS):
            kills += self.killed(draw, lasts, *restore)
            if (self.folder / "again/interactions.duckdb").exists():
                self.assertEqual(self.scores("again"), before)
                subprocess.run(["rm", "-r", "again"], cwd=self.folder, check=True)
            elif (self.folder / "again").exists():
                answer = self.run_it("score", "--data", "again")
                self.assertEqual(answer.code, 1, "half a folder must be none")
        self.assertGreater(kills, 0, "the fault must happen")
        if not (self.folder / "again/interactions.duckdb").exists():
            self.succeeds(*restore, env=self.own)
        self.assertEqual(self.scores("again"), before)
        self.assertEqual(self.succeeds("doctor", "--data", "again", "--fix", env=self.own).code, 0)


class Doctor(Case):
    def setUp(self):
        super().setUp()
        self.succeeds("import", TOWN, "--data", "data")

    def test_a_good_folder_is_well(self):
        answer = self.succeeds("doctor", "--data", "data")
        self.assertIn("5000 interactions", answer.out)
        self.assertIn("unprotected", answer.out)
        self.assertTrue(self.succeeds("doctor", "--data", "data", "--json").json()["well"])

    def test_what_is_wrong_is_named_with_what_to_do(self):
        (self.folder / "data").chmod(0o755)
        (self.folder / "data/tombstone.key.new").write_text("half", encoding="ascii")
        answer = self.succeeds("doctor", "--data", "data", "--json", code=1).json()
        self.assertFalse(answer["well"])
        wrong = {check["check"]: check["todo"] for check in answer["checks"] if check["health"] == "wrong"}
        self.assertEqual(set(wrong), {"permissions", "leftovers"})
        self.assertTrue(all(wrong.values()))
        (self.folder / "data").chmod(0o700)
        self.succeeds("doctor", "--data", "data", "--fix")
        self.assertFalse((self.folder / "data/tombstone.key.new").exists())

    def test_no_folder_is_one_line(self):
        self.fails("doctor", "--data", "nowhere", naming="there is no data folder")


if __name__ == "__main__":
    unittest.main()
