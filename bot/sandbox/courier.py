"""How payloads reach the bot: over a socket if one is open, else signed over HTTP; and the log of how it answered."""

import hashlib
import hmac
import json
import ssl
import time
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import cache
from urllib.parse import urlencode

import httpx

from bot.sandbox.sockets import Sockets
from bot.sandbox.state import Json, Workspace

Headers = dict[str, str]


@cache
def _authorities() -> ssl.SSLContext:
    """Read once for all couriers: it takes as long as the rest of a sandbox."""
    return httpx.create_ssl_context(trust_env=False)


class Kind(StrEnum):
    """What is delivered; the values are Socket Mode's words."""

    EVENT = "events_api"
    INTERACTION = "interactive"
    COMMAND = "slash_commands"


@dataclass(frozen=True, slots=True)
class Delivery:
    """One attempt to hand something to the bot, and what came of it.

    `error` is "" when it was taken, else `operation_timeout`, `dispatch_failed` (an answer other than 2xx),
    `connection_failed` or `nobody_listens`.
    """

    kind: Kind
    name: str
    payload: Json
    via: str
    attempt: int
    error: str
    elapsed_ms: float
    at: datetime
    status: int | None = None
    answer: Json = field(default_factory=dict)
    give_up: bool = False
    """The bot asked not to be sent this again."""
    since: int = 0
    """The workspace's version when it was sent."""


class Courier:
    """Delivers from the thread that asks; a person's verb returns once the bot has acknowledged."""

    def __init__(self, workspace: Workspace, sockets: Sockets) -> None:
        self.request_url = ""
        self.ack_seconds = 3.0
        self.retry_delays: tuple[float, ...] = (0.0, 0.01, 0.02)
        """Seconds before each further attempt of an event. Slack's own are 0, 60 and 300."""
        self.log: list[Delivery] = []
        self._workspace = workspace
        self._sockets = sockets
        self._http = httpx.Client(trust_env=False, verify=_authorities())

    def close(self) -> None:
        self._http.close()

    def deliver(self, kind: Kind, name: str, payload: Json) -> Delivery:
        """Commands and interactions: once, and never again."""
        return self._attempt(kind, name, payload, 0, "")

    def deliver_event(self, name: str, payload: Json) -> Delivery:
        """An event: again with the same event id, until it is taken or the retries are used up."""
        delivery = self._attempt(Kind.EVENT, name, payload, 0, "")
        for number, delay in enumerate(self.retry_delays, start=1):
            if not delivery.error or delivery.give_up or delivery.error == "nobody_listens":
                break
            time.sleep(delay)
            delivery = self._attempt(Kind.EVENT, name, payload, number, _reason(delivery))
        return delivery

    def _attempt(self, kind: Kind, name: str, payload: Json, attempt: int, reason: str) -> Delivery:
        began, at, since = time.monotonic(), self._workspace.clock(), self._workspace.version
        if self._sockets.connected:
            via, outcome = "socket", self._over_socket(kind, payload, attempt, reason)
        elif self.request_url:
            via, outcome = "http", self._over_http(kind, payload, attempt, reason)
        else:
            via, outcome = "", Outcome("nobody_listens")
        delivery = Delivery(
            kind=kind,
            name=name,
            payload=payload,
            via=via,
            attempt=attempt,
            error=outcome.error,
            elapsed_ms=(time.monotonic() - began) * 1000,
            at=at,
            status=outcome.status,
            answer=outcome.answer,
            give_up=outcome.give_up,
            since=since,
        )
        with self._workspace.lock:
            self.log.append(delivery)
            self._workspace.changed()
        return delivery

    def _over_socket(self, kind: Kind, payload: Json, attempt: int, reason: str) -> "Outcome":
        try:
            answer = self._sockets.send(kind, payload, within=self.ack_seconds, retry=attempt, reason=reason)
        except TimeoutError:
            return Outcome("operation_timeout")
        return Outcome("", answer=_as_json(answer))

    def _over_http(self, kind: Kind, payload: Json, attempt: int, reason: str) -> "Outcome":
        body, headers = _packed(kind, payload)
        headers |= self._signature(body)
        if attempt:
            headers |= {"X-Slack-Retry-Num": str(attempt), "X-Slack-Retry-Reason": reason}
        try:
            response = self._http.post(
                self.request_url, content=body, headers=headers, timeout=self.ack_seconds
            )
        except httpx.TimeoutException:
            return Outcome("operation_timeout")
        except httpx.TransportError:
            return Outcome("connection_failed")
        error = "" if response.is_success else "dispatch_failed"
        give_up = response.headers.get("X-Slack-No-Retry") == "1"
        return Outcome(error, response.status_code, _as_json(response.text), give_up=give_up)

    def _signature(self, body: bytes) -> Headers:
        secret = self._workspace.registered.signing_secret
        stamp = str(int(time.time()))
        digest = hmac.new(secret.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
        return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={digest}"}


@dataclass(frozen=True, slots=True)
class Outcome:
    error: str
    status: int | None = None
    answer: Json = field(default_factory=dict)
    give_up: bool = False


def _packed(kind: Kind, payload: Json) -> tuple[bytes, Headers]:
    if kind is Kind.EVENT:
        return json.dumps(payload).encode(), {"Content-Type": "application/json"}
    form = payload if kind is Kind.COMMAND else {"payload": json.dumps(payload)}
    return urlencode(form).encode(), {"Content-Type": "application/x-www-form-urlencoded"}


def _as_json(answer: str | Json) -> Json:
    """An acknowledgement as an object; plain text is what a message with that text would be."""
    if isinstance(answer, dict):
        return answer
    try:
        decoded = json.loads(answer or "{}")
    except json.JSONDecodeError:
        return {"text": answer}
    return decoded if isinstance(decoded, dict) else {"text": answer}


def _reason(failed: Delivery) -> str:
    if failed.via == "socket":
        return "timeout"
    reasons = {"operation_timeout": "http_timeout", "dispatch_failed": "http_error"}
    return reasons.get(failed.error, "connection_failed")
