"""Ctrl-C and its like: the command ends promptly by the signal, leaves nothing half-written, loses nothing it had."""

import json
import os
import signal
import time
import unittest

from vocabulary import HEADER, Case, crowd, interrupt, like, read_position, wait_until

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
TIME = "2015-01-01T00:00:00Z"


class Interrupt(Case):
    def stopped(self, process, by=signal.SIGINT):
        """Sends the signal; the command must end by it and say nothing on standard output."""
        answer = interrupt(process, by)
        self.assertEqual(answer.code, -by, answer.err)
        self.assertEqual(answer.out, "")
        return answer

    def old_outputs(self, ending):
        names = [f"scores.{ending}", f"scores.{ending}.lock", f"ledger.{ending}"]
        for name in names:
            self.write(name, "old")
        return names

    def test_during_a_long_read(self):
        block = crowd("hazel", 1000, time=TIME, post="p" * 60)  # 200 MB: a second or two of reading
        with open(self.folder / "log.csv", "w", encoding="utf-8") as file:
            file.write(HEADER)
            for _ in range(200_000_000 // len(block)):
                file.write(block)
        for by in SIGNALS:
            with self.subTest(by=by):
                names = self.old_outputs("csv")
                process = self.start("score", "log.csv", "--out", names[0], "--ledger", names[2])
                wait_until(lambda: read_position(process, self.folder / "log.csv") > 1_000_000, "the reading to begin")
                self.stopped(process, by)
                self.assertEqual([self.read(name) for name in names], [b"old"] * 3)
                self.assertEqual(self.files(), sorted(["log.csv", *names]))

    def test_while_it_waits_for_a_pipe(self):
        os.mkfifo(self.folder / "pipe")
        for arguments in (["score", "pipe"], ["why", "forum:hazel", "pipe"], ["import", "pipe", "--data", "data"]):
            process = self.start(*arguments)
            with open(self.folder / "pipe", "w", encoding="utf-8") as pipe:
                pipe.write(HEADER + like("ada", "hazel"))
                pipe.flush()
                time.sleep(0.05)
                self.stopped(process)

    def test_while_it_waits_for_somebody_to_open_the_pipe(self):
        os.mkfifo(self.folder / "pipe")
        process = self.start("score", "pipe")
        time.sleep(0.2)
        self.stopped(process)

    def test_while_files_are_written(self):
        accounts = 400_000
        self.log(*(like(f"fan{i}", f"idol{i}", TIME) for i in range(accounts)))
        for ending in ("csv", "json", "parquet"):
            for option in ("--out", "--ledger"):
                with self.subTest(ending=ending, option=option):
                    self.write(f"old.{ending}", "old")
                    process = self.start("score", "log.csv", option, f"old.{ending}")
                    wait_until(
                        lambda: process.poll() is not None
                        or list(self.folder.glob("*.tmp*"))
                        or list(self.folder.glob(".renown*")),
                        "the writing to begin",
                    )
                    self.stopped(process)
                    self.assertEqual(self.read(f"old.{ending}"), b"old")
                    self.assertEqual(self.files(), ["log.csv", f"old.{ending}"])
                    (self.folder / f"old.{ending}").unlink()

    def test_what_the_caller_ignores_stays_ignored(self):
        """A shell starts its background jobs with SIGINT ignored, nohup starts with SIGHUP ignored."""
        os.mkfifo(self.folder / "pipe")
        for ignored in (signal.SIGINT, signal.SIGHUP):
            process = self.start("score", "pipe", "--json", preexec_fn=lambda: signal.signal(ignored, signal.SIG_IGN))
            with open(self.folder / "pipe", "w", encoding="utf-8") as pipe:
                pipe.write(HEADER)
                pipe.flush()
                process.send_signal(ignored)
                time.sleep(1)
                pipe.write(like("ada", "hazel"))
            self.assertEqual(self.finish(process).code, 0)


class InterruptedImport(Case):
    ROWS, BATCH = 300_000, 2_000

    def test_what_was_acknowledged_stays_and_the_rest_can_follow(self):
        self.log(
            *(like(f"fan{i % 997}", f"idol{i % 499}", str(1_600_000_000 + i), id=str(i)) for i in range(self.ROWS))
        )
        durable = 0
        for by in SIGNALS:
            process = self.start("import", "log.csv", "--data", "data", "--batch-rows", self.BATCH, "--acknowledge")
            lines = [process.stdout.readline() for _ in range(3)]
            process.send_signal(by)
            out, err = process.communicate(timeout=5)
            self.assertEqual(process.returncode, -by, err)
            lines += out.splitlines()
            acknowledged = json.loads(lines[-1])["rows_durable"]
            durable = max(durable, acknowledged)
            rows = self.rows()
            self.assertGreaterEqual(rows, durable, "acknowledged rows are gone")
            self.assertLess(rows, self.ROWS, "the signal came in time")
            self.assertEqual(rows % self.BATCH, 0, "whole batches")
            durable = rows
        again = self.succeeds("import", "log.csv", "--data", "data", "--json").json()
        self.assertEqual((again["duplicates"], again["added"]), (durable, self.ROWS - durable))
        self.assertEqual(self.rows(), self.ROWS)

    def rows(self):
        return self.succeeds("score", "--data", "data", "--json", "--top", "1").json()["rows"]["read"]


if __name__ == "__main__":
    unittest.main()
