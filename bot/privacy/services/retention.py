"""How long each kind of record is kept, and what is taken out of it after that."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import col

from bot.privacy.domain import months_before
from storage.books import Books
from storage.queries.privacy import erasure as queries
from storage.queries.privacy import message_words
from storage.tables import (
    Call,
    CallNotice,
    DealPinned,
    Debrief,
    DebriefDraft,
    DebriefVersion,
    Dispute,
    Feedback,
    Handoff,
    InboxEvent,
    InboxState,
    OutboxState,
    PayMonth,
    Story,
    StrayCall,
    Worksheet,
    Workspace,
)

BATCH = 500
Sweep = Callable[[Books, Workspace], bool]
"""Takes one batch; False when nothing is left."""


@dataclass(frozen=True, slots=True)
class _Words:
    """Columns of a table that hold words, which go once the row's moment is so long ago."""

    table: Any
    when: Any
    blank: Mapping[str, str]


_ANSWERS = dict.fromkeys(
    ("reason", "competitor", "pinned_by", "went_well", "improve", "measure", "next_step"), ""
)
_RAW: Sequence[tuple[Any, Any]] = (
    (StrayCall, StrayCall.heard_at),
    (CallNotice, CallNotice.told_at),
    (DebriefDraft, DebriefDraft.kept_at),
)
"""Rows that wait to become something, and have waited too long."""
_WORDS: Sequence[_Words] = (
    _Words(Debrief, Debrief.call_started_at, _ANSWERS),
    _Words(DebriefVersion, DebriefVersion.written_at, _ANSWERS | {"tags": ""}),
    _Words(Feedback, Feedback.given_at, {"what_worked": "", "commitment": ""}),
    _Words(Worksheet, Worksheet.written_at, {"worked": "", "did_not": "", "will_try": ""}),
    _Words(PayMonth, PayMonth.decided_at, {"reason": ""}),
    _Words(Dispute, Dispute.said_at, {"text": "", "answer": ""}),
    _Words(Call, Call.started_at, {"contact": ""}),
    _Words(DealPinned, DealPinned.said_at, {"words": ""}),
    _Words(Handoff, Handoff.passed_at, {"contact": "", "notes": "", "answer_back": ""}),
)
"""An AE's reasons stay: whether one repeats an earlier one decides a number."""


def _raw(books: Books, workspace: Workspace) -> bool:
    """A delivery is sent again within days, if at all: after that nothing is lost by not knowing it."""
    before = books.now - timedelta(days=workspace.keep_raw_days)
    settled = col(InboxEvent.state) != InboxState.WAITING
    return _drop_some(books, InboxEvent, InboxEvent.received_at, before, settled) or any(
        _drop_some(books, row, when, before) for row, when in _RAW
    )


def _messages(books: Books, workspace: Workspace) -> bool:
    before = books.now - timedelta(days=workspace.keep_messages_days)
    settled = (OutboxState.SENT, OutboxState.UNKNOWN, OutboxState.DEAD)
    ids = message_words.wordy_messages(books, BATCH, settled_before=before, states=settled)
    message_words.silence(books, ids)
    return bool(ids)


def _words(books: Books, workspace: Workspace) -> bool:
    before = datetime.combine(months_before(books.now.date(), workspace.keep_words_months), time(), UTC)
    return any(_blank_some(books, words, before) for words in _WORDS)


def _stories(books: Books, workspace: Workspace) -> bool:
    """Those that were never shared; a shared one is the team's until its author goes."""
    before = datetime.combine(months_before(books.now.date(), workspace.keep_words_months), time(), UTC)
    return _drop_some(books, Story, Story.told_at, before, col(Story.shared).is_(False))


KINDS: Sequence[Sweep] = (_raw, _messages, _words, _stories)


def sweep_some(books: Books, kind: Sweep) -> bool:
    """One batch; False when nothing is left."""
    return kind(books, books.session.get_one(Workspace, books.workspace_id))


def _drop_some(books: Books, row: Any, when: Any, before: datetime, *conditions: Any) -> bool:
    table: sa.Table = row.__table__
    found = books.session.scalars(
        sa.select(table.c.id)
        .where(table.c.workspace_id == books.workspace_id, col(when) < before, *conditions)
        .limit(BATCH)
    ).all()
    queries.delete(books, table, found)
    return bool(found)


def _blank_some(books: Books, words: _Words, before: datetime) -> bool:
    table: sa.Table = words.table.__table__
    still_there = sa.or_(*(table.c[name] != "" for name in words.blank))
    found = books.session.scalars(
        sa.select(table.c.id)
        .where(table.c.workspace_id == books.workspace_id, col(words.when) < before, still_there)
        .limit(BATCH)
    ).all()
    queries.update(books, table, found, words.blank)
    return bool(found)
