"""A small server that speaks as much of Mastodon's interface as `renown sync` asks, and misbehaves when it is told to."""

import base64
import hashlib
import http.server
import json
import struct
import threading
import time
import urllib.parse

LIKERS = 3  # of each status


class SocialServer:
    """One account, `ada`, with `statuses` posts, each liked by three others. Use as a context."""

    def __init__(self, statuses, delay_seconds=0.0):
        self.statuses, self.delay_seconds = statuses, delay_seconds
        self.begin = int(time.time()) - 3600  # when the first was posted; one a second
        self.fault = None  # a function (handler) -> bool: whether it answered in place of the server
        self.asked = []
        self.posted = []
        self.notified = []  # notifications, the oldest first
        self.streams = []  # sockets of those who listen
        self.takes_streams = True
        server = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            wbufsize = -1  # an answer is one packet: two of them wait for each other

            def do_GET(self):
                server.asked.append((self.path, dict(self.headers)))
                time.sleep(server.delay_seconds)
                if self.path.startswith("/api/v1/streaming"):
                    return self.stream()
                if server.fault and server.fault(self):
                    return
                answer = server.answer(self.path)
                self.reply(404 if answer is None else 200, {"error": "Record not found"} if answer is None else answer)

            def stream(self):
                """A WebSocket of one's notifications (docs.joinmastodon.org, methods/streaming)."""
                if self.headers.get("Authorization") != "Bearer sesame-open" or not server.takes_streams:
                    return self.reply(401 if server.takes_streams else 503, {"error": "no stream"})
                key = self.headers["Sec-WebSocket-Key"] + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
                self.send_response(101)
                self.send_header("Upgrade", "websocket")
                self.send_header("Connection", "Upgrade")
                self.send_header("Sec-WebSocket-Accept", base64.b64encode(hashlib.sha1(key.encode()).digest()).decode())
                self.end_headers()
                self.wfile.flush()
                server.streams.append(self.connection)
                self.close_connection = True
                try:
                    while self.connection.recv(4096):
                        pass
                except OSError:
                    pass

            def do_POST(self):
                form = dict(urllib.parse.parse_qsl(self.rfile.read(int(self.headers["Content-Length"])).decode()))
                server.posted.append((self.path, form))
                if self.path == "/api/v1/apps":
                    self.reply(200, {"client_id": "renown-client", "client_secret": "renown-secret"})
                elif self.path == "/oauth/token" and form.get("code") == "the-code":
                    self.reply(200, {"access_token": "sesame-open", "token_type": "Bearer", "scope": form.get("scope", "")})
                else:
                    self.reply(400, {"error": "invalid_grant"})

            def reply(self, status, document, **headers):
                body = json.dumps(document).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                for name, value in headers.items():
                    self.send_header(name.replace("_", "-"), value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *arguments):
                pass

        class Server(http.server.ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, *_):
                pass  # a client that was killed

        self.http = Server(("127.0.0.1", 0), Handler)

    def __enter__(self):
        threading.Thread(target=self.http.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.http.shutdown()
        self.http.server_close()

    @property
    def host(self):
        return f"127.0.0.1:{self.http.server_address[1]}"

    @property
    def url(self):
        return f"http://{self.host}"

    def notify(self, kind, name, status):
        """Somebody does something, and whoever listens hears of it."""
        number = len(self.notified) + 1
        self.notified.append({
            "id": str(number), "type": kind, "created_at": time.strftime("%Y-%m-%dT%H:%M:%S.000Z", time.gmtime()),
            "account": self.account(name), "status": self.status(status),
        })
        event = {"stream": ["user:notification"], "event": "notification", "payload": json.dumps(self.notified[-1])}
        body = json.dumps(event).encode()
        for stream in self.streams:
            try:
                stream.sendall(struct.pack("!BBH", 0x81, 126, len(body)) + body)
            except OSError:
                pass  # it went

    def break_streams(self):
        for stream in self.streams:
            try:
                stream.shutdown(2)
            except OSError:
                pass
        self.streams = []

    @staticmethod
    def account(name):
        return {
            "id": f"{sum(map(ord, name))}", "username": name, "acct": name, "display_name": name, "note": "<p>#nobot</p>",
            "url": f"https://town.example/@{name}", "uri": f"https://town.example/users/{name}", "avatar": "x", "fields": [],
            "discoverable": True, "indexable": True,
        }

    def status(self, number):
        when = time.strftime("%Y-%m-%dT%H:%M:%S.000Z", time.gmtime(self.begin + number))
        return {
            "id": str(100_000 + number), "uri": f"https://town.example/users/ada/statuses/{number}",
            "url": f"https://town.example/@ada/{number}", "visibility": "public", "content": f"<p>post {number}</p>",
            "created_at": when,
            "favourites_count": LIKERS, "reblogs_count": 0, "replies_count": 0, "quotes_count": 0, "account": self.account("ada"),
        }

    def answer(self, path):
        url = urllib.parse.urlsplit(path)
        query = dict(urllib.parse.parse_qsl(url.query))
        parts = url.path.removeprefix("/api/v1/").split("/")
        if url.path == "/api/v2/instance":
            return {"configuration": {"urls": {"streaming": f"ws://{self.host}"}}}
        if parts == ["notifications"]:
            since = int(query["min_id"])
            return self.notified[since:since + int(query["limit"])][::-1]
        if parts == ["accounts", "lookup"]:
            return self.account("ada") if query.get("acct") == "ada" else None
        if parts[:1] == ["accounts"] and parts[2:] == ["statuses"]:
            below = int(query.get("max_id", 10**9)) - 100_000
            newest = min(below, self.statuses) - 1
            return [self.status(number) for number in range(newest, max(-1, newest - int(query["limit"])), -1)]
        if parts[:1] == ["statuses"] and parts[2:] == ["favourited_by"]:
            number = int(parts[1])
            return [self.account(f"fan{(number + i) % 50}") for i in range(LIKERS)]
        return None
