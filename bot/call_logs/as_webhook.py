"""A call of a log, read by the adapter of the source's webhook: the log tells of it in the same words."""

from collections.abc import Sequence
from datetime import UTC, datetime

from bot.calls import SOURCES, Delivery
from bot.domain.calls import EndedCall

_NOBODYS = datetime.min.replace(tzinfo=UTC)
"""When it came in does not matter: what has ended says when."""


def told(source: str, body: bytes) -> Sequence[EndedCall]:
    """Raises Unreadable."""
    said = SOURCES[source].parse(Delivery({}, body, _NOBODYS))
    return [one for one in said if isinstance(one, EndedCall)]
