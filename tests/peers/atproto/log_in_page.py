"""A person at the log-in page of a personal data server: what their browser asks of it, by HTTP calls alone."""

import http.client
import http.cookies
import json
import subprocess
import urllib.parse

API = "/@atproto/oauth-provider/~api"


class LogInPage:
    """The page at an address that `renown connect add --log-in` printed."""

    def __init__(self, address: str):
        self.address = address
        self.host = urllib.parse.urlsplit(address).netloc
        self.origin = f"http://{self.host}"
        self.cookies = {}
        self.ask("GET", address.removeprefix(self.origin), **{"Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document",
                                                              "Sec-Fetch-Site": "none"})

    def ask(self, method: str, target: str, body=None, **headers) -> tuple:
        connection = http.client.HTTPConnection(self.host, timeout=20)
        headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        connection.request(method, target, None if body is None else json.dumps(body), headers)
        answer = connection.getresponse()
        text = answer.read().decode()
        for line in answer.headers.get_all("Set-Cookie") or []:
            for name, one in http.cookies.SimpleCookie(line).items():
                self.cookies[name] = one.value
        connection.close()
        if answer.status >= 400:
            raise RuntimeError(f"{method} {target}: {answer.status} {text[:300]}")
        return answer, text

    def call(self, method: str, body: dict, **headers) -> dict:
        """What the page's own program asks of the server."""
        _, text = self.ask("POST", f"{API}/{method}", body, **{
            "Content-Type": "application/json", "Origin": self.origin, "Referer": self.address, "Sec-Fetch-Mode": "same-origin",
            "Sec-Fetch-Site": "same-origin", "X-CSRF-Token": self.cookies["csrf-token"], **headers})
        return json.loads(text)

    def back(self, url: str) -> str:
        """The address at which the browser ends."""
        answer, _ = self.ask("GET", url.removeprefix(self.origin), **{
            "Referer": self.address, "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document", "Sec-Fetch-Site": "same-origin"})
        return answer.headers["Location"]

    def allow(self, handle: str, password: str) -> str:
        """Signs in, allows what is asked for, and comes back."""
        person = self.call("sign-in", {"locale": "en", "username": handle, "password": password, "remember": False})
        consent = self.call("consent", {"sub": person["account"]["sub"]},
                            Authorization=f"Bearer {person['ephemeralToken']}")
        return self.back(consent["url"])

    def decline(self) -> str:
        return self.back(self.call("reject", {})["url"])


def begin(*command: str) -> tuple:
    """A running `renown connect add ... --log-in`, and the address that it sends the person to; or the one that ended, and
    what it said."""
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    said = ""
    for line in process.stderr:
        said += line
        if line.startswith("http"):
            return process, line.strip()
    process.communicate(timeout=20)
    return process, said


def end(process, callback: str) -> tuple:
    """Pastes the address that the browser ended at. Gives the exit code, and what was said."""
    out, err = process.communicate(callback + "\n", timeout=60)
    return process.returncode, out + err
