"""`POST /calls/{source}`: verified on the raw body, stored before it is acknowledged, answered as the source needs."""

from collections.abc import Mapping
from hashlib import sha256
from uuid import uuid4

import structlog
from starlette.responses import PlainTextResponse, Response

from bot.app import Cornerman
from bot.calls import SOURCES, BadSignature, Delivery, Source, Unreadable
from bot.inbox import NotStored

log = structlog.get_logger()


def answer(corner: Cornerman, secrets: Mapping[str, str], name: str, delivery: Delivery) -> Response:
    """503 only when it could not be stored, so that the sender tries again; some never do after 4xx."""
    source, secret = SOURCES.get(name), secrets.get(name)
    if source is None or secret is None:
        return PlainTextResponse("not found", 404)
    try:
        source.verify(delivery, secret)
        reply = source.reply(delivery, secret)
        if reply is not None:
            return Response(reply.body, headers=dict(reply.headers), media_type="application/json")
        return _stored(corner, source, secret, delivery)
    except BadSignature as error:
        log.warning("an unsigned or stale request was refused", path=f"/calls/{name}", reason=str(error))
        return PlainTextResponse(str(error), 401)
    except Unreadable as error:
        return PlainTextResponse(str(error), 400)
    except NotStored as error:
        log.error("a call could not be stored", source=name, error=str(error))
        return PlainTextResponse("not stored, try again", 503)


def _stored(corner: Cornerman, source: Source, secret: str, delivery: Delivery) -> Response:
    """What says nothing of a call is not kept at all: sources send much else to an address."""
    if not source.parse(delivery):
        return PlainTextResponse("nothing to store")
    kept = {"text": source.kept(delivery, secret)}
    key = sha256(delivery.body).hexdigest()
    corner.inbox.take(corner.tools.workspace_id, f"calls/{source.name}", key, kept, uuid4().hex[:12])
    return PlainTextResponse("stored")
