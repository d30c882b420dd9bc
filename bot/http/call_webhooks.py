"""`POST /calls/{source}`: verified on the raw body, stored before it is acknowledged, answered as the source needs."""

import threading
from collections.abc import Callable, Hashable, Mapping
from contextlib import suppress
from functools import cache
from hashlib import sha256
from uuid import uuid4

import structlog
from starlette.responses import PlainTextResponse, Response

from bot.app import Cornerman
from bot.calls.services import source_health
from bot.calls.sources import SOURCES, BadSignature, Delivery, Source, Unreadable
from bot.core.clock import stopwatch
from bot.core.logs import Repeated
from bot.delivery.inbox import NotStored
from bot.slack.rate_limit import Pace
from bot.slack.tenancy import Tenant
from storage.database import DatabaseError

log = structlog.get_logger()
refused = Repeated()

SecretsOf = Callable[[str], Mapping[str, Mapping[str, str]]]
"""By Slack team id: per call source what is set for it, `secret` at least."""

BEARER_PACE = Pace(burst=300, every=0.1)
"""Deliveries with a token and not a signature, of one workspace: some at once, then ten a second."""
GUESS_PACE = Pace(burst=20, every=10.0)
"""Wrong tokens of one workspace; whoever has the right one is not held up by them."""


def secrets(corner: Cornerman) -> SecretsOf:
    """Read once for each team; raises Misconfigured when a file of a team known now cannot be read."""
    of_team = cache(corner.settings.call_sources)
    for tenant in corner.tenants.served:
        of_team(tenant.team_id)
    return of_team


def answer(
    corner: Cornerman, secrets_of: SecretsOf, name: str, team: str | None, delivery: Delivery
) -> Response:
    """Where many workspaces are served the address ends in the Slack team whose call it is.

    503 only when it could not be stored, so that the sender tries again; some never do after 4xx.
    """
    tenant = _whose(corner, team)
    source, said = SOURCES.get(name), secrets_of(tenant.team_id).get(name) if tenant else None
    if tenant is None or source is None or said is None:
        return PlainTextResponse("not found", 404)
    secret = said["secret"]
    try:
        if _bears_a_token(source, said, delivery):
            _verify_token(tenant, source, said["token"], delivery)
        else:
            source.verify(delivery, secret)
        reply = source.reply(delivery, secret)
        if reply is not None:
            return Response(reply.body, headers=dict(reply.headers), media_type="application/json")
        return _stored(corner, tenant.workspace_id, source, secret, delivery)
    except BadSignature as error:
        refused.warn("an unsigned or stale request was refused", path=f"/calls/{name}", reason=str(error))
        return PlainTextResponse(str(error), 401)
    except TooMany:
        return PlainTextResponse("too many at once, try again in a minute", 429, {"Retry-After": "60"})
    except Unreadable as error:
        return PlainTextResponse(str(error), 400)
    except NotStored as error:
        log.error("a call could not be stored", source=name, error=str(error))
        return PlainTextResponse("not stored, try again", 503)


class Unread:
    """Counts of what was not read, to be written down a few seconds later at most once each."""

    EVERY = 10.0
    """Seconds."""
    MOST_KNOWN = 1_000

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._counts: dict[Hashable, tuple[int, float]] = {}
        """How many are not written yet, and when the last were, by our stopwatch."""

    def due(self, key: Hashable) -> int:
        """One more; returns how many are to be written now, 0 for later."""
        now = stopwatch()
        with self._lock:
            waiting, written = self._counts.get(key, (0, now - self.EVERY))
            is_due = now - written >= self.EVERY
            if len(self._counts) < self.MOST_KNOWN or key in self._counts:
                self._counts[key] = (0, now) if is_due else (waiting + 1, written)
            return waiting + 1 if is_due else 0


UNREAD = Unread()


class TooMany(Exception):
    """More deliveries with a token than are taken at once."""


def _bears_a_token(source: Source, said: Mapping[str, str], delivery: Delivery) -> bool:
    return source.takes_token and bool(said.get("token")) and "authorization" in delivery.headers


def _verify_token(tenant: Tenant, source: Source, token: str, delivery: Delivery) -> None:
    """Raises `TooMany`, `BadSignature`."""
    try:
        source.verify_token(delivery, token)
    except BadSignature:
        if not GUESS_PACE.allows(tenant.team_id):
            raise TooMany from None
        raise
    if not BEARER_PACE.allows(tenant.team_id):
        raise TooMany


def _whose(corner: Cornerman, team: str | None) -> Tenant | None:
    """One workspace needs no name."""
    if team is None and corner.installing is None:
        return corner.tenants.only
    return corner.tenants.of_team(team)


def _stored(
    corner: Cornerman, workspace_id: int, source: Source, secret: str, delivery: Delivery
) -> Response:
    """What says nothing of a call is not kept at all: sources send much else to an address."""
    if not source.parse(delivery):
        _count_unread(corner, workspace_id, source, delivery)
        return PlainTextResponse("nothing to store")
    kept = {"text": source.kept(delivery, secret), "at": delivery.received_at.isoformat()}
    key = sha256(delivery.body).hexdigest()
    corner.inbox.take(workspace_id, f"calls/{source.name}", key, kept, uuid4().hex[:12])
    return PlainTextResponse("stored")


def _count_unread(corner: Cornerman, workspace_id: int, source: Source, delivery: Delivery) -> None:
    """Together with those of the last seconds: what says nothing must not cost a write each."""
    kind = ""
    with suppress(Unreadable):
        kind = source.kind(delivery)
    deliveries = UNREAD.due((workspace_id, source.name, kind))
    if not deliveries:
        return
    try:
        with corner.db.writing(workspace_id, corner.clock()) as books:
            source_health.note(books, source.name, kind, deliveries)
    except DatabaseError as error:
        log.warning("deliveries could not be counted", source=source.name, error=type(error).__name__)
