"""Call sources: one adapter each. An adapter verifies a delivery on its raw body and says what it tells of calls."""

from bot.calls.aircall import Aircall
from bot.calls.delivery import BadSignature, Delivery, Pointer, Reply, Source, Told, Unreadable
from bot.calls.dialpad import Dialpad
from bot.calls.generic import Generic
from bot.calls.hubspot import HubSpot
from bot.calls.ringcentral import RingCentral
from bot.calls.twilio import Twilio
from bot.calls.zoom import Zoom

SOURCES: dict[str, Source] = {
    source.name: source
    for source in (Zoom(), Aircall(), Dialpad(), Twilio(), RingCentral(), HubSpot(), Generic())
}

__all__ = ["SOURCES", "BadSignature", "Delivery", "Pointer", "Reply", "Source", "Told", "Unreadable"]
