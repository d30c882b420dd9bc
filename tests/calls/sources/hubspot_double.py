"""HubSpot's API on loopback, as far as calls need it: batch reads, owners, a limit, an expired token."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

TOKEN = "pat-for-tests"
ASSOCIATED, CONTACTS = (
    "/crm/v4/associations/calls/contacts/batch/read",
    "/crm/v3/objects/contacts/batch/read",
)
READ, OWNER = "/crm/v3/objects/calls/batch/read", "/crm/v3/owners/"


class HubSpotDouble(ThreadingHTTPServer):
    """`objects` are the calls it has; `answers_next` are status codes it gives before it behaves again."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.objects: dict[str, dict[str, str]] = {}
        self.owners = {"5": {"id": "5", "email": "ana@example.com", "firstName": "Ana", "lastName": ""}}
        self.contacts: dict[str, dict[str, str]] = {}
        self.associated: dict[str, str] = {}
        """By call, its contact."""
        self.answers_next: list[int] = []
        self.asked: list[list[str]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Handler(BaseHTTPRequestHandler):
    server: HubSpotDouble

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        keys = [one["id"] for one in asked["inputs"]]
        if self.path == ASSOCIATED:
            return self._answer(200, self._associations(keys))
        if self.path == CONTACTS:
            return self._answer(200, self._contacts(keys))
        if self.path != READ:
            return self._answer(404, {})
        self.server.asked.append(keys)
        found = [
            {"id": key, "properties": self.server.objects[key], "archived": False, **TIMES}
            for key in keys
            if key in self.server.objects
        ]
        in_part = len(found) < len(keys)  # then it lists what it does not have as errors
        return self._answer(207 if in_part else 200, {"status": "COMPLETE", "results": found, **SPAN})

    def _associations(self, keys: list[str]) -> dict[str, Any]:
        kinds = [{"category": "HUBSPOT_DEFINED", "typeId": 194, "label": None}]
        found = [
            {
                "from": {"id": key},
                "to": [{"toObjectId": int(self.server.associated[key]), "associationTypes": kinds}],
            }
            for key in keys
            if key in self.server.associated
        ]
        return {"status": "COMPLETE", "results": found, **SPAN}

    def _contacts(self, keys: list[str]) -> dict[str, Any]:
        found = [
            {"id": key, "properties": self.server.contacts[key], "archived": False, **TIMES}
            for key in keys
            if key in self.server.contacts
        ]
        return {"status": "COMPLETE", "results": found, **SPAN}

    def do_GET(self) -> None:
        owner = self.server.owners.get(self.path.partition("?")[0].removeprefix(OWNER))
        self._answer(
            200, {**owner, "userId": 1, "archived": False, "type": "PERSON", **TIMES}
        ) if owner else (self._answer(404, {}))

    def _answer(self, status: int, body: dict[str, Any]) -> None:
        if self.headers["Authorization"] != f"Bearer {TOKEN}":
            status = 401
        elif self.server.answers_next:
            status = self.server.answers_next.pop(0)
        written = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(written)))
        self.end_headers()
        self.wfile.write(written)

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet."""


TIMES = {"createdAt": "2026-11-16T08:40:00Z", "updatedAt": "2026-11-16T08:59:00Z"}
SPAN = {"startedAt": "2026-11-16T09:00:00Z", "completedAt": "2026-11-16T09:00:00Z"}


@contextmanager
def hubspot_double() -> Iterator[HubSpotDouble]:
    server = HubSpotDouble()
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
