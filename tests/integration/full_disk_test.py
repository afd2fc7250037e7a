"""A full disk, and one that may only be read: exit 1, one clear sentence, the old file intact, nothing half-written.

The disks are tmpfs mounts in a mount namespace of their own, so the tests need root (or CAP_SYS_ADMIN) and util-linux.
"""

import pathlib
import subprocess
import unittest

from vocabulary import COMMAND, TOWN, TOWN_AS_OF, Answer, Case, environment, like

ENDINGS = ("csv", "json", "parquet")


class SmallDisk:
    """A mount namespace with a tmpfs of `size` on the folder: `folder` is its view from inside, `seen` from outside."""

    def __init__(self, folder, size):
        self.folder = folder
        self.keeper = subprocess.Popen(
            [
                "unshare",
                "--mount",
                "sh",
                "-c",
                f'mount -t tmpfs -o size={size} none "$0" && echo mounted && exec cat',
                folder,
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        if self.keeper.stdout.readline() != b"mounted\n":
            self.end()
            raise unittest.SkipTest("skipped: mounting a small disk needs root")
        self.seen = pathlib.Path(f"/proc/{self.keeper.pid}/root{folder}")

    def end(self):
        self.keeper.stdin.close()
        self.keeper.wait()
        self.keeper.stdout.close()
        self.keeper.stderr.close()

    def inside(self, *command):
        done = subprocess.run(
            ["nsenter", f"--mount=/proc/{self.keeper.pid}/ns/mnt", *map(str, command)],
            capture_output=True,
            env=environment(),
            timeout=300,
            check=False,
        )
        return Answer(done.returncode, done.stdout, done.stderr)

    def renown(self, *arguments):
        return self.inside(COMMAND, *arguments)

    def files(self):
        return sorted(str(path.relative_to(self.seen)) for path in self.seen.rglob("*"))

    def fill(self, keep_free):
        """Leaves so many bytes free."""
        status = subprocess.run(["stat", "--file-system", "--format=%a %S", self.seen], capture_output=True, check=True)
        blocks, size = map(int, status.stdout.split())
        (self.seen / "ballast").write_bytes(b"x" * max(0, blocks * size - keep_free))


class DiskCase(Case):
    def disk(self, size="1m"):
        path = self.folder / "disk"
        path.mkdir()
        disk = SmallDisk(path, size)
        self.addCleanup(disk.end)
        return disk

    def check_full(self, answer, naming):
        self.check_failure(
            Answer(answer.code, answer.out_bytes, answer.err_bytes.splitlines(keepends=True)[-1]), naming
        )
        self.assertRegex(answer.err, "disk is full|No space left")


class FullDisk(DiskCase):
    def test_score_file_and_ledger(self):
        disk = self.disk()
        disk.fill(keep_free=8192)
        for option in ("--out", "--ledger"):
            for ending in ENDINGS:
                with self.subTest(option=option, ending=ending):
                    old = disk.seen / f"old.{ending}"
                    old.write_text("old")
                    answer = disk.renown("score", TOWN, *TOWN_AS_OF, option, disk.folder / old.name)
                    self.check_full(answer, str(disk.folder / old.name))
                    self.assertEqual(old.read_text(), "old")
                    old.unlink()
                    self.assertEqual(disk.files(), ["ballast"], "nothing half-written is left")

    def test_lock_file(self):
        disk = self.disk()
        for number in range(100):  # a line each in the lock, so that it takes more blocks than the scores
            self.log(*(like(f"fan{i}", "hazel") for i in range(3)), name=f"log{number}.csv")
        (disk.seen / "scores.csv").write_text("old")
        (disk.seen / "scores.csv.lock").write_text("old")
        disk.fill(keep_free=4096)
        answer = disk.renown("score", self.folder / "log*.csv", "--out", disk.folder / "scores.csv")
        self.check_full(answer, "scores.csv.lock")
        self.assertEqual(disk.files(), ["ballast", "scores.csv", "scores.csv.lock"])
        self.assertEqual((disk.seen / "scores.csv.lock").read_text(), "old")
        self.assertEqual((disk.seen / "scores.csv").read_text(), "old")  # never new scores beside an old lock

    def test_import_into_a_full_disk(self):
        disk = self.disk()
        disk.fill(keep_free=65536)
        self.check_full(disk.renown("import", TOWN, "--data", disk.folder / "data"), "data")

    def test_import_that_fills_the_disk_loses_nothing_it_had(self):
        disk = self.disk("6m")
        data = disk.folder / "data"
        self.log(*(like(f"fan{i}", "hazel") for i in range(100)), name="first.csv")
        self.assertEqual(disk.renown("import", self.folder / "first.csv", "--data", data).code, 0)
        disk.fill(keep_free=200_000)
        self.log(
            *(like(f"{i:x}" * 9, f"{i * 7919 % 100_003:x}", id=f"{i * i:x}") for i in range(100_000)), name="large.csv"
        )
        answer = disk.renown("import", self.folder / "large.csv", "--data", data, "--batch-rows", "5000")
        self.check_full(answer, "data")
        (disk.seen / "ballast").unlink()
        read = disk.renown("score", "--data", data, "--json", "--top", "1")
        self.assertEqual(read.code, 0, read.err)
        rows = read.json()["rows"]["read"]
        self.assertEqual((rows - 100) % 5000, 0, "whole batches only")
        again = disk.renown("import", self.folder / "first.csv", "--data", data, "--json")
        self.assertEqual(again.json()["added"], 0)

    def test_export_onto_a_full_disk(self):
        disk = self.disk("6m")
        self.succeeds("import", TOWN, "--data", "data")
        disk.fill(keep_free=100_000)
        self.check_full(disk.renown("export", "--data", self.folder / "data", "--out", disk.folder / "out"), "out")
        self.assertEqual(disk.files(), ["ballast"])


class ReadOnlyDisk(DiskCase):
    def read_only(self):
        disk = self.disk("6m")
        (disk.seen / "scores.csv").write_text("old")
        self.assertEqual(disk.renown("import", TOWN, "--data", disk.folder / "data").code, 0)
        disk.inside("mount", "-o", "remount,ro", disk.folder)
        return disk

    def test_nothing_is_written_and_the_reason_said(self):
        disk = self.read_only()
        for arguments in (
            ["score", TOWN, *TOWN_AS_OF, "--out", disk.folder / "scores.csv"],
            ["score", TOWN, *TOWN_AS_OF, "--ledger", disk.folder / "ledger.csv"],
            ["import", TOWN, "--data", disk.folder / "data"],
            ["import", TOWN, "--data", disk.folder / "new"],
            ["erase", "forum:hazel", "--data", disk.folder / "data"],
            ["export", "--data", disk.folder / "data", "--out", disk.folder / "out"],
        ):
            answer = disk.renown(*arguments)
            with self.subTest(arguments=arguments):
                last = answer.err_bytes.splitlines(keepends=True)[-1]
                self.check_failure(Answer(answer.code, answer.out_bytes, last), str(disk.folder))
                self.assertRegex(answer.err.lower(), "permission|read-only")
        self.assertEqual((disk.seen / "scores.csv").read_text(), "old")

    def test_a_data_folder_can_be_read_there(self):
        disk = self.read_only()
        self.assertEqual(disk.renown("score", "--data", disk.folder / "data", *TOWN_AS_OF).code, 0)


class FullDiskForWorkingData(DiskCase):
    """Rows that do not fit into memory go to $TMPDIR; where that is full the run ends with a sentence, and no file."""

    def score(self, disk):
        rows = "".join(like(f"fan{i % 50_000}", f"star{i % 1_000}") for i in range(300_000))
        self.log(rows)
        command = [COMMAND, "score", self.folder / "log.csv", "--memory", "1", "--out", self.folder / "scores.csv"]
        return disk.inside("env", f"TMPDIR={disk.folder}", *command)

    def test_too_small_a_disk(self):
        answer = self.score(self.disk("256k"))
        self.check_full(answer, "working data")
        self.assertNotIn("scores.csv", self.files())

    def test_large_enough_a_disk(self):
        disk = self.disk("64m")
        answer = self.score(disk)
        self.assertEqual(answer.code, 0, answer.err)
        self.assertEqual(disk.files(), [], "files of working data have no names, and are gone")
        self.assertIn("scores.csv", self.files())


if __name__ == "__main__":
    unittest.main()
