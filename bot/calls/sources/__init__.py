"""Call sources: one adapter each. An adapter verifies a delivery on its raw body and says what it tells of calls."""

from bot.calls.sources.aircall import Aircall
from bot.calls.sources.delivery import (
    BadSignature,
    Delivery,
    Pointer,
    Reply,
    Source,
    Told,
    TranscriptReady,
    Unreadable,
)
from bot.calls.sources.dialpad import Dialpad
from bot.calls.sources.generic import Generic
from bot.calls.sources.gong import Gong
from bot.calls.sources.hubspot import HubSpot
from bot.calls.sources.meet import Meet
from bot.calls.sources.ringcentral import RingCentral
from bot.calls.sources.teams import Teams
from bot.calls.sources.twilio import Twilio
from bot.calls.sources.vonage import Vonage
from bot.calls.sources.zoom import Zoom

SOURCES: dict[str, Source] = {
    source.name: source
    for source in (
        Zoom(),
        Aircall(),
        Dialpad(),
        Twilio(),
        RingCentral(),
        HubSpot(),
        Gong(),
        Teams(),
        Meet(),
        Vonage(),
        Generic(),
    )
}

__all__ = [
    "SOURCES",
    "BadSignature",
    "Delivery",
    "Pointer",
    "Reply",
    "Source",
    "Told",
    "TranscriptReady",
    "Unreadable",
]
