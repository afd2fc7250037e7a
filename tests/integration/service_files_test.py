"""The unit files of packaging/: systemd understands them, and they give away no more than they were measured to."""

import pathlib
import shutil
import subprocess
import tempfile
import unittest

from vocabulary import SOURCE, environment

# What systemd-analyze may rate a unit at most, in tenths: 0 is closed, 100 is open.
MOST_EXPOSED = {"renown.service": 12}
NOT_INSTALLED_HERE = "is not executable: No such file or directory"


class ServiceFiles(unittest.TestCase):
    def setUp(self):
        if not shutil.which("systemd-analyze"):
            self.skipTest("skipped: there is no systemd-analyze here")
        scratch = tempfile.TemporaryDirectory(prefix="renown-test-")
        self.addCleanup(scratch.cleanup)
        self.folder = pathlib.Path(scratch.name)
        for unit in (SOURCE / "packaging").glob("renown*.*"):
            shutil.copy(unit, self.folder)

    def analyze(self, *arguments):
        return subprocess.run(
            ["systemd-analyze", *arguments],
            cwd=self.folder,
            env=environment(),
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    def test_they_are_understood(self):
        for unit in self.folder.iterdir():
            answer = self.analyze("verify", "--man=no", f"./{unit.name}")
            about_ours = [line for line in answer.stderr.splitlines() if "renown" in line]
            self.assertEqual([line for line in about_ours if NOT_INSTALLED_HERE not in line], [], unit.name)

    def test_they_are_as_closed_as_they_were(self):
        for name, most in MOST_EXPOSED.items():
            answer = self.analyze("security", "--offline=true", f"--threshold={most}", f"./{name}")
            self.assertEqual(answer.returncode, 0, answer.stdout[-300:] + answer.stderr)

    def test_a_unit_that_is_open_would_be_noticed(self):
        (self.folder / "open.service").write_text("[Service]\nExecStart=/bin/true\n", encoding="ascii")
        self.assertNotEqual(self.analyze("security", "--offline=true", "--threshold=12", "./open.service").returncode, 0)


if __name__ == "__main__":
    unittest.main()
