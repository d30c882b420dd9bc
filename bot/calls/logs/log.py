"""What every reader of a call log is given, and gives; a long time in short pieces, and calls told as webhooks
tell them.
"""

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import ClassVar

from bot.calls.domain.call import EndedCall
from bot.calls.domain.notices import Notice
from bot.calls.logs.asking import Api, Credentials, Fields, Wait
from bot.calls.sources import SOURCES, Delivery, Unreadable


@dataclass(frozen=True, slots=True)
class Page:
    """Calls of one answer. `unreadable` counts those that are not what the source is known to say."""

    calls: Sequence[EndedCall]
    unreadable: int = 0


class CallLog(ABC):
    """One source's log. What it tells has the same keys as what the source's webhook tells."""

    source: ClassVar[str]
    needs: ClassVar[tuple[str, ...]]
    """Credentials in the source's table of CORNERMAN_WEBHOOK_SECRETS."""
    try_it: ClassVar[str] = ""
    """Of a source that sends nothing: how to see that it is heard all the same."""
    _api: Api

    @abstractmethod
    def __init__(self, said: Credentials, wait: Wait) -> None:
        """Raises CannotRead where a credential is missing or refused."""

    @abstractmethod
    def pages(self, since: datetime, until: datetime) -> Iterator[Page]:
        """Calls that began in [since, until); raises CannotRead."""

    def close(self) -> None:
        self._api.close()


def page(items: Iterable[Fields], read: Callable[[Fields], Sequence[EndedCall]]) -> Page:
    """Each item read by itself: one that cannot be read does not take the others along."""
    calls: list[EndedCall] = []
    unreadable = 0
    for item in items:
        try:
            calls += read(item)
        except Unreadable:
            unreadable += 1
    return Page(calls, unreadable)


DAY = timedelta(days=1)


def spans(since: datetime, until: datetime, length: timedelta) -> Iterator[tuple[datetime, datetime]]:
    """Half-open, one after the other, the last one cut short."""
    while since < until:
        yield since, min(since + length, until)
        since += length


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
