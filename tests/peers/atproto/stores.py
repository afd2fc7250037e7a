"""PostgreSQL and Redis on this machine, as an AppView needs them: on free ports of the loopback, in a folder that goes."""

import contextlib
import os
import pathlib
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time

from network import Skip
from packages import free_port


def postgres_tools() -> pathlib.Path:
    found = sorted(pathlib.Path("/usr/lib/postgresql").glob("*/bin/postgres"))
    if not found:
        raise Skip("there is no PostgreSQL (Debian: postgresql)")
    return found[-1].parent


def wait_for(port: int, process: subprocess.Popen, what: str) -> None:
    for _ in range(200):
        with socket.socket() as one:
            if one.connect_ex(("127.0.0.1", port)) == 0:
                return
        if process.poll() is not None:
            break
        time.sleep(0.1)
    raise RuntimeError(f"{what} does not start")


@contextlib.contextmanager
def stores():
    """The environment that the network then needs."""
    tools = postgres_tools()
    if shutil.which("redis-server") is None:
        raise Skip("there is no redis-server")
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as running:
        database = pathlib.Path(folder, "postgres")
        database.mkdir()
        as_user = {}
        if os.geteuid() == 0:  # PostgreSQL refuses to run as root
            user = pwd.getpwnam("postgres")
            as_user = {"user": user.pw_uid, "group": user.pw_gid, "cwd": "/"}
            for path in (folder, database):
                os.chown(path, user.pw_uid, user.pw_gid)
        subprocess.run([tools / "initdb", "-D", database, "-A", "trust", "-U", "pg"], check=True, capture_output=True,
                       timeout=60, **as_user)
        ports = free_port(), free_port()
        start(running, [tools / "postgres", "-D", database, "-p", str(ports[0]), "-k", folder, "-c",
                        "listen_addresses=127.0.0.1", "-c", "fsync=off"], ports[0], "PostgreSQL", signal.SIGINT, as_user)
        start(running, ["redis-server", "--port", str(ports[1]), "--bind", "127.0.0.1", "--save", "", "--dir", folder],
              ports[1], "Redis", signal.SIGTERM, {})
        yield {"DB_POSTGRES_URL": f"postgresql://pg@127.0.0.1:{ports[0]}/postgres", "REDIS_HOST": f"127.0.0.1:{ports[1]}"}


def start(running: contextlib.ExitStack, command: list, port: int, what: str, end: int, as_user: dict) -> None:
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **as_user)

    def stop():
        process.send_signal(end)
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    running.callback(stop)
    wait_for(port, process, what)
