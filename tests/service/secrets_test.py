"""Planted secrets: passwords, session tokens, keys, links; none of them stands in a file of the folder or in the log.

RENOWN_SECRETS says how many are planted.
"""

import os
import unittest

import service

SECRETS = int(os.environ.get("RENOWN_SECRETS", "200"))
MARIGOLD = "Marigold Pym"


class Secrets(service.Case):
    def plant(self, server, count):
        """Every kind of secret that the service gives out or is given. returns  them"""
        operator, marigold = server.operator(), server.person(MARIGOLD)
        planted = {service.PASSWORD, server.set_up_token, server.links[MARIGOLD]}
        planted |= {operator.cookie, operator.csrf, marigold.cookie, marigold.csrf}
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
            waiting = newcomer.expect(201, "POST", "/v1/invitations", {}).json()["url"].rsplit("/", 1)[1]
            server.caller(client=address).get(f"/v1/invitations/open/{waiting}")
            planted |= {password, token, newcomer.cookie, newcomer.csrf, again.cookie, wrong, guess, key, waiting}
            newcomer.close()
            again.close()
        return planted

    def found(self, planted, paths):
        """(secret, file) of each that is there."""
        found = []
        for path in paths:
            data = path.read_bytes()
            found += [(secret, path.name) for secret in planted if secret.encode() in data]
        return found

    def test_no_secret_is_written_anywhere(self):
        server = self.serve("--requests-a-minute", "100000000", log_in=[MARIGOLD])
        planted = self.plant(server, SECRETS)
        files = [path for path in self.folder.rglob("*") if path.is_file()]
        self.assertEqual(self.found(planted, [*files, server.log]), [], "while it runs")
        server.stop()
        files = [path for path in self.folder.rglob("*") if path.is_file()]
        self.assertEqual(self.found(planted, [*files, server.log]), [], "afterwards")
        probe = self.scratch / "probe"  # a search that finds nothing anywhere proves nothing
        probe.write_bytes(b"x" + min(planted).encode() + b"y")
        self.assertEqual(self.found(planted, [probe]), [(min(planted), "probe")])
        print(f"{len(planted)} secrets, {len(files)} files and the log: none found")


if __name__ == "__main__":
    unittest.main(verbosity=2)
