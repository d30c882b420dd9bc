"""How a call source is doing, for whoever runs the program."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from storage.queries import sources as queries


@dataclass(frozen=True, slots=True)
class Heard:
    """`trouble` is a sentence, blank where there is none."""

    last_at: datetime | None
    trouble: str


def heard(session: Session, source: str) -> Heard:
    return Heard(queries.last_delivery(session, source), queries.trouble_fetching(session, source))
