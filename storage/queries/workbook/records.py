"""The calls, debriefs, pairs and sessions behind the figures, read row by row: what a workbook lists."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import col, select

from bot.core.enums import Outcome
from storage.books import Books
from storage.queries.scorecards.asking import ask
from storage.queries.scorecards.spans import Expression, Span, Spans
from storage.queries.scorecards.tallies import Then
from storage.tables import Call, CoachingSession, Debrief, DebriefTag, Pairing, Person, Prompt


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


def names(books: Books) -> Sequence[tuple[int, str, str | None]]:
    """Id, name and email of everybody."""
    rows = books.session.execute(
        sa.select(col(Person.id), col(Person.name), col(Person.email))
        .where(col(Person.workspace_id) == books.workspace_id)
        .order_by(col(Person.id))
    )
    return [(id, name, email) for id, name, email in rows]


def debriefs(books: Books, spans: Sequence[Span], *, as_of: datetime) -> Iterator[DebriefRow]:
    """Debriefs of calls that began in the span."""
    for span in spans:
        yield from map(
            DebriefRow._make, ask(books.session, _debriefs, books.workspace_id, [span], as_of=as_of)
        )


def count_debriefs(books: Books, spans: Sequence[Span], *, as_of: datetime) -> int:
    return int(ask(books.session, _debriefs_counted, books.workspace_id, spans, as_of=as_of)[0][0])


def calls(books: Books, spans: Sequence[Span], *, as_of: datetime) -> Iterator[CallRow]:
    """Calls that began in the span."""
    for span in spans:
        yield from map(CallRow._make, ask(books.session, _calls, books.workspace_id, [span], as_of=as_of))


def _calls(span: Spans) -> sa.Select[Any]:
    asked = span.owns(
        Prompt,
        col(Prompt.call_id) == Call.id,
        col(Prompt.asked_at).between(span.since, span.as_of),
        col(Call.joins_id).is_(None),
    )
    answered = span.owns(
        Debrief, col(Debrief.call_id) == Prompt.call_id, col(Debrief.submitted_at) <= span.as_of
    )
    return (
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
        .order_by(col(Call.started_at))
    )


def _submitted(span: Spans) -> tuple[Expression, ...]:
    return span.hold(col(Debrief.call_started_at)), col(Debrief.submitted_at) <= span.as_of


def _debriefs_counted(span: Spans) -> sa.Select[Any]:
    return counted(span.rows(Debrief, col(Debrief.person_id), *_submitted(span)))


def _debriefs(span: Spans) -> sa.Select[Any]:
    then = Then(span)

    def read(*names: str) -> dict[str, ColumnElement[Any]]:
        return {name: then.read(name) for name in names}

    return (
        then.joined_to(
            span.rows(
                Debrief,
                col(Debrief.person_id),
                *_submitted(span),
                call_started_at=col(Debrief.call_started_at),
                company=col(Call.company),
                contact=col(Call.contact),
                talk_seconds=col(Call.talk_seconds),
                **read("outcome", "timeline_agreed", "authority_reached", "reason", "went_well"),
                tags=then.read("tags", now=_tags(span)),
                **read("improve", "measure", "next_step", "next_step_on"),
            )
        )
        .join(Call, span.owns(Call, col(Call.id) == Debrief.call_id))
        .order_by(col(Debrief.call_started_at))
    )


def _tags(span: Spans) -> ColumnElement[str]:
    own = span.owns(DebriefTag, col(DebriefTag.debrief_id) == Debrief.id)
    joined = sa.func.aggregate_strings(col(DebriefTag.tag), ",")
    return sa.select(joined).where(own).correlate(Debrief).scalar_subquery()


def counted(statement: sa.Select[Any]) -> sa.Select[Any]:
    """How many rows the statement finds."""
    return sa.select(sa.func.count()).select_from(statement.order_by(None).subquery())


def pairs(
    books: Books, people: Collection[int], first: date, last: date, *, as_of: datetime
) -> Sequence[Pairing]:
    """Pairs with one of them on either side, of the weeks that begin from `first` to `last`, oldest first."""
    return books.session.exec(
        select(Pairing)
        .where(
            Pairing.workspace_id == books.workspace_id,
            sa.or_(col(Pairing.coach_id).in_(people), col(Pairing.learner_id).in_(people)),
            col(Pairing.week).between(first, last),
            col(Pairing.proposed_at) <= as_of,
        )
        .order_by(col(Pairing.week), col(Pairing.id))
    ).all()


def sessions(books: Books, people: Collection[int], first: date, last: date) -> Sequence[CoachingSession]:
    """Sessions with one of them on either side, held by `last` and held or due since `first`, oldest first."""
    return books.session.exec(
        select(CoachingSession)
        .where(
            CoachingSession.workspace_id == books.workspace_id,
            sa.or_(col(CoachingSession.coach_id).in_(people), col(CoachingSession.learner_id).in_(people)),
            col(CoachingSession.held_on) <= last,
            sa.or_(col(CoachingSession.held_on) >= first, col(CoachingSession.due_on) >= first),
        )
        .order_by(col(CoachingSession.held_on), col(CoachingSession.id))
    ).all()
