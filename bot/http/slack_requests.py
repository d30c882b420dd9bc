"""`POST /slack/events`: Slack's signature is asked of the raw bytes, before Bolt or anybody else reads them."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import datetime

from slack_bolt import BoltRequest
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from bot.app import Cornerman
from bot.core import telemetry
from bot.core.clock import stopwatch, system_clock
from bot.core.logs import Repeated
from bot.slack.client import is_slacks

WINDOW_SECONDS = 300
"""How far the stamp of a request may be from now; an older one may be somebody's copy."""
LONGEST_STAMP = 12
"""Digits of a time in seconds; a number of hundreds of digits is an attack on whoever computes with it."""
STAMP, SIGNATURE = "x-slack-request-timestamp", "x-slack-signature"

refused = Repeated()


def is_open(corner: Cornerman) -> bool:
    """Without a signing secret (Socket Mode) nobody can prove to be Slack here, so nobody may speak."""
    return corner.settings.slack_signing_secret is not None


async def answer(corner: Cornerman, request: Request, body: bytes) -> Response:
    """401 and nothing else for what Slack did not sign; Bolt's answer for the rest, worked in the thread pool."""
    secret = corner.settings.slack_signing_secret
    signed = secret is not None and is_signed(
        secret.get_secret_value(), request.headers, body, now=system_clock()
    )
    if not signed:
        refused.warn("an unsigned or stale request was refused", path="/slack/events")
        return PlainTextResponse("unsigned", 401)
    asked = _read(request, body)
    if asked is None or not _is_slacks_own(corner, asked):
        refused.warn("a request that Slack would not make was refused", path="/slack/events")
        return PlainTextResponse("unreadable", 400)
    began = stopwatch()
    answered = await run_in_threadpool(corner.slack.dispatch, asked)
    telemetry.ACK_SECONDS.labels("http").observe(stopwatch() - began)
    headers = {name: values[0] for name, values in answered.headers.items()}
    return Response(answered.body, answered.status, headers)


def _read(request: Request, body: bytes) -> BoltRequest | None:
    """None for JSON of another shape, which Bolt cannot find its way in."""
    try:
        return BoltRequest(
            body=body.decode("utf-8", "replace"), query=request.url.query, headers=dict(request.headers)
        )
    except (AttributeError, LookupError, TypeError, ValueError, RecursionError):
        return None


def _is_slacks_own(corner: Cornerman, asked: BoltRequest) -> bool:
    """Bolt itself answers to the address where it does not know the workspace; an event is stored as text."""
    url, told = asked.context.response_url, asked.body
    try:
        json.dumps(told, ensure_ascii=False).encode()  # half a character can be stored nowhere
        answers_to_slack = url is None or is_slacks(corner.slack.client, url)
    except (AttributeError, TypeError, ValueError):
        return False
    is_event = told.get("type") == "event_callback"
    return answers_to_slack and (
        not is_event or (isinstance(told.get("event"), dict) and isinstance(told.get("event_id"), str))
    )


def is_signed(secret: str, headers: Mapping[str, str], body: bytes, *, now: datetime) -> bool:
    """Never raises, whatever is in the headers (their names in small letters) and the body."""
    stamp = headers.get(STAMP, "")
    if not (stamp.isascii() and stamp.isdecimal() and len(stamp) <= LONGEST_STAMP):
        return False
    if abs(now.timestamp() - int(stamp)) > WINDOW_SECONDS:
        return False
    given = headers.get(SIGNATURE, "").encode("utf-8", "surrogateescape")
    return hmac.compare_digest(given, signature(secret, stamp, body).encode())


def signature(secret: str, stamp: str, body: bytes) -> str:
    """`v0=` and the hex HMAC-SHA256 of `v0:{stamp}:{body}`."""
    signed = b"v0:" + stamp.encode() + b":" + body
    return "v0=" + hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()
