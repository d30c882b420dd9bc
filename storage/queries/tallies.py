"""What reps did in their spans, counted in the database: calls, what was asked and told of them, coaching.

Most are questions for `spans.count`; `as_of` is the moment up to which things are known; no span reaches beyond it.
"""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from bot.words import Outcome
from storage.queries.debrief_versions import Then
from storage.queries.spans import Span, Spans, ask
from storage.tables import Call, CoachingSession, Debrief, Prompt

_count = sa.func.count


def coached(session: Session, workspace_id: int, spans: Sequence[Span]) -> Sequence[tuple[int, int]]:
    """Coach and minutes of each session held in the span's days that ended in a commitment."""
    return [(rep, minutes) for rep, minutes in ask(session, _coached, workspace_id, spans)]


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
        minutes=col(CoachingSession.minutes),
    )
