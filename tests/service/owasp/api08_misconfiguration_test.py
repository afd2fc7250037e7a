"""API8:2023 Security misconfiguration: headers, files, errors."""

import shutil
import stat
import unittest

import table
from table import service


class Misconfiguration(table.Table):
    def prepare(self):
        page = self.scratch / "page"  # its head is what matters here, so that it need not be built
        page.mkdir()
        shutil.copy(service.SOURCE / "web/index.html", page)
        return ["--page", str(page)]

    def test_headers_of_every_answer(self):
        document, asked = service.Document.of(self.server), 0
        for operation in document.operations:
            for who in (self.anonymous, self.odell):
                if operation.id in ("log_out",):
                    continue
                answer = who.ask(operation.method, operation.target({}), b"[]" if operation.body_schema else None)
                asked += 1
                with self.subTest(operation=str(operation), caller=who.name):
                    headers = answer.headers
                    self.assertEqual(headers["X-Content-Type-Options"], "nosniff")
                    self.assertEqual(headers["Referrer-Policy"], "no-referrer")
                    may_be_shown = answer.status == 200 and operation.path.startswith(("/badge/", "/card/"))  # pictures that other sites embed
                    self.assertIn("sandbox" if may_be_shown else "frame-ancestors 'none'", headers["Content-Security-Policy"])
                    if not may_be_shown:  # they bring their colours in a style of their own
                        self.assertNotIn("unsafe", headers["Content-Security-Policy"])
                    self.assertNotIn("Server", headers)
                    self.assertNotIn("X-Powered-By", headers)
                    if operation.path.startswith("/v1/"):
                        self.assertRegex(headers["Cache-Control"] or "no-store", "no-store|private")
        self.assertGreater(asked, 100)

    def test_no_method_that_traces_or_tunnels(self):
        for method in ("TRACE", "CONNECT", "TRACK", "DEBUG", "PROPFIND"):
            self.assertIn(self.anonymous.ask(method, "/v1/session").status, (400, 403, 405, 501))

    def test_errors_tell_nothing_of_the_inside(self):
        for path in ("/v1/people/%00", "/v1/people/%ff%fe", "/v1/lookup?purpose=%00", "/v1/people/me/ledger?cursor=%27", "/nowhere",
                     "/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/.git/config", "/.env", "/service.sqlite"):
            answer = self.odell.get(path)
            self.assertLess(answer.status, 500, path)
            self.assertGreaterEqual(answer.status, 400, path)
            for inside in (str(self.folder), "/src/", ".cc:", "sqlite", "SELECT", "root:"):
                self.assertNotIn(inside, answer.body.decode().replace("/service.sqlite", ""), path)

    def test_errors_are_problems(self):
        for who, method, path, status in ((self.anonymous, "GET", "/v1/keys", 401), (self.odell, "GET", "/v1/admin/state", 403),
                                          (self.odell, "GET", "/nowhere", 404), (self.odell, "PUT", "/v1/keys", 405),
                                          (self.odell, "GET", "/v1/people/me/ledger?limit=x", 400)):
            answer = who.expect(status, method, path)
            self.assertEqual(answer.headers["Content-Type"], "application/problem+json")
            self.assertEqual(answer.json()["status"], status)

    def test_files_are_their_owner_s_alone(self):
        for path in [self.folder, *self.folder.iterdir()]:
            mode = stat.S_IMODE(path.stat().st_mode)
            if path.name != "interactions.duckdb":  # its folder keeps it
                self.assertEqual(mode & 0o077, 0, f"{path.name}: {mode:o}")

    def test_the_server_listens_on_this_machine_alone(self):
        with open(f"/proc/{self.server.process.pid}/net/tcp", encoding="ascii") as table_of_sockets:
            listening = [line.split()[1] for line in table_of_sockets.readlines()[1:] if line.split()[3] == "0A"]
        own = [address for address in listening if int(address.split(":")[1], 16) == self.server.address[1]]
        self.assertEqual([address.split(":")[0] for address in own], ["0100007F"] * len(own))

    def test_pages_with_a_token_in_their_address_are_kept_by_nobody(self):
        """And what they load is the server's own: no token goes to others by a Referer."""
        for path in ("/confirm-address/", "/unsubscribe/", "/log-in/", "/setup/", "/join/"):
            answer = self.anonymous.expect(200, "GET", path + "A" * 43)
            self.assertEqual(answer.headers["Referrer-Policy"], "no-referrer", path)
            self.assertIn("default-src 'none'", answer.headers["Content-Security-Policy"].replace("'self'", "'none'"), path)
            self.assertNotIn("A" * 43, answer.body.decode(), path)
            self.assertNotIn("unsafe", answer.headers["Content-Security-Policy"], path)
            self.assertRegex(answer.headers["Cache-Control"], "no-store|no-cache", path)

    def test_what_is_not_there_is_one_page(self):
        """Whatever is asked for stands nowhere in it."""
        asked = {"Accept": "text/html"}
        for path in ("/nowhere", "/<script>alert(1)</script>", "/p/999999", "/p/%3Cscript%3E", "/.well-known/security.txt", "/wp-login.php"):
            answer = self.anonymous.get(service.urllib.parse.quote(path, safe="/%"), headers=asked)
            self.assertEqual(answer.status, 404, path)
            self.assertNotIn(b"alert(1)", answer.body, path)
            self.assertNotIn("unsafe", answer.headers["Content-Security-Policy"], path)

    def test_a_page_of_somebody_is_escaped(self):
        answer = self.anonymous.expect(200, "GET", f"/p/{self.marigold.person}", headers={"Accept": "text/html"})
        self.assertIn(b"Marigold Pym", answer.body)
        queried = f"/p/{self.marigold.person}?%22%3E%3Cscript%3Ealert(1)"
        self.assertEqual(self.anonymous.expect(200, "GET", queried, headers={"Accept": "text/html"}).body, answer.body)

    def test_compression_is_off_where_a_secret_is(self):
        for path in ("/v1/session",):
            for coding in ("gzip", "br", "br;q=1.0, gzip;q=0.8", "*"):
                answer = self.hazel.get(path, headers={"Accept-Encoding": coding})
                self.assertNotIn("Content-Encoding", answer.headers, (path, coding))


if __name__ == "__main__":
    unittest.main(verbosity=2)
