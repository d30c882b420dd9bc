"""Calls that are known in part: sessions told piece by piece, and calls that a source named without their fields."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.calls.domain.call import EndedCall
from bot.calls.domain.notices import Change, Notice, changed
from storage.books import Books, insert_once
from storage.queries.calls import notices as queries
from storage.tables import CallNotice, CallToFetch

KEPT_FOR = timedelta(days=2)
"""No session lasts longer, and no source repeats itself for longer."""

Assemble = Callable[[Sequence[Notice]], Sequence[EndedCall]]
"""The calls that have ended, as far as the notices of one session tell."""


def add(books: Books, told: Notice, assemble: Assemble) -> Change:
    """Keep the notice; returns what it changes. One that is here already changes nothing."""
    rows = queries.of_session(books, told.source, told.session_key)
    known = [_notice(row) for row in rows]
    is_new = insert_once(
        books.session,
        CallNotice(
            workspace_id=books.workspace_id,
            source=told.source,
            account=told.account,
            session_key=told.session_key,
            notice_key=told.key,
            said=told.said,
            told_at=books.now,
        ),
    )
    return changed(assemble(known), assemble([*known, told])) if is_new else Change(())


def forget_old(books: Books) -> None:
    queries.forget_before(books, books.now - KEPT_FOR)


def _notice(row: CallNotice) -> Notice:
    return Notice(row.source, row.account, row.session_key, row.notice_key, row.said)


FIRST_DELAY = timedelta(seconds=10)
LONGEST_DELAY = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Wanted:
    account: str
    call_key: str


def want(books: Books, source: str, wanted: Wanted) -> None:
    """Ask for it next time; one that changed while it waited is asked for once."""
    row = queries.to_fetch(books, source, wanted.account, wanted.call_key)
    if row is None:
        row = CallToFetch(
            workspace_id=books.workspace_id,
            source=source,
            account=wanted.account,
            call_key=wanted.call_key,
            next_at=books.now,
        )
        books.session.add(row)
    row.next_at = books.now
    books.session.flush()


def fetches_due(books: Books, source: str, *, limit: int) -> list[Wanted]:
    rows = queries.due_to_fetch(books, source, limit=limit)
    return [Wanted(row.account, row.call_key) for row in rows]


def fetched(books: Books, source: str, done: Iterable[Wanted], *, asked_at: datetime) -> None:
    """One that changed since it was asked for stays wanted."""
    for one in done:
        row = queries.to_fetch(books, source, one.account, one.call_key)
        if row is not None and row.next_at <= asked_at:
            books.session.delete(row)


def put_off(books: Books, source: str, failed: Iterable[Wanted], error: str) -> None:
    """Longer each time, up to an hour, and never given up: `cornerman doctor` shows the reason."""
    for one in failed:
        row = queries.to_fetch(books, source, one.account, one.call_key)
        if row is not None:
            row.attempts += 1
            row.next_at = books.now + min(FIRST_DELAY * 2 ** min(row.attempts, 20), LONGEST_DELAY)
            row.error = error
