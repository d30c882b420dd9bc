"""How a call source is doing, for whoever runs the program."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from bot.calls.services import unread
from storage.queries.calls import sources as queries


@dataclass(frozen=True, slots=True)
class Heard:
    """`trouble` is a sentence, blank where there is none."""

    last_at: datetime | None
    trouble: str
    unread: Sequence[tuple[str, int]] = ()
    """Kinds of the last week that say nothing of a call, with how many deliveries of each."""


def heard(session: Session, source: str, *, now: datetime) -> Heard:
    return Heard(
        queries.last_delivery(session, source),
        queries.trouble_fetching(session, source),
        unread.lately(session, source, now=now),
    )
