"""What reps did in their spans, counted in the database: calls, debriefs as they read at the moment asked for,
coaching.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import col

from bot.core.enums import Outcome
from storage.books import Books
from storage.queries.scorecards.asking import ask
from storage.queries.scorecards.spans import Expression, Span, Spans
from storage.tables import Call, CoachingSession, Debrief, DebriefVersion, Prompt


class Then:
    """The version that stood at the moment, joined to debriefs that were edited later."""

    def __init__(self, span: Spans) -> None:
        self._version = aliased(DebriefVersion)
        self._edited_later = col(Debrief.edited_at) > span.as_of
        self._span = span

    def read(self, name: str, now: Expression | None = None) -> ColumnElement[Any]:
        """A field as it stood; `now` is what it is today, where that is no column of the debrief."""
        today = getattr(Debrief, name) if now is None else now
        return sa.case((self._edited_later, getattr(self._version, name)), else_=today)

    def joined_to(self, debriefs: sa.Select[Any]) -> sa.Select[Any]:
        version = self._version
        return debriefs.outerjoin(
            version,
            self._span.owns(
                version,
                self._edited_later,
                col(version.debrief_id) == Debrief.id,
                col(version.version) == _number(self._span),
            ),
        )


def _number(span: Spans) -> ColumnElement[int]:
    written = span.owns(
        DebriefVersion,
        col(DebriefVersion.debrief_id) == Debrief.id,
        col(DebriefVersion.written_at) <= span.as_of,
    )
    return (
        sa.select(sa.func.max(col(DebriefVersion.version)))
        .where(written)
        .correlate(Debrief)
        .scalar_subquery()
    )


_count = sa.func.count


class Coached(NamedTuple):
    """A session that a rep held as the coach and that ended in a commitment; `span` as in `WonDeal`."""

    span: int
    id: int
    learner: int
    held_on: date
    minutes: int
    confirmed: bool


def coached(books: Books, spans: Sequence[Span]) -> Sequence[Coached]:
    """Those held in the span's days, and in the days before them of the same ISO week."""
    whole = [
        replace(span, first_day=span.first_day - timedelta(days=span.first_day.weekday())) for span in spans
    ]
    return [Coached(*row[1:]) for row in ask(books.session, _coached, books.workspace_id, whole)]


def calls(span: Spans) -> sa.Select[Any]:
    """`calls` completed, by their start, and their `talk_seconds`."""
    return span.counts(
        Call,
        col(Call.person_id),
        span.hold(col(Call.started_at)),
        col(Call.completed),
        calls=_count(),
        talk_seconds=sa.func.sum(col(Call.talk_seconds)),
    )


def debriefs(span: Spans) -> sa.Select[Any]:
    """`debriefs` by their call's start, and what they said, each as it read at `as_of`."""
    then = Then(span)
    timeline, authority = then.read("timeline_agreed"), then.read("authority_reached")
    return then.joined_to(
        span.counts(
            Debrief,
            col(Debrief.person_id),
            span.hold(col(Debrief.call_started_at)),
            col(Debrief.submitted_at) <= span.as_of,
            known_at=[col(Debrief.submitted_at), col(Debrief.edited_at)],
            debriefs=_count(),
            advanced=_count().filter(then.read("outcome") == Outcome.ADVANCED),
            timeline_yes=_count().filter(timeline.is_(True)),
            timeline_no=_count().filter(timeline.is_(False)),
            authority_yes=_count().filter(authority.is_(True)),
            authority_no=_count().filter(authority.is_(False)),
        )
    )


def prompts(span: Spans) -> sa.Select[Any]:
    """Calls `prompted`, by their start, and how many of them were debriefed; joined calls count with the first."""
    return (
        span.counts(
            Prompt,
            col(Prompt.person_id),
            # Nobody is asked before the call has begun: the lower bound is for the index.
            col(Prompt.asked_at).between(span.since, span.as_of),
            known_at=[col(Prompt.asked_at), col(Debrief.submitted_at)],
            prompted=_count(),
            prompted_debriefed=_count(col(Debrief.id)),
        )
        .join(
            Call,
            span.owns(
                Call,
                col(Call.id) == Prompt.call_id,
                col(Call.joins_id).is_(None),
                span.hold(col(Call.started_at)),
            ),
        )
        .outerjoin(
            Debrief,
            span.owns(
                Debrief, col(Debrief.call_id) == Prompt.call_id, col(Debrief.submitted_at) <= span.as_of
            ),
        )
    )


def commitments(span: Spans) -> sa.Select[Any]:
    """`commitments_due` in the span's days, as the learner, and how many were kept."""
    return span.counts(
        CoachingSession,
        col(CoachingSession.learner_id),
        col(CoachingSession.commitment) != "",
        span.hold_day(col(CoachingSession.due_on)),
        commitments_due=_count(),
        commitments_kept=_count().filter(col(CoachingSession.kept).is_(True)),
    )


def _coached(span: Spans) -> sa.Select[Any]:
    return span.rows(
        CoachingSession,
        col(CoachingSession.coach_id),
        col(CoachingSession.commitment) != "",
        span.hold_day(col(CoachingSession.held_on)),
        n=span.n,
        id=col(CoachingSession.id),
        learner=col(CoachingSession.learner_id),
        held_on=col(CoachingSession.held_on),
        minutes=col(CoachingSession.minutes),
        confirmed=is_confirmed(),
    )


def is_confirmed() -> ColumnElement[bool]:
    """Whether the learner said, in one way or another, that a session was held."""
    session = CoachingSession
    return sa.or_(col(session.confirmed), col(session.kept).is_not(None), col(session.rating).is_not(None))
