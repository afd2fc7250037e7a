"""Installs the build tree RENOWN_BUILD into a new folder, and uses what is there as a stranger would: the command in an
empty environment, the library from a CMake project of its own (examples/library), each public header alone.
"""

import contextlib
import http.client
import os
import pathlib
import re
import subprocess
import tempfile
import unittest

SOURCE = pathlib.Path(os.environ["RENOWN_SOURCE"])
BUILD = os.environ["RENOWN_BUILD"]
CMAKE = os.environ.get("RENOWN_CMAKE", "cmake")
SANITIZE = os.environ.get("RENOWN_SANITIZE", "")
TOWN = SOURCE / "examples/town/interactions.csv"


def run(*command, **more):
    done = subprocess.run(
        [str(word) for word in command], capture_output=True, text=True, check=False, timeout=500, **more
    )
    if done.returncode != 0:
        raise AssertionError(f"{command}: exit {done.returncode}\n{done.stdout}\n{done.stderr}")
    return done.stdout


@contextlib.contextmanager
def served(command, data):
    """`renown serve` on a new data folder, in an empty environment and without --page; gives its port."""
    run("env", "-i", command, "import", TOWN, "--data", data)
    with subprocess.Popen(
        ["env", "-i", command, "serve", "--data", data, "--token-key", data.with_suffix(".key"), "--port", "0", "--sync-every", "0"],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    ) as server:
        try:
            line = server.stdout.readline()
            yield int(re.search(r"listens at http://127.0.0.1:(\d+)", line).group(1))
        finally:
            server.terminate()


def asked(port, path):
    """Status and bytes, as a browser asks for a page."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", path, headers={"Accept": "text/html"})
    answer = connection.getresponse()
    told = answer.status, answer.read()
    connection.close()
    return told


class Installed(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        scratch = tempfile.TemporaryDirectory(prefix="renown-install-")
        cls.addClassCleanup(scratch.cleanup)
        cls.folder = pathlib.Path(scratch.name)
        cls.prefix = cls.folder / "prefix"
        run(CMAKE, "--install", BUILD, "--prefix", cls.prefix)

    def project(self, source):
        """Configures and builds a project that finds Renown in the prefix. Returns its build folder."""
        build = self.folder / source.name
        options = [f"-DCMAKE_CXX_COMPILER={os.environ['RENOWN_CXX']}"] if "RENOWN_CXX" in os.environ else []
        if SANITIZE:
            options.append(f"-DCMAKE_CXX_FLAGS=-fsanitize={SANITIZE}")
        run(CMAKE, "-S", source, "-B", build, f"-DCMAKE_PREFIX_PATH={self.prefix}", *options)
        run(CMAKE, "--build", build)
        return build

    def test_the_command_in_an_empty_environment(self):
        command = self.prefix / "bin/renown"
        version = (SOURCE / "VERSION").read_text(encoding="utf-8").strip()
        self.assertEqual(run("env", "-i", command, "--version"), f"renown {version}\n")
        self.assertIn("forum:hazel", run("env", "-i", command, "score", TOWN))
        run("env", "-i", command, "import", TOWN, "--data", self.folder / "data")
        self.assertIn("forum:hazel", run("env", "-i", command, "score", "--data", self.folder / "data"))

    def test_the_service_shows_the_page_that_was_installed(self):
        """Of web/dist where that was built; else a page of one line stands in its place."""
        built, page = SOURCE / "web/dist", self.prefix / "share/renown/page"
        if (built / "index.html").is_file():
            files = {file.relative_to(page) for file in page.rglob("*") if file.is_file()}
            wanted = {file.relative_to(built) for file in built.rglob("*") if file.is_file()}
            self.assertEqual(files, {name for name in wanted if name.parts[0] != ".vite"})
        else:
            self.assertFalse(page.exists())
            page.mkdir(parents=True)
            (page / "index.html").write_text("<html>a page</html>", encoding="utf-8")
        with served(self.prefix / "bin/renown", self.folder / "served") as port:
            self.assertEqual(asked(port, "/"), (200, (page / "index.html").read_bytes()))
            self.assertEqual(asked(port, "/no-such-page"), (404, (page / "index.html").read_bytes()))

    def test_nothing_points_back_into_the_build_tree(self):
        files = [
            self.prefix / "bin/renown",
            *self.prefix.glob("lib*/**/*.so*"),
            *self.prefix.glob("lib*/cmake/renown/*"),
        ]
        self.assertGreater(len(files), 4)
        for path in files:
            dynamic = run("readelf", "--dynamic", path) if path.suffix != ".cmake" else path.read_text(encoding="utf-8")
            self.assertNotIn(str(BUILD), dynamic, path)
            self.assertNotIn(str(SOURCE), dynamic, path)

    def test_what_belongs_to_it_is_there(self):
        names = {str(path.relative_to(self.prefix)) for path in self.prefix.rglob("*")}
        for ending in ("LICENSE", "NOTICE", "renown-0.1.toml", "include/renown/scorer.h", "renown-config.cmake"):
            self.assertTrue(any(name.endswith(ending) for name in names), ending)
        self.assertFalse([name for name in names if "_test" in name], "no tests")

    def test_the_library_from_a_project_of_its_own(self):
        build = self.project(SOURCE / "examples/library")
        self.assertEqual(run("env", "-i", build / "hazel"), "hazel 9.8\n")
        shown = run("env", "-i", build / "score_log", TOWN)
        self.assertIn("forum:hazel", shown)
        sums = re.search(r"raw score of \S+: (\S+), the sum of its contributions: (\S+)\n", shown)
        self.assertEqual(sums.group(1), sums.group(2))
        missing = subprocess.run([build / "score_log", "missing.csv"], capture_output=True, text=True, check=False)
        self.assertEqual((missing.returncode, missing.stderr), (1, "score_log: missing.csv does not exist\n"))

    def test_each_public_header_compiles_alone(self):
        self.project(SOURCE / "tests/install/headers")

    def test_another_version_is_not_taken(self):
        for wanted, found in (("0.1", True), ("9.0", False)):
            project = self.folder / f"version{wanted}"
            project.mkdir()
            (project / "CMakeLists.txt").write_text(
                "cmake_minimum_required(VERSION 3.25)\nproject(version NONE)\n"
                f"find_package(renown {wanted} CONFIG REQUIRED)\n",
                encoding="utf-8",
            )
            done = subprocess.run(
                [CMAKE, "-S", project, "-B", project / "build", f"-DCMAKE_PREFIX_PATH={self.prefix}"],
                capture_output=True,
                check=False,
                timeout=100,
            )
            self.assertEqual(done.returncode == 0, found, done.stderr.decode())


if __name__ == "__main__":
    unittest.main()
