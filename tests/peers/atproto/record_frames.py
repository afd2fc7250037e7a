"""Records the frames that the tests of the firehose read: python3 record_frames.py NODE-MODULES-FOLDER

Runs the script of acts four times on a real network and writes, beside this file,
  frames.zst   each frame of its firehose behind its size (four bytes, high ones first), packed by zstd
  frames.csv   what the acts mean, as a flat log
NODE-MODULES-FOLDER is where run.py has installed the network: build/peers/atproto.
"""

import json
import pathlib
import subprocess
import sys
import tempfile
import urllib.request

from network import HERE, Network


def call(pds: str, method: str, body: dict, token: str = "") -> dict:
    headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
    request = urllib.request.Request(f"{pds}/xrpc/{method}", json.dumps(body).encode(), headers)
    with urllib.request.urlopen(request, timeout=20) as answer:
        return json.loads(answer.read() or "{}")


def change_accounts(pds: str) -> None:
    """What makes #identity and #account frames with a status."""
    for handle, method, body in [("hal1.test", "com.atproto.identity.updateHandle", {"handle": "hal-anew.test"}),
                                 ("gus2.test", "com.atproto.server.deactivateAccount", {})]:
        session = call(pds, "com.atproto.server.createSession", {"identifier": handle, "password": "password"})
        call(pds, method, body, session["accessJwt"])


def main() -> None:
    modules = pathlib.Path(sys.argv[1])
    rows = []
    with Network(modules, "pds") as network, tempfile.TemporaryDirectory() as folder:
        for turn in "1234":
            network.node("acts.mjs", network.pds, folder, turn)
            header, *more = pathlib.Path(folder, "truth.csv").read_text(encoding="utf-8").splitlines()
            rows += more
        change_accounts(network.pds)
        frames = pathlib.Path(folder, "frames")
        print(network.node("firehose.mjs", network.pds, str(frames), "2"), end="")
        subprocess.run(["zstd", "-19", "-q", "-f", str(frames), "-o", str(HERE / "frames.zst")], check=True)
    (HERE / "frames.csv").write_text("\n".join([header, *rows, ""]), encoding="utf-8")


if __name__ == "__main__":
    main()
