"""`POST /calls/{source}`: verified on the raw body, stored before it is acknowledged, answered as the source needs."""

from collections.abc import Callable, Mapping
from functools import cache
from hashlib import sha256
from uuid import uuid4

import structlog
from starlette.responses import PlainTextResponse, Response

from bot.app import Cornerman
from bot.calls import SOURCES, BadSignature, Delivery, Source, Unreadable
from bot.inbox import NotStored
from bot.tenancy import Tenant

log = structlog.get_logger()

SecretsOf = Callable[[str], Mapping[str, str]]
"""By Slack team id: per call source its secret."""


def secrets(corner: Cornerman) -> SecretsOf:
    """Read once for each team; raises Misconfigured when a file of a team known now cannot be read."""
    of_team = cache(corner.settings.call_secrets)
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
    source, secret = SOURCES.get(name), secrets_of(tenant.team_id).get(name) if tenant else None
    if tenant is None or source is None or secret is None:
        return PlainTextResponse("not found", 404)
    try:
        source.verify(delivery, secret)
        reply = source.reply(delivery, secret)
        if reply is not None:
            return Response(reply.body, headers=dict(reply.headers), media_type="application/json")
        return _stored(corner, tenant.workspace_id, source, secret, delivery)
    except BadSignature as error:
        log.warning("an unsigned or stale request was refused", path=f"/calls/{name}", reason=str(error))
        return PlainTextResponse(str(error), 401)
    except Unreadable as error:
        return PlainTextResponse(str(error), 400)
    except NotStored as error:
        log.error("a call could not be stored", source=name, error=str(error))
        return PlainTextResponse("not stored, try again", 503)


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
        return PlainTextResponse("nothing to store")
    kept = {"text": source.kept(delivery, secret)}
    key = sha256(delivery.body).hexdigest()
    corner.inbox.take(workspace_id, f"calls/{source.name}", key, kept, uuid4().hex[:12])
    return PlainTextResponse("stored")
