"""Call sources: one adapter each. An adapter verifies a delivery on its raw body and turns it into `EndedCall`s."""

from bot.calls.delivery import BadSignature, Delivery, Source, Unreadable
from bot.calls.generic import Generic

SOURCES: dict[str, Source] = {source.name: source for source in (Generic(),)}

__all__ = ["SOURCES", "BadSignature", "Delivery", "Source", "Unreadable"]
