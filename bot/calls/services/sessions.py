"""Sessions told piece by piece: every notice is kept, and what it changes is worked out anew."""

from collections.abc import Callable, Sequence
from datetime import timedelta

from bot.calls.domain.call import EndedCall
from bot.calls.domain.notices import Change, Notice, changed
from storage.books import Books
from storage.insert_once import insert_once
from storage.queries.calls import notices as queries
from storage.tables import CallNotice

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
