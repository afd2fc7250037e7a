"""What the tests against programs of others share: npm packages installed by a lock file, free ports, skipping."""

import pathlib
import shutil
import socket
import subprocess
import sys

SKIPPED = 77  # for CTest


class Missing(Exception):
    """Why such a test cannot run here, as one sentence."""


def skip(why) -> None:
    """Ends the test as skipped, with the reason in words."""
    print(f"skipped: {why}")
    sys.exit(SKIPPED)


def install(here: pathlib.Path, folder: pathlib.Path, least_node: str, scripts=(), seconds: float = 400) -> None:
    """npm ci of the package-lock.json in `here` into `folder`, once for each version of it.

    least_node  "20.19": the oldest Node.js that the packages run on
    scripts     of `here`, to stand beside the packages that they use
    raises Missing where there is no such Node.js, or the registry is out of reach
    """
    need_node(least_node)
    folder.mkdir(parents=True, exist_ok=True)
    for name in ["package.json", "package-lock.json", ".npmrc", *scripts]:
        shutil.copyfile(here / name, folder / name)
    lock, done = (here / "package-lock.json").read_bytes(), folder / "installed"
    if done.is_file() and done.read_bytes() == lock:
        return
    try:
        ran = subprocess.run(["npm", "ci", "--ignore-scripts"], cwd=folder, capture_output=True, text=True, timeout=seconds)
    except subprocess.TimeoutExpired:
        raise Missing(f"npm did not install what {here.name} needs within {seconds:.0f} s") from None
    if ran.returncode != 0:
        raise Missing(f"npm cannot install what {here.name} needs: {last_line(ran.stderr)}")
    done.write_bytes(lock)


def need_node(least: str) -> None:
    for tool in ("node", "npm"):
        if shutil.which(tool) is None:
            raise Missing(f"there is no {tool}")
    version = subprocess.run(["node", "--version"], capture_output=True, text=True, timeout=20).stdout.strip().lstrip("v")
    if numbers(version) < numbers(least):
        raise Missing(f"Node.js is {version} here, and this needs {least}")


def numbers(version: str) -> list:
    return [int(part) for part in version.split(".") if part.isdigit()]


def last_line(text: str) -> str:
    return (text.strip().splitlines() or ["it says nothing"])[-1]


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]
