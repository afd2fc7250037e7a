"""A Redis server of our own for as long as it is needed: on a free port of this machine, nothing kept on disk."""

import shutil
import socket
import subprocess
import time


class RedisServer:
    """`with RedisServer() as port`: port is 0 where there is no redis-server to start."""

    def __enter__(self):
        program = shutil.which("redis-server")
        self.process = None
        if program is None:
            return 0
        port = free_port()
        self.process = subprocess.Popen(
            [program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--maxmemory", "4gb"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        wait_for(port)
        return port

    def __exit__(self, *_):
        if self.process is not None:
            self.process.terminate()
            self.process.wait()


def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def wait_for(port, seconds=10):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise TimeoutError("redis-server did not begin to answer")
