"""The calls and debriefs behind the figures, read row by row: what a workbook lists.

Rows come in the order of the reps' ids and then of time, a few thousand at a time, whatever their number.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple, TypeVar

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import Session, col

from bot.words import Outcome
from storage.queries.spans import Expression, Span, Spans
from storage.queries.tallies import version_at
from storage.tables import Call, Debrief, DebriefTag, DebriefVersion, Person, Prompt

_AT_A_TIME = 2_000
_Row = TypeVar("_Row", bound=tuple[Any, ...])


class DebriefRow(NamedTuple):
    """A debrief as it read at the moment asked for; `tags` are separated by commas."""

    rep: int
    call_started_at: datetime
    company: str
    contact: str
    talk_seconds: int
    outcome: Outcome
    timeline_agreed: bool | None
    authority_reached: bool | None
    reason: str
    went_well: str
    tags: str | None
    improve: str
    measure: str
    next_step: str
    next_step_on: date | None


class CallRow(NamedTuple):
    """A completed or prompted call; `prompted` does not hold for one that shares an earlier call's prompt."""

    rep: int
    started_at: datetime
    completed: bool
    talk_seconds: int
    prompted: bool
    debriefed: bool


def names(session: Session, workspace_id: int) -> Sequence[tuple[int, str, str | None]]:
    """Id, name and email of everybody."""
    rows = session.execute(
        sa.select(col(Person.id), col(Person.name), col(Person.email))
        .where(col(Person.workspace_id) == workspace_id)
        .order_by(col(Person.id))
    )
    return [(id, name, email) for id, name, email in rows]


def debriefs(
    session: Session, workspace_id: int, spans: Sequence[Span], *, as_of: datetime
) -> Iterator[DebriefRow]:
    """Debriefs of calls that began in the span."""
    return stream(session, DebriefRow, _debriefs(session, workspace_id, spans, as_of))


def count_debriefs(session: Session, workspace_id: int, spans: Sequence[Span], *, as_of: datetime) -> int:
    span = Spans(session, workspace_id, spans)
    return count(session, span.rows(Debrief, col(Debrief.person_id), *_submitted(span, as_of)))


def calls(
    session: Session, workspace_id: int, spans: Sequence[Span], *, as_of: datetime
) -> Iterator[CallRow]:
    """Calls that began in the span."""
    span = Spans(session, workspace_id, spans)
    asked = span.owns(
        Prompt,
        col(Prompt.call_id) == Call.id,
        col(Prompt.asked_at).between(span.since, as_of),
        col(Call.joins_id).is_(None),
    )
    answered = span.owns(Debrief, col(Debrief.call_id) == Prompt.call_id, col(Debrief.submitted_at) <= as_of)
    statement = (
        span.rows(
            Call,
            col(Call.person_id),
            span.hold(col(Call.started_at)),
            started_at=col(Call.started_at),
            completed=col(Call.completed),
            talk_seconds=col(Call.talk_seconds),
            prompted=col(Prompt.id).is_not(None),
            debriefed=col(Debrief.id).is_not(None),
        )
        .outerjoin(Prompt, asked)
        .outerjoin(Debrief, answered)
        .where(sa.or_(col(Call.completed), col(Prompt.id).is_not(None)))
        .order_by(span.rep, col(Call.started_at))
    )
    return stream(session, CallRow, statement)


def _submitted(span: Spans, as_of: datetime) -> tuple[Expression, ...]:
    return span.hold(col(Debrief.call_started_at)), col(Debrief.submitted_at) <= as_of


def _debriefs(session: Session, workspace_id: int, spans: Sequence[Span], as_of: datetime) -> sa.Select[Any]:
    span = Spans(session, workspace_id, spans)
    earlier = aliased(DebriefVersion)
    edited_later = col(Debrief.edited_at) > as_of

    def read(now: Expression, then: Expression) -> ColumnElement[Any]:
        return sa.case((edited_later, then), else_=now)

    answers = {
        name: read(getattr(Debrief, name), getattr(earlier, name))
        for name in ("outcome", "timeline_agreed", "authority_reached", "reason", "went_well")
    }
    words = {
        name: read(getattr(Debrief, name), getattr(earlier, name))
        for name in ("improve", "measure", "next_step", "next_step_on")
    }
    return (
        span.rows(
            Debrief,
            col(Debrief.person_id),
            *_submitted(span, as_of),
            call_started_at=col(Debrief.call_started_at),
            company=col(Call.company),
            contact=col(Call.contact),
            talk_seconds=col(Call.talk_seconds),
            **answers,
            tags=read(_tags(workspace_id), col(earlier.tags)),
            **words,
        )
        .join(Call, span.owns(Call, col(Call.id) == Debrief.call_id))
        .outerjoin(
            earlier,
            span.owns(
                earlier,
                edited_later,
                col(earlier.debrief_id) == Debrief.id,
                col(earlier.version) == version_at(workspace_id, as_of),
            ),
        )
        .order_by(span.rep, col(Debrief.call_started_at))
    )


def _tags(workspace_id: int) -> ColumnElement[str]:
    return (
        sa.select(sa.func.aggregate_strings(col(DebriefTag.tag), ","))
        .where(col(DebriefTag.workspace_id) == workspace_id, col(DebriefTag.debrief_id) == Debrief.id)
        .correlate(Debrief)
        .scalar_subquery()
    )


def count(session: Session, statement: sa.Select[Any]) -> int:
    """How many rows the statement finds."""
    counted = sa.select(sa.func.count()).select_from(statement.order_by(None).subquery())
    return int(session.execute(counted).scalar_one())


def stream(session: Session, kind: type[_Row], statement: sa.Executable) -> Iterator[_Row]:
    """The rows of a statement as `kind`, which names its columns in order."""
    rows = session.execute(statement, execution_options={"yield_per": _AT_A_TIME})
    return (kind(*row) for row in rows)
