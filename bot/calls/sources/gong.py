"""Gong: a rule's webhook about a call that was recorded and worked through, minutes to hours after it ended.

- A sales call: Gong's own `scope`, unless that is Internal; where it does not know, somebody outside was there.
- Whose: the primary user's, by the email of that party, else by the user's id.
- With whom: the parties that are not ours, by name, else email. From when to when: `started` and `duration` in seconds.

Gong proves itself by a key in the address, or by a JWT (RS256) that names the address and the body's hash.
"""

from collections.abc import Sequence
from datetime import timedelta
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
from jwt.types import Options

from bot.calls.domain.call import Agent, EndedCall
from bot.calls.sources import fields as read
from bot.calls.sources.delivery import BadSignature, Delivery, Source, is_same
from bot.calls.sources.fields import Fields

OUR_CLOCK: Options = {"verify_exp": False, "verify_iat": False, "verify_nbf": False, "verify_aud": False}
"""PyJWT would ask the machine what time it is; whether `exp` fits is decided here."""
PEM = "-----BEGIN PUBLIC KEY-----"
INTERNAL, EXTERNAL = "internal", "external"
MOST_NAMES = 3


class Gong(Source):
    name = "gong"
    subscribe_to = "a rule for external calls"
    try_it = "In the rule press Test now; then wait for a call with somebody outside to be worked through."

    def verify(self, delivery: Delivery, secret: str) -> None:
        if _is_public_key(secret):
            _verify_jwt(delivery, secret)
        elif not is_same(_key(delivery.url), secret):
            raise BadSignature("The address does not end in ?key= and the secret of this source.")

    def kind(self, delivery: Delivery) -> str:
        said = read.object_of(delivery)
        scope = read.text(read.child(read.child(said, "callData"), "metaData"), "scope")
        return "a test" if said.get("isTest") is True else f"{scope or 'Unknown'} call"

    def parse(self, delivery: Delivery) -> Sequence[EndedCall]:
        said = read.object_of(delivery)
        about = read.child(said, "callData")
        meta, parties = read.child(about, "metaData"), read.children(about, "parties")
        started, seconds = read.iso(meta, "started"), read.seconds(meta, "duration", read.SECOND)
        outside = [party for party in parties if not _is_ours(party)]
        if said.get("isTest") is True or started is None or seconds is None or _is_internal(meta, outside):
            return []
        agent = _agent(read.text(meta, "primaryUserId"), parties)
        if agent is None:
            return []
        return [
            EndedCall(
                source=self.name,
                account=read.text(meta, "workspaceId"),
                call_key=read.text(meta, "id", required=True),
                agent=agent,
                started_at=started,
                ended_at=started + timedelta(seconds=seconds),
                talk_seconds=seconds,
                direction=read.direction(meta, "direction"),
                contact=_names(outside) or read.text(meta, "title"),
            )
        ]


def _is_public_key(secret: str) -> bool:
    """As Gong shows it, with or without the lines around it."""
    return secret.strip().startswith((PEM, "MII"))


def _key(url: str) -> str:
    try:
        return parse_qs(urlsplit(url).query).get("key", [""])[0]
    except ValueError:
        return ""


def _verify_jwt(delivery: Delivery, public_key: str) -> None:
    token = delivery.headers.get("authorization", "").strip()
    token = token[7:].strip() if token.lower().startswith("bearer ") else token
    plain = public_key.strip()
    pem = plain if plain.startswith(PEM) else f"{PEM}\n{plain}\n-----END PUBLIC KEY-----"
    try:
        said: dict[str, Any] = jwt.decode(token, pem, algorithms=["RS256"], options=OUR_CLOCK)
    except (jwt.PyJWTError, ValueError, TypeError, RecursionError) as error:
        raise BadSignature("Authorization is no JWT signed with RS256 and Gong's key.") from error
    if not is_same(str(said.get("body_sha256", "")).lower(), sha256(delivery.body).hexdigest()):
        raise BadSignature("body_sha256 of the JWT does not fit the body.")
    if _place(str(said.get("webhook_url", ""))) != _place(delivery.url):
        raise BadSignature(
            "webhook_url of the JWT is another address; is CORNERMAN_PUBLIC_URL the one Gong calls?"
        )
    expires = said.get("exp")
    if not isinstance(expires, int | float) or expires < delivery.received_at.timestamp():
        raise BadSignature("The JWT has expired, or does not say when it does.")


def _place(url: str) -> tuple[str, str, str] | None:
    try:
        parts = urlsplit(url)
        return (parts.scheme, parts.netloc.lower(), parts.path.rstrip("/"))
    except ValueError:
        return None


def _is_internal(meta: Fields, outside: Sequence[Fields]) -> bool:
    scope = read.text(meta, "scope").lower()
    return scope == INTERNAL or (scope != EXTERNAL and not outside)


def _is_ours(party: Fields) -> bool:
    """Whoever has an account with Gong is, whatever else is said of them."""
    return bool(read.text(party, "userId")) or read.text(party, "affiliation").lower() == INTERNAL


def _agent(user_id: str, parties: Sequence[Fields]) -> Agent | None:
    ours = [party for party in parties if _is_ours(party)]
    mine = next((party for party in ours if user_id and read.text(party, "userId") == user_id), {})
    if not mine and not user_id and len(ours) == 1:
        mine = ours[0]
    email, key = read.text(mine, "emailAddress"), user_id or read.text(mine, "userId")
    return Agent(email or None, key or None, read.text(mine, "name")) if email or key else None


def _names(outside: Sequence[Fields]) -> str:
    names = [read.first_text(party, "name", "emailAddress", "phoneNumber") for party in outside]
    return ", ".join(list(dict.fromkeys(name for name in names if name))[:MOST_NAMES])
