"""A WordPress of its own with a MariaDB of its own, on two free ports of the loopback.

Debian's packages: the programs are installed where they are missing (as root; none of them starts a service), those of
WordPress itself are unpacked into the folder and not installed. Python 3 and its standard library."""

import json
import os
import pathlib
import pwd
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from packages import free_port, last_line  # noqa: E402

PROGRAMS = {"mariadbd": "mariadb-server-core", "mariadb": "mariadb-client-core", "php": "php-cli"}
PHP_PARTS = {"mysqli": "php-mysql", "xml": "php-xml", "mbstring": "php-mbstring", "curl": "php-curl"}
UNPACKED = ["wordpress", "wordpress-theme-twentytwentythree", "php-getid3", "libjs-cropper", "libjs-underscore"]


class Skip(Exception):
    """Why there can be no WordPress here, as one sentence."""


def run(*command, **options):
    options.setdefault("timeout", 300)
    return subprocess.run(command, capture_output=True, text=True, **options)


def apt_get(*arguments, **options):
    """What comes of it; raises Skip where it takes too long."""
    try:
        return run("apt-get", *arguments, **options)
    except subprocess.TimeoutExpired as late:
        raise Skip(f"apt-get {arguments[0]} takes longer than {late.timeout:.0f} s") from late


def missing_packages():
    packages = [package for program, package in PROGRAMS.items() if find(program) is None]
    parts = run("php", "-m").stdout.lower().split() if shutil.which("php") else []
    return packages + [package for part, package in PHP_PARTS.items() if part not in parts]


def find(program: str):
    return shutil.which(program, path=os.environ.get("PATH", "") + ":/usr/sbin")


def install(folder: pathlib.Path):
    if shutil.which("apt-get") is None:
        raise Skip("WordPress, MariaDB and PHP come from Debian, and there is no apt-get")
    if packages := missing_packages():
        if os.geteuid() != 0:
            raise Skip(f"apt-get must install {' '.join(packages)}, and only root can")
        got = apt_get("install", "-y", "--no-install-recommends", "--no-remove", *packages,
                   env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"}, timeout=400)
        if got.returncode != 0:
            raise Skip(f"apt-get cannot install {' '.join(packages)}: {last_line(got.stderr)}")
    root = folder / "root"
    done = folder / "unpacked"
    if done.is_file() and done.read_text(encoding="utf-8") == " ".join(UNPACKED):
        return
    packed = folder / "packages"
    shutil.rmtree(root, ignore_errors=True)
    shutil.rmtree(packed, ignore_errors=True)
    packed.mkdir(parents=True)
    got = apt_get("download", "-o", "APT::Sandbox::User=root", *UNPACKED, cwd=packed)
    if got.returncode != 0:
        raise Skip(f"apt-get cannot download {' '.join(UNPACKED)}: {last_line(got.stderr)}")
    for package in sorted(packed.glob("*.deb")):
        subprocess.run(["dpkg", "-x", package, root], check=True)
    done.write_text(" ".join(UNPACKED), encoding="utf-8")


class Site:
    """with Site(folder) as site: ... site.url is then the address of an empty blog."""

    def __init__(self, folder: pathlib.Path):
        install(folder)
        self.folder = folder / "run"
        self.packages = folder / "root/usr/share/wordpress"
        self.host = f"127.0.0.1:{free_port()}"
        self.url = f"http://{self.host}"
        self.processes = []

    def __enter__(self):
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        try:
            self.start_database()
            self.start_blog()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        for process in reversed(self.processes):
            process.terminate()
        for process in reversed(self.processes):
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def start(self, name: str, *command, **options):
        with open(self.folder / f"{name}.log", "w", encoding="utf-8") as log:
            self.processes.append(subprocess.Popen(command, stdout=log, stderr=subprocess.STDOUT, **options))

    def start_database(self):
        data, port, user = self.folder / "database", free_port(), pwd.getpwuid(os.geteuid()).pw_name
        made = run("mariadb-install-db", "--no-defaults", f"--user={user}", f"--datadir={data}", "--skip-test-db",
                   "--auth-root-authentication-method=normal")
        if made.returncode != 0:
            raise RuntimeError(f"no database: {last_line(made.stdout + made.stderr)}")
        socket_path = self.folder / "database.sock"
        self.start("database", find("mariadbd"), "--no-defaults", f"--user={user}", f"--datadir={data}",
                   f"--socket={socket_path}", f"--port={port}", "--bind-address=127.0.0.1", "--performance-schema=OFF",
                   f"--pid-file={self.folder / 'database.pid'}")
        wanted = ("create database wp; create user wp@127.0.0.1 identified by 'wp'; "
                  "grant all on wp.* to wp@127.0.0.1")
        self.wait(lambda: run("mariadb", "--no-defaults", "-S", str(socket_path), "-u", "root", "-e", wanted).returncode == 0,
                  "the database")
        self.database = f"127.0.0.1:{port}"

    def start_blog(self):
        self.root = self.folder / "site"
        shutil.copytree(self.packages, self.root, symlinks=False, ignore_dangling_symlinks=True)
        (self.root / "wp-content/mu-plugins").mkdir(parents=True, exist_ok=True)
        shutil.copy(HERE / "bearer.php", self.root / "wp-content/mu-plugins/bearer.php")
        shutil.copy(HERE / "install.php", self.root / "install.php")
        constants = {"DB_NAME": "wp", "DB_USER": "wp", "DB_PASSWORD": "wp", "DB_HOST": self.database, "DB_CHARSET": "utf8mb4",
                     "WP_HOME": self.url, "WP_SITEURL": self.url, "WP_ENVIRONMENT_TYPE": "local"}
        lines = [f"define('{name}', '{value}');" for name, value in constants.items()]
        lines += [f"define('{key}', 'a salt of a test');" for key in
                  ("AUTH_KEY", "SECURE_AUTH_KEY", "LOGGED_IN_KEY", "NONCE_KEY", "AUTH_SALT", "SECURE_AUTH_SALT",
                   "LOGGED_IN_SALT", "NONCE_SALT")]
        lines += ["define('WP_HTTP_BLOCK_EXTERNAL', true);", "define('DISABLE_WP_CRON', true);", "$table_prefix = 'wp_';",
                  "if (!defined('ABSPATH')) define('ABSPATH', __DIR__ . '/');", "require_once ABSPATH . 'wp-settings.php';"]
        (self.root / "wp-config.php").write_text("<?php\n" + "\n".join(lines) + "\n", encoding="utf-8")
        self.write({"posts": [], "comments": []})
        # One process: workers of its would outlive it.
        environment = {name: value for name, value in os.environ.items() if name != "PHP_CLI_SERVER_WORKERS"}
        self.start("blog", "php", "-S", self.host, cwd=self.root, env=environment)
        self.wait(self.answers, "the blog")

    def answers(self) -> bool:
        try:
            urllib.request.urlopen(self.url + "/wp-json/", timeout=20).close()
            return True
        except OSError:
            return False

    def wait(self, is_ready, what: str, seconds: float = 60):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if is_ready():
                return
            if any(process.poll() is not None for process in self.processes):
                break
            time.sleep(0.1)
        raise RuntimeError(f"{what} does not start: see {self.folder}")

    def write(self, seed: dict) -> dict:
        """Puts posts and comments into the blog (install.php)."""
        path = self.folder / "seed.json"
        path.write_text(json.dumps(seed), encoding="utf-8")
        ran = run("php", "install.php", str(path), cwd=self.root, env={**os.environ, "WP_HOST": self.host})
        if ran.returncode != 0 or not ran.stdout.strip().startswith("{"):
            raise RuntimeError(f"WordPress says: {ran.stdout[-500:]} {ran.stderr[-500:]}")
        return json.loads(ran.stdout)

    def call(self, method: str, path: str) -> int:
        """As the owner; the status."""
        request = urllib.request.Request(self.url + path, method=method,
                                         headers={"Authorization": "Bearer token-of-the-owner"})
        try:
            with urllib.request.urlopen(request, timeout=30) as response:
                return response.status
        except urllib.error.HTTPError as error:
            return error.code
