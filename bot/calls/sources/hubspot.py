"""HubSpot: batches of up to 100 notices that a call object was made or changed; its fields have to be asked for.

- A sales call: one that is over, by its status, and in which somebody was reached, by its outcome.
- Whose: its owner's. With whom: the contact it is associated with, else the number at the other end.
- From when to when: `hs_timestamp` is the start, `hs_call_duration` milliseconds.

What is signed depends on the kind of app: v3 covers method, public address, body and a timestamp in milliseconds; of
CRM events older apps are sent v1 (secret and body), of other things v2 (method and address as well).
"""

from collections.abc import Sequence
from datetime import timedelta
from hashlib import sha256

from bot.calls.domain.call import Agent, EndedCall, completed
from bot.calls.sources import fields as read
from bot.calls.sources.delivery import (
    BadSignature,
    Delivery,
    Pointer,
    Source,
    Unreadable,
    base64_hmac,
    require_lately,
    require_same,
)
from bot.calls.sources.fields import Fields
from bot.core.enums import Direction, Disposition

V3 = "x-hubspot-signature-v3"
CALLS = "0-48"
"""HubSpot's object type id of a call."""

MOST_NOTICES = 100

PROPERTIES = (
    "hs_timestamp",
    "hs_call_duration",
    "hs_call_direction",
    "hs_call_status",
    "hs_call_disposition",
    "hs_call_title",
    "hs_call_to_number",
    "hs_call_from_number",
    "hubspot_owner_id",
)
OUTCOMES = {
    "9d9162e7-6cf3-4944-bf63-4dff82258764": Disposition.BUSY,
    "73a0d17f-1163-4015-bdd5-ec830791da20": Disposition.NO_ANSWER,
    "b2cf5968-551e-4856-9783-52b3da59a7d0": "left_voicemail",
}
"""HubSpot's own outcomes (`hs_call_disposition`) of a call in which nobody was reached; the others were talks."""
RUNNING = ("QUEUED", "RINGING", "CALLING_CRM_USER", "CONNECTING", "IN_PROGRESS")


class HubSpot(Source):
    name = "hubspot"
    subscribe_to = "created, hs_call_status and hs_call_duration of the object Call"
    try_it = "Log a call in HubSpot with yourself as its owner; it is here within a minute."
    signs_its_address = True

    def verify(self, delivery: Delivery, secret: str) -> None:
        if V3 in delivery.headers:
            _verify_v3(delivery, secret)
        else:
            _verify_older(delivery, secret)

    def kind(self, delivery: Delivery) -> str:
        notices = read.json_of(delivery)
        first = notices[0] if isinstance(notices, list) and notices else {}
        about = first if isinstance(first, dict) else {}
        return " of ".join(
            filter(None, (read.text(about, name) for name in ("subscriptionType", "objectTypeId")))
        )

    def parse(self, delivery: Delivery) -> Sequence[Pointer]:
        """Each call once: a new object comes with one notice per property, in no order."""
        notices = read.json_of(delivery)
        if not isinstance(notices, list) or len(notices) > MOST_NOTICES:
            raise Unreadable(f"The body must be a list of at most {MOST_NOTICES} notices.")
        calls = {
            Pointer(read.text(notice, "portalId"), read.text(notice, "objectId", required=True)): None
            for notice in notices
            if isinstance(notice, dict) and notice.get("objectTypeId") == CALLS
        }
        return list(calls)


def _verify_v3(delivery: Delivery, secret: str) -> None:
    stamp = require_lately(delivery, "X-HubSpot-Request-Timestamp", read.MILLISECOND)
    signed = b"POST" + delivery.url.encode() + delivery.body + stamp.encode()
    require_same(delivery.headers[V3], base64_hmac(secret, signed, "sha256"), "X-HubSpot-Signature-V3")


def _verify_older(delivery: Delivery, secret: str) -> None:
    """Without a time in it: whoever sends one again changes nothing, because a delivery is stored once."""
    version = delivery.headers.get("x-hubspot-signature-version", "").strip().lower()
    if version not in ("v1", "v2"):
        raise BadSignature("There is neither X-HubSpot-Signature-V3 nor one of version v1 or v2.")
    about = b"POST" + delivery.url.encode() if version == "v2" else b""
    wanted = sha256(secret.encode() + about + delivery.body).hexdigest()
    require_same(delivery.headers.get("x-hubspot-signature", "").lower(), wanted, "X-HubSpot-Signature")


def ended_call(
    account: str, call_key: str, properties: Fields, agent: Agent, contact: str = ""
) -> EndedCall | None:
    """A call object in HubSpot's own properties; None while it has not ended. Raises `Unreadable`.

    `contact` is who it is associated with; without one the number stands for them, and else the title.
    """
    status = read.text(properties, "hs_call_status").upper()
    started = read.iso(properties, "hs_timestamp")
    if status in RUNNING or started is None:
        return None
    talked = read.seconds(properties, "hs_call_duration", read.MILLISECOND) or 0
    outbound = read.direction(properties, "hs_call_direction") is not Direction.INBOUND
    number = read.text(properties, "hs_call_to_number" if outbound else "hs_call_from_number")
    return EndedCall(
        source=HubSpot.name,
        account=account,
        call_key=call_key,
        agent=agent,
        started_at=started,
        ended_at=started + timedelta(seconds=talked),
        talk_seconds=talked,
        direction=read.direction(properties, "hs_call_direction"),
        contact=contact or number or read.text(properties, "hs_call_title"),
        disposition=_disposition(status, read.text(properties, "hs_call_disposition")),
    )


def _disposition(status: str, outcome: str) -> str:
    """The outcome says more than the status, which is COMPLETED where nobody answered, too."""
    said = OUTCOMES.get(outcome.lower(), outcome)
    return status.lower() if completed(said) else said
