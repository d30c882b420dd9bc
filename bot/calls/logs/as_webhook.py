"""A call of a log, read by the adapter of the source's webhook: the log tells of it in the same words."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, datetime

from bot.calls.domain.call import EndedCall
from bot.calls.domain.notices import Notice
from bot.calls.sources import SOURCES, Delivery

_NOBODYS = datetime.min.replace(tzinfo=UTC)
"""When it came in does not matter: what has ended says when."""


def told(source: str, *bodies: bytes) -> Sequence[EndedCall]:
    """The calls of these bodies taken together, as if each had come by the webhook; raises Unreadable."""
    adapter = SOURCES[source]
    said = [one for body in bodies for one in adapter.parse(Delivery({}, body, _NOBODYS))]
    sessions: dict[str, list[Notice]] = defaultdict(list)
    for one in said:
        if isinstance(one, Notice):
            sessions[one.session_key].append(one)
    whole = [one for one in said if isinstance(one, EndedCall)]
    return [*whole, *(call for notices in sessions.values() for call in adapter.ended(notices))]
