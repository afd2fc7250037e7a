"""Klout's API against what was made for the real one: python3 run.py clients|recorded

clients   npm node_klout and klout, unmodified: they ask http://api.klout.com at port 80, so they and `renown serve` run
          in a network of their own, whose hosts file sends that name to the loopback
recorded  answers of the real API (RENOWN_DATA): ours have the same members of the same types, and nothing else

RENOWN_COMMAND is the command, RENOWN_PEERS a folder to work in. Exit code 77: skipped, with the reason."""

import json
import os
import pathlib
import shutil
import socket
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
FOLDER = pathlib.Path(os.environ["RENOWN_PEERS"]) / "klout"
RENOWN = os.environ["RENOWN_COMMAND"]
HOSTS = "127.0.0.1 localhost api.klout.com\n"
INSIDE = "inside"  # the argument of the run in the network of its own
DELTAS = ("dayChange", "weekChange", "monthChange")  # null until something was published so long ago
sys.path.insert(0, str(HERE.parent))

from packages import Missing, free_port, install, skip  # noqa: E402
from shapes import differences  # noqa: E402
from town import MEMBERS, Town  # noqa: E402


# -- clients


def namespace() -> list:
    """The words that run a command in a network of its own. raises Missing where that is not allowed"""
    for tool in ("unshare", "ip", "mount"):
        if shutil.which(tool) is None:
            raise Missing(f"there is no {tool}")
    for words in (["unshare", "--net", "--mount"], ["unshare", "--map-root-user", "--net", "--mount"]):
        if subprocess.run([*words, "true"], capture_output=True, timeout=20).returncode == 0:
            return words
    raise Missing("this machine allows no network namespaces")


def run_clients() -> int:
    try:
        install(HERE, FOLDER, least_node="18", scripts=["clients.js"])
        words = namespace()
    except Missing as why:
        skip(why)
    (FOLDER / "hosts").write_text(HOSTS)
    prepare = f"ip link set lo up && mount --bind '{FOLDER / 'hosts'}' /etc/hosts && exec '{sys.executable}' '{__file__}' {INSIDE}"
    return subprocess.run([*words, "sh", "-c", prepare], timeout=280).returncode


def inside() -> int:
    with tempfile.TemporaryDirectory() as folder, Town(RENOWN, pathlib.Path(folder) / "data", 80) as town:
        person = town.id_of("iris")

        def call(key):
            ran = subprocess.run(["node", "clients.js", key, person, "iris", "1234567"], cwd=FOLDER, capture_output=True,
                                 text=True, timeout=60)
            assert ran.returncode == 0, ran.stderr
            return json.loads(ran.stdout)

        answers = call(town.key)
        failed = [f"{what}: {answer['failed']}" for what, answer in answers.items()
                  if isinstance(answer, dict) and "failed" in answer]
        assert not failed, failed
        check_answers(answers, person)
        refused = call("no-key")
        for what, answer in refused.items():
            assert "failed" in answer and "key" in answer["failed"].lower(), (what, answer)
    print(f"{len(answers)} calls answered as the clients expect; all refused without a key")
    return 0


def check_answers(answers: dict, person: str):
    ours, first = {"id": person, "network": "ks"}, "node_klout "
    assert answers[first + "identity by name"] == ours
    assert answers[first + "identity by name and network"] == ours
    assert answers[first + "identity by facebook"] == ours
    assert answers[first + "handle"] == {"id": "iris", "network": "tw"}
    score = answers[first + "score"]["score"]
    assert 1 <= score <= 100, score
    assert answers[first + "user"]["score"]["score"] == score
    assert answers[first + "user"]["nick"] == "iris"
    assert {topic["slug"] for topic in answers[first + "topics"]} == {"machine-learning", "bread"}
    influence = answers[first + "influence"]
    assert (len(influence["myInfluencers"]), influence["myInfluencersCount"]) == (5, len(MEMBERS) - 1), influence
    assert (len(influence["myInfluencees"]), influence["myInfluenceesCount"]) == (5, len(MEMBERS) + 4), influence
    assert answers[first + "single"] == round(score, 2)
    of = {what: answers[f"klout {what}"]["users"][0] for what in ("score", "show", "topics", "influenced by", "influencer of")}
    assert of["score"] == {"twitter_screen_name": "iris", "kscore": round(score, 2)}, of
    assert of["show"]["score"]["kscore"] == round(score, 2) and of["show"]["score"]["true_reach"] == len(MEMBERS) + 4, of
    assert set(of["topics"]["topics"]) == {"machine learning", "bread"}, of
    for what, member in (("influenced by", "influencers"), ("influencer of", "influencees")):
        assert len(of[what][member]) == 5 and {each["twitter_screen_name"] for each in of[what][member]} <= set(MEMBERS), of


# -- recorded answers, and how other clients ask


def run_recorded() -> int:
    recorded = pathlib.Path(os.environ.get("RENOWN_DATA", "/nonexistent")) / "klout-api-recorded"
    if not recorded.is_dir():
        skip("RENOWN_DATA has no klout-api-recorded")
    with tempfile.TemporaryDirectory() as folder, Town(RENOWN, pathlib.Path(folder) / "data", free_port()) as town:
        person = town.id_of("iris")
        same = [("identity_twitter_screen", "/v2/identity.json/twitter", "screenName=iris"),
                ("identity_twitter", "/v2/identity.json/tw/iris", ""),
                ("identity_googleplus", "/v2/identity.json/fb/1234567", ""),
                ("identity_instagram", "/v2/identity.json/chirp/iris", ""),
                ("identity_klout_tw", f"/v2/identity.json/klout/{person}/tw", ""),
                ("showUser", f"/v2/user.json/{person}", ""),
                ("score", f"/v2/user.json/{person}/score", ""),
                ("topics", f"/v2/user.json/{person}/topics", ""),
                ("influence", f"/v2/user.json/{person}/influence", "")]
        found = []
        for name, path, query in same:
            status, headers, ours = town.klout(path, query)
            assert status == 200 and "application/json" in headers["Content-Type"], (name, status, ours)
            theirs = json.loads((recorded / f"{name}.json").read_text(encoding="utf-8"))
            found += [f"{name}: {each}" for each in differences(ours, theirs, may_be_null=DELTAS)]
        theirs = json.loads((recorded / "error.json").read_text(encoding="utf-8"))
        for query in ("", "?key=none"):
            status, headers, ours = town.ask("GET", f"/v2/user.json/{person}{query}")
            assert (status, ours["error"], headers["Content-Type"]) == (403, theirs["error"], "application/json"), ours
            found += [f"error: {each}" for each in differences(ours, theirs)]
        assert not found, "\n".join(found)
        assert list(differences({"a": 1}, {"a": "1"})) and list(differences({}, {"a": 1})) and list(differences({"a": 1}, {}))
        print(f"{len(same) + 1} recorded answers: the same members of the same types")
        check_other_clients(town, person)
    return 0


def check_other_clients(town: Town, person: str):
    """As the clients for Java (by a proxy), PHP (a slash before the query) and Python (the key first) ask."""
    key = f"key={town.key}"
    heads = {
        "java": f"GET http://api.klout.com/v2/identity.json/twitter?screenName=iris&{key} HTTP/1.1\r\n"
                "Host: api.klout.com\r\nProxy-Connection: keep-alive\r\nUser-Agent: Java/1.7\r\n",
        "php": f"GET /v2/identity.json/twitter/?screenName=iris&{key} HTTP/1.1\r\nHost: api.klout.com\r\n",
        "python": f"GET /v2/identity.json/twitter?{key}&screenName=iris HTTP/1.1\r\nHost: api.klout.com\r\n"
                  "Accept-Encoding: gzip\r\n",
    }
    for name, head in heads.items():
        with socket.create_connection(("127.0.0.1", town.port), timeout=20) as connection:
            connection.sendall(f"{head}Connection: close\r\n\r\n".encode())
            answer = b""
            while some := connection.recv(65536):
                answer += some
        status, body = answer.split(b"\r\n")[0], answer.split(b"\r\n\r\n", 1)[1]
        assert b" 200 " in status and json.loads(body) == {"id": person, "network": "ks"}, (name, answer)
    print("as other clients ask: absolute target, slash before the query, key first")


if __name__ == "__main__":
    sys.exit({"clients": run_clients, "recorded": run_recorded, INSIDE: inside}[sys.argv[1]]())
