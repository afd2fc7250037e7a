"""The command on a terminal of its own: a pseudo-terminal of any size."""

import fcntl
import os
import pty
import struct
import subprocess
import termios

from vocabulary import COMMAND, environment


def on_terminal(arguments, columns=100, cwd=None, stdout=None, stderr=None, **variables):
    """Runs the command with its output on a terminal that is `columns` wide (a stream that is given is left as it is).

    returns  its exit code, and all that appeared on the terminal
    """
    controller, terminal = pty.openpty()
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 50, columns, 0, 0))
    process = subprocess.Popen(
        [COMMAND, *map(str, arguments)],
        stdin=subprocess.DEVNULL,
        cwd=cwd,
        stdout=terminal if stdout is None else stdout,
        stderr=terminal if stderr is None else stderr,
        env=environment(**{"TERM": "xterm", **variables}),
    )
    os.close(terminal)
    seen = b""
    while True:
        try:
            more = os.read(controller, 65536)
        except OSError:  # the last writer has closed it
            break
        if not more:
            break
        seen += more
    os.close(controller)
    return process.wait(timeout=300), seen.decode("utf-8")
