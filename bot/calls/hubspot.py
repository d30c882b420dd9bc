"""HubSpot: batches of up to 100 notices that a call object was made or changed; its fields have to be asked for.

Signed (v3) with the app's client secret over method, public address, body and a timestamp in milliseconds.
"""

from collections.abc import Sequence
from datetime import timedelta

from bot.calls import fields as read
from bot.calls.delivery import Delivery, Pointer, Source, Unreadable
from bot.calls.fields import Fields
from bot.calls.signing import base64_hmac, require_lately, require_same
from bot.domain.calls import Agent, EndedCall
from bot.words import Direction

CALLS = "0-48"
"""HubSpot's object type id of a call."""

MOST_NOTICES = 100

PROPERTIES = (
    "hs_timestamp",
    "hs_call_duration",
    "hs_call_direction",
    "hs_call_status",
    "hs_call_title",
    "hs_call_to_number",
    "hs_call_from_number",
    "hubspot_owner_id",
)
RUNNING = ("QUEUED", "RINGING", "CALLING_CRM_USER", "CONNECTING", "IN_PROGRESS")


class HubSpot(Source):
    name = "hubspot"

    def verify(self, delivery: Delivery, secret: str) -> None:
        stamp = require_lately(delivery, "X-HubSpot-Request-Timestamp", read.MILLISECOND)
        signed = b"POST" + delivery.url.encode() + delivery.body + stamp.encode()
        given = delivery.headers.get("x-hubspot-signature-v3", "")
        require_same(given, base64_hmac(secret, signed, "sha256"), "X-HubSpot-Signature-V3")

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


def ended_call(account: str, call_key: str, properties: Fields, agent: Agent) -> EndedCall | None:
    """A call object in HubSpot's own properties; None while it has not ended. Raises `Unreadable`."""
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
        contact=read.text(properties, "hs_call_title") or number,
        disposition=status.lower(),
    )
