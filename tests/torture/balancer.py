"""A load balancer on loopback: in turn to the processes that answer, and sometimes it cuts a connection."""

import http.client
import itertools
import random
import threading
from collections import Counter
from collections.abc import Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

SECONDS = 10
PASSED_ON = ("content-type", "x-slack-no-retry", "retry-after")


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """Whoever asked has hung up: nothing to tell."""


class Balancer:
    """`cut_share` of the requests lose their connection, half of them after the bot has done its work."""

    def __init__(self, ports: Sequence[int]) -> None:
        self.cut_share = 0.0
        self.cuts: Counter[str] = Counter()
        self._ports = ports
        self._turn = itertools.count()
        balancer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                balancer.pass_on(self)

            def log_message(self, format: str, *args: object) -> None:
                pass

        self._server = _Server(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, name="balancer", daemon=True).start()

    def stop(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def pass_on(self, request: BaseHTTPRequestHandler) -> None:
        body = request.rfile.read(int(request.headers.get("Content-Length", 0)))
        cut = random.random() < self.cut_share
        if cut and random.random() < 0.5:
            self.cuts["sockets cut before the bot heard"] += 1
            request.close_connection = True
            return
        answer = self._asked(request, body)
        if cut:
            self.cuts["sockets cut after the bot answered"] += 1
            request.close_connection = True
            return
        status, headers, content = answer
        request.send_response(status)
        for name, value in headers:
            if name.lower() in PASSED_ON:
                request.send_header(name, value)
        request.send_header("Content-Length", str(len(content)))
        request.end_headers()
        request.wfile.write(content)

    def _asked(
        self, request: BaseHTTPRequestHandler, body: bytes
    ) -> tuple[int, list[tuple[str, str]], bytes]:
        """The next process is asked only where the one before cannot have heard."""
        first = next(self._turn)
        for offset in range(len(self._ports)):
            port = self._ports[(first + offset) % len(self._ports)]
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=SECONDS)
            try:
                connection.connect()
            except OSError:
                continue
            try:
                connection.request("POST", request.path, body, dict(request.headers))
                response = connection.getresponse()
                return response.status, response.getheaders(), response.read()
            except (OSError, http.client.HTTPException):
                return 502, [], b"the process died"
            finally:
                connection.close()
        return 503, [], b"nobody answers"
