"""P4: the same events, lists, model and as_of give the same bytes, whatever the order, the copies, the files they stand
in, the number of threads, or the machine.
"""

import json
import os
import pathlib
import random
import subprocess
import unittest

from vocabulary import HEADER, TOWN, TOWN_AS_OF, TOWN_LISTS, Case, environment

ENDINGS = ("csv", "json", "parquet")
NO_VECTORS = "glibc.cpu.hwcaps=-AVX2_Usable,-FMA_Usable,-AVX2,-FMA,-AVX512F"
LINES = TOWN.read_text(encoding="utf-8").splitlines(keepends=True)[1:]


class SameBytes(Case):
    def setUp(self):
        super().setUp()
        self.wanted = self.outputs(TOWN)

    def outputs(self, *logs, lists=tuple(TOWN_LISTS), **more):
        """Every file of a run by its name; of the lock file all but the inputs."""
        files = {}
        for ending in ENDINGS:
            names = [f"scores.{ending}", f"ledger.{ending}"]
            self.succeeds("score", *logs, *TOWN_AS_OF, *lists, "--out", names[0], "--ledger", names[1], **more)
            for name in names:
                files[name] = self.read(name)
                self.assertGreater(len(files[name]), 1000)
            # Without a ledger the log is swept, and no act is held: the same scores.
            self.succeeds("score", *logs, *TOWN_AS_OF, *lists, "--out", f"swept.{ending}", **more)
            self.assertEqual(self.read(f"swept.{ending}"), files[names[0]])
        lock = json.loads(self.read("scores.csv.lock"))
        self.assertTrue(lock.pop("inputs"))
        files["lock"] = lock
        return files

    def same(self, *logs, **more):
        for name, content in self.outputs(*logs, **more).items():
            self.assertEqual(content, self.wanted[name], f"{name} differs")

    def test_again(self):
        self.same(TOWN)

    def test_any_order(self):
        for seed in range(3):
            lines = LINES[:]
            random.Random(seed).shuffle(lines)
            self.log(*lines)
            self.same("log.csv")

    def test_every_row_twice(self):
        self.log(*LINES, *LINES)
        self.same("log.csv")
        self.same(TOWN, TOWN)

    def test_several_files_packed_and_plain(self):
        self.write("a.csv.gz", HEADER + "".join(LINES[::3]))
        self.write("b.csv", HEADER + "".join(LINES[1::3]))
        self.write("c.csv.zst", HEADER + "".join(LINES[2::3]))
        self.same("a.csv.gz", "b.csv", "c.csv.zst")
        self.same("c.csv.zst", "b.csv", "a.csv.gz")
        self.same("?.csv*")

    def test_any_number_of_threads(self):
        for threads in (1, 2, 3, 8, 64):
            self.same(TOWN, "--threads", threads)

    def test_lists_in_any_order(self):
        options = []
        for option, path in zip(TOWN_LISTS[::2], TOWN_LISTS[1::2]):
            header, *lines = pathlib.Path(path).read_text(encoding="utf-8").splitlines()
            self.write(option[2:], "\n".join([header, *reversed(lines), lines[0]]) + "\n")
            options += [option, option[2:]]
        got = self.outputs(TOWN, lists=options)
        for name in ("scores.csv", "scores.json", "scores.parquet", "ledger.csv"):
            self.assertEqual(got[name], self.wanted[name], f"{name} differs")

    def test_a_processor_without_vector_units(self):
        plain, restricted = cpu_as_glibc_sees_it(), cpu_as_glibc_sees_it(NO_VECTORS)
        if plain is None or plain == restricted:
            self.skipTest("skipped: this processor or C library has no AVX2 to be switched off by GLIBC_TUNABLES")
        self.same(TOWN, env=environment(GLIBC_TUNABLES=NO_VECTORS))

    def test_any_locale_time_zone_and_folder(self):
        self.same(TOWN, env=environment(LC_ALL="de_DE.UTF-8", TZ="Asia/Kathmandu", HOME="/"))

    def test_through_a_data_folder(self):
        self.succeeds("import", TOWN, "--data", "data")
        self.same("--data", "data")


def cpu_as_glibc_sees_it(tunables=None):
    """What the C library's loader takes the processor for; None where it cannot be asked."""
    loader = "/lib64/ld-linux-x86-64.so.2"
    if not os.path.exists(loader):
        return None
    done = subprocess.run(
        [loader, "--list-diagnostics"], env=environment(GLIBC_TUNABLES=tunables), capture_output=True, check=False
    )
    lines = [line for line in done.stdout.decode(errors="replace").splitlines() if line.startswith("dl_platform")]
    return lines or None


if __name__ == "__main__":
    unittest.main()
