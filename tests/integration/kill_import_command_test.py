"""kill -9 at any moment of `renown import`: no acknowledged row is lost, none is doubled, and the same import again completes.

Rounds from RENOWN_KILL_ROUNDS (10 unless set); the seed is printed and can be given as RENOWN_KILL_SEED.
"""

import json
import os
import pathlib
import random
import signal
import subprocess
import tempfile
import time
import unittest

COMMAND = os.environ["RENOWN_COMMAND"]
ROUNDS = int(os.environ.get("RENOWN_KILL_ROUNDS", "10"))
SEED = int(os.environ.get("RENOWN_KILL_SEED", str(random.SystemRandom().randrange(1 << 32))))
ROWS = 60_000
BATCH_ROWS = 2_000
ROUNDS_A_FOLDER = 10


def write_log(path: pathlib.Path) -> None:
    """Every row another one; a second copy of some follows, which must not be added."""
    lines = [f"{1_600_000_000 + i},forum,like,user{i % 997},user{i * 7 % 499},post{i % 50},id{i},\n" for i in range(ROWS)]
    path.write_text("time,network,kind,actor,target,post,id,tags\n" + "".join(lines + lines[:1000]), encoding="utf-8")


def rows_in(folder: pathlib.Path) -> int:
    """How many rows the folder holds now, as the command itself reads them."""
    done = subprocess.run([COMMAND, "score", "--data", str(folder), "--json", "--top", "1"], capture_output=True, check=False)
    if done.returncode == 1 and b"no interaction log" in done.stderr:
        return 0
    if done.returncode == 3:
        return 0
    if done.returncode != 0:
        raise AssertionError(f"the folder cannot be read after a kill: {done.stderr.decode()}")
    return json.loads(done.stdout)["rows"]["read"]


class KillImport(unittest.TestCase):
    def test_nothing_acknowledged_is_lost_and_nothing_doubled(self):
        print(f"seed {SEED}, {ROUNDS} rounds")
        dice = random.Random(SEED)
        killed = 0
        with tempfile.TemporaryDirectory() as name:
            root = pathlib.Path(name)
            log = root / "log.csv"
            write_log(log)
            # Later rounds find rows already there and are over earlier, so only the first part of a whole import's time.
            latest = 0.6 * self.seconds_of_an_import(log, root / "whole")
            folder = root / "folder0"
            durable_before = 0
            for turn in range(ROUNDS):
                if turn % ROUNDS_A_FOLDER == 0:
                    folder = root / f"folder{turn}"
                    durable_before = 0
                died, acknowledged = self.import_and_kill(log, folder, dice.uniform(0.005, latest))
                killed += died
                rows = rows_in(folder) if (folder / "interactions.duckdb").exists() else 0
                self.assertGreaterEqual(rows, durable_before, "rows of an earlier round are gone")
                self.assertGreaterEqual(rows, min(acknowledged, ROWS), "acknowledged rows are gone")
                self.assertLessEqual(rows, ROWS, "a row is there twice")
                self.assertTrue(rows % BATCH_ROWS == 0, f"{rows} rows: not whole batches")
                durable_before = rows
                if turn % ROUNDS_A_FOLDER == ROUNDS_A_FOLDER - 1 or turn == ROUNDS - 1:
                    self.finish_and_compare(log, folder, root)
        print(f"{killed} of {ROUNDS} imports were killed before they ended")
        self.assertGreaterEqual(killed * 2, ROUNDS, "the fault did not fire: most imports had ended before the kill")

    def seconds_of_an_import(self, log, folder):
        begin = time.monotonic()
        subprocess.run([COMMAND, "import", str(log), "--data", str(folder), "--batch-rows", str(BATCH_ROWS)],
                       stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
        return time.monotonic() - begin

    def import_and_kill(self, log, folder, after_seconds):
        """Returns whether the import died of the kill, and the rows it had acknowledged."""
        process = subprocess.Popen([COMMAND, "import", str(log), "--data", str(folder), "--batch-rows", str(BATCH_ROWS), "--acknowledge"],
                                   stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        time.sleep(after_seconds)
        process.send_signal(signal.SIGKILL)
        out, _ = process.communicate()
        acknowledged = 0
        for line in out.decode().splitlines():
            if line.startswith('{"batch"') and line.endswith("}"):
                acknowledged = json.loads(line)["rows_durable"]
        return process.returncode == -signal.SIGKILL, acknowledged

    def finish_and_compare(self, log, folder, root):
        subprocess.run([COMMAND, "import", str(log), "--data", str(folder)], check=True, capture_output=True)
        self.assertEqual(rows_in(folder), ROWS)
        again = subprocess.run([COMMAND, "import", str(log), "--data", str(folder), "--json"], check=True, capture_output=True)
        self.assertEqual(json.loads(again.stdout)["added"], 0)
        from_folder, from_file = root / "folder.csv", root / "file.csv"
        subprocess.run([COMMAND, "score", "--data", str(folder), "--out", str(from_folder)], check=True, capture_output=True)
        subprocess.run([COMMAND, "score", str(log), "--out", str(from_file)], check=True, capture_output=True)
        self.assertEqual(from_folder.read_bytes(), from_file.read_bytes())


if __name__ == "__main__":
    unittest.main()
