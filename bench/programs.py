"""Runs a task's program and commands, bounded in time, and says what went wrong in one sentence."""

import json
import os
import subprocess
import time


class Failure(Exception):
    pass


def hold(program, arguments, seconds=1800):
    """The measurements that a task's program wrote."""
    done = subprocess.run([program, *arguments], capture_output=True, text=True, timeout=seconds)
    if done.returncode != 0:
        raise Failure(f"{os.path.basename(program)}: {done.stderr.strip() or f'ended with {done.returncode}'}")
    return json.loads(done.stdout)


def measure_command(command, seconds=600, environment=None, ends_well=(0,)):
    """Runs a command once: wall, CPU and peak memory of the process, in the form of a program's measurement."""
    start = time.monotonic()
    with open(os.devnull, "w") as nowhere:
        process = subprocess.Popen(command, stdout=nowhere, stderr=subprocess.PIPE, text=True, env=environment)
        timer = _stop_after(process, seconds)
        said = process.stderr.read()
        _, status, usage = os.wait4(process.pid, 0)
        timer.cancel()
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in ends_well:
        raise Failure(f"{' '.join(map(str, command[:2]))}: {said.strip().splitlines()[-1] if said.strip() else f'ended with {process.returncode}'}")
    return {
        "wall": time.monotonic() - start,
        "cpu": usage.ru_utime + usage.ru_stime,
        "peak": usage.ru_maxrss * 1024.0,
        "growth": usage.ru_maxrss * 1024.0,
        "operations": 1.0,
        "parts": {},
    }


def _stop_after(process, seconds):
    import threading

    timer = threading.Timer(seconds, process.kill)
    timer.start()
    return timer
