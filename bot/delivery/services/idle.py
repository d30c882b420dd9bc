"""Whether anything is under way on the two roads."""

from datetime import datetime

from sqlmodel import Session

from storage.queries.delivery import inbox, outbox, outbox_due


def is_quiet(session: Session, *, now: datetime) -> bool:
    """Nothing that came in waits to be worked, nothing waits to be said, and nothing is being said."""
    if inbox.is_due(session, now=now) or outbox_due.is_due(session, now=now):
        return False
    return not outbox.is_sending(session)
