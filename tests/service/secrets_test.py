"""Planted secrets: passwords, session tokens, keys, links, tokens of letters, e-mail addresses; none of them stands in a
file of the folder, in a backup or in the log. What people write to operators stands in the folder and not in the log.

RENOWN_SECRETS says how many are planted.
"""

import os
import subprocess
import time
import unittest

import service

SECRETS = int(os.environ.get("RENOWN_SECRETS", "200"))
HAZEL, MARIGOLD = "Hazel Fenn", "Marigold Pym"
MAIL_PASSWORD, GITHUB_SECRET = f"planted mail password {os.urandom(8).hex()}", f"planted github secret {os.urandom(8).hex()}"
LETTERS = 100  # newcomers who give an address


class Secrets(service.Case):
    def plant(self, server, count):
        """Every kind of secret that the service gives out or is given. returns  them"""
        operator, marigold = server.operator(), server.person(MARIGOLD)
        self.operator = operator
        planted = {service.PASSWORD, server.set_up_token, server.links[MARIGOLD]}
        planted |= {operator.cookie, operator.csrf, marigold.cookie, marigold.csrf, MAIL_PASSWORD, GITHUB_SECRET}
        server.wait_for_reasons(operator)
        self.plant_in_texts(operator, server.person(HAZEL))
        number = 0
        while len(planted) < count:
            number += 1
            password = f"planted password {number} {os.urandom(8).hex()}"
            address = f"10.1.{number // 200}.{number % 200}"
            token = marigold.expect(201, "POST", "/v1/invitations", {}).json()["url"].rsplit("/", 1)[1]
            newcomer = server.caller(f"Newcomer {number}", client=address)
            newcomer.take_session(newcomer.post("/v1/enrolments", {"invitation": token, "name": newcomer.name, "password": password}))
            again = server.caller(client=address)
            again.take_session(again.post("/v1/session", {"name": newcomer.name, "password": password}))
            wrong = f"wrong password {number} {os.urandom(8).hex()}"
            again.post("/v1/session", {"name": newcomer.name, "password": wrong})
            server.caller(key=(guess := f"rnk_{os.urandom(20).hex()}"), client=address).get("/v1/board")
            key = newcomer.make_key(["score:read"])
            server.caller(key=key).expect(200, "GET", "/v1/people/me/score")
            if number <= LETTERS:
                planted |= self.plant_in_letters(newcomer, f"planted.address.{number}.{os.urandom(4).hex()}@example.com")
            hook = newcomer.expect(201, "POST", "/v1/webhooks", {"url": f"http://{self.hook}/{os.urandom(12).hex()}"}).json()
            planted.add(hook["secret"])
            begun = server.caller(client=f"10.2.{number // 200}.{number % 200}").post("/v1/logins", {"network": "github"})
            planted.add(begun.headers["Set-Cookie"].split("=")[1].split(";")[0])
            waiting = newcomer.expect(201, "POST", "/v1/invitations", {}).json()["url"].rsplit("/", 1)[1]
            server.caller(client=address).get(f"/v1/invitations/open/{waiting}")
            planted |= {password, token, newcomer.cookie, newcomer.csrf, again.cookie, wrong, guess, key, waiting}
            newcomer.close()
            again.close()
        return planted

    def secrets_of_the_operator(self):
        """returns  the arguments that have them"""
        self.add_class("forum:hazel")
        (self.scratch / "backups").mkdir()
        self.mail, self.hook = self.take_mail(users={"renown": MAIL_PASSWORD}), f"127.0.0.1:{service.free_port()}"
        for name, secret in (("mail", MAIL_PASSWORD), ("github", GITHUB_SECRET)):
            (self.scratch / name).write_text(secret + "\n", encoding="ascii")
            (self.scratch / name).chmod(0o600)
        return [*self.mail.arguments, "--mail-user", "renown", "--mail-password-file", str(self.scratch / "mail"),
                "--github-client-id", "renown-here", "--github-client-secret-file", str(self.scratch / "github"),
                "--backups", str(self.scratch / "backups"), "--allow-host", self.hook]

    def plant_in_texts(self, operator, hazel):
        """Appeals, answers and reasons: texts for those who read them, in `written`."""
        finding, = hazel.expect(200, "GET", "/v1/people/me/findings").json()["items"]
        self.written = {f"planted {what} {os.urandom(8).hex()}" for what in ("appeal", "answer")}
        appeal, answer = sorted(self.written, reverse=True)
        made = hazel.expect(201, "POST", "/v1/people/me/appeals", {"finding": finding["id"], "text": appeal}).json()
        operator.expect(204, "POST", f"/v1/admin/appeals/{made['id']}/answer", {"verdict": "uphold", "answer": answer})

    def plant_in_letters(self, who, address):
        """An address with its tokens; the letters themselves are sealed until they are sent."""
        who.expect(202, "POST", "/v1/people/me/addresses", {"address": address})
        token = service.mail_sink.token_in(self.mail.wait(address), "/confirm-address/")
        who.expect(204, "POST", "/v1/people/me/addresses/confirm", {"token": token})
        for _ in range(100):  # none is queued before it is noted that the one before was taken
            if who.post("/v1/people/me/digest").status == 202:
                break
            time.sleep(0.1)
        return {address, token, service.mail_sink.token_in(self.mail.wait(address, 2), "/unsubscribe/")}

    def back_up(self, server):
        """A backup of now."""
        operator, folder = self.operator, self.scratch / "backups"
        before = {path: path.stat().st_mtime_ns for path in folder.glob("*.zst")}
        operator.expect(202, "POST", "/v1/admin/backups")
        for _ in range(3000):
            made = [path for path in folder.glob("*.zst") if path.stat().st_mtime_ns > before.get(path, 0)]
            if made and not operator.get("/v1/admin/backups").json()["is_running"]:
                return made[0]
            time.sleep(0.02)
        raise AssertionError("no backup was made: " + server.log_text()[-2000:])

    def unpack(self, backup):
        """The files of a backup, which are packed in it."""
        folder = self.scratch / "again"
        subprocess.run([service.COMMAND, "restore", str(backup), "--data", str(folder)], check=True, capture_output=True, timeout=300)
        return [backup, *(path for path in folder.rglob("*") if path.is_file())]

    def found(self, planted, paths):
        """(secret, file) of each that is there."""
        found = []
        for path in paths:
            data = path.read_bytes()
            found += [(secret, path.name) for secret in planted if secret.encode() in data]
        return found

    def test_no_secret_is_written_anywhere(self):
        server = self.serve("--requests-a-minute", "100000000", *self.secrets_of_the_operator(), log_in=[HAZEL, MARIGOLD])
        planted = self.plant(server, SECRETS)
        files = [path for path in self.folder.rglob("*") if path.is_file()]
        self.assertEqual(self.found(planted, [*files, server.log]), [], "while it runs")
        self.assertEqual(self.found(self.written, [server.log]), [], "what people wrote, in the log")
        backup = self.back_up(server)
        server.stop()
        files = [path for path in self.folder.rglob("*") if path.is_file()]
        unpacked = self.unpack(backup)
        self.assertEqual(self.found(planted, [*files, *unpacked, server.log]), [], "afterwards")
        self.assertEqual({text for text, _ in self.found(self.written, unpacked)}, self.written, "what people wrote is kept")
        probe = self.scratch / "probe"  # a search that finds nothing anywhere proves nothing
        probe.write_bytes(b"x" + min(planted).encode() + b"y")
        self.assertEqual(self.found(planted, [probe]), [(min(planted), "probe")])
        print(f"{len(planted)} secrets, {len(files)} files, {len(unpacked)} of a backup, and the log: none found")


if __name__ == "__main__":
    unittest.main(verbosity=2)
