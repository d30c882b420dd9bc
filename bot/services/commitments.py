"""What a learner set out to do, in a coaching session or after a coach's feedback, and whether it was kept."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from bot.domain import commitments as rules
from bot.domain.hours import Quiet
from bot.domain.wallclock import end_of_day, local_date, start_of_day
from bot.errors import NotAllowed, NotFound
from bot.language import gettext as _
from bot.services import calendars, members
from bot.services.members import Member
from storage.queries import commitments as queries
from storage.queries import pairings
from storage.queries.commitments import Origin
from storage.tables import CommitmentQuestion


@dataclass(frozen=True, slots=True)
class Due:
    question_id: int
    learner_id: int
    slack_user_id: str | None


@dataclass(frozen=True, slots=True)
class Commitment:
    """`kept` is None while nobody has said; `message_id` is the message that asks, if it was sent."""

    question_id: int
    words: str
    due_on: date | None
    kept: bool | None
    learner: Member
    coach: Member
    message_id: int | None


def follow_session(session: Session, workspace_id: int, session_id: int, *, now: datetime) -> None:
    """See to it that the learner is asked about the session's commitment; again after any change of it."""
    row = queries.coaching_session(session, workspace_id, session_id)
    question = queries.about_session(session, workspace_id, session_id)
    _follow(session, row, question or _new(workspace_id, row.learner_id, session_id=session_id), now)


def follow_feedback(
    session: Session, workspace_id: int, feedback_id: int, *, now: datetime, is_another: bool = False
) -> None:
    """See to it that the learner is asked about the feedback's commitment; again after any change of it.

    `is_another`: the coach asks for something else now, and what was said of the one before is not said of it.
    """
    row, learner_id = queries.feedback(session, workspace_id, feedback_id)
    question = queries.about_feedback(session, workspace_id, feedback_id)
    question = question or _new(workspace_id, learner_id, feedback_id=feedback_id)
    if is_another:
        row.kept, question.asked_at, question.answered_at, question.message_id = None, None, None, None
    _follow(session, row, question, now)


def due(session: Session, workspace_id: int, *, now: datetime, limit: int = 100) -> list[Due]:
    """Questions to look at now, longest due first."""
    return [Due(*found) for found in queries.due(session, workspace_id, now=now, limit=limit)]


def step(
    session: Session, workspace_id: int, one: Due, *, quiet: tuple[Quiet, ...], now: datetime
) -> Commitment | None:
    """Claim the question; what to ask about now, None for nothing."""
    pairings.lock_people(
        session, workspace_id, [one.learner_id]
    )  # so that two processes ask one question a day
    question = queries.claim(session, workspace_id, one.question_id, now=now)
    if question is None or question.next_at is None:
        return None
    learner = members.member(session, workspace_id, question.learner_id, now=now)
    opens = rules.when_to_ask(
        question.next_at,
        hours=calendars.hours_of(session, workspace_id, learner, now=now, quiet=quiet),
        asked_today=_asked_today(session, workspace_id, learner, now),
        now=now,
    )
    if opens is None or learner.slack_user_id is None or opens > now:
        question.next_at = opens if learner.slack_user_id else None
        return None
    question.next_at, question.asked_at = None, now
    return _commitment(session, question, now)


def asked(session: Session, workspace_id: int, commitment: Commitment, message_id: int) -> None:
    """The question went to the outbox as this message, which later turns into its answer."""
    question = queries.of_learner(session, workspace_id, commitment.learner.id, commitment.question_id)
    if question is not None:
        question.message_id = message_id


def answer(
    session: Session, workspace_id: int, learner_id: int, question_id: int, *, kept: bool, now: datetime
) -> tuple[Commitment, bool]:
    """Keep the learner's answer; the second is False where it says nothing new.

    Raises NotFound for anybody else's, NotAllowed a week after the first answer.
    """
    question = queries.of_learner(session, workspace_id, learner_id, question_id)
    if question is None:
        raise NotFound(_("That commitment is gone, or it is not one of yours."))
    if question.answered_at and not rules.is_changeable(question.answered_at, now=now):
        raise NotAllowed(_("An answer can be changed for seven days; this one now stands as it is."))
    row = queries.origin(session, question)
    is_new = row.kept is not kept
    row.kept, question.next_at = kept, None
    question.answered_at = question.answered_at or now
    session.flush()
    return _commitment(session, question, now), is_new


def open_of(session: Session, workspace_id: int, learner_id: int, *, now: datetime) -> list[Commitment]:
    """What the learner has set out to do and not said anything about yet, the latest first."""
    found = queries.unanswered(session, workspace_id, learner_id)
    return [one for question in found if (one := _commitment(session, question, now)).words]


def _new(
    workspace_id: int, learner_id: int, *, session_id: int | None = None, feedback_id: int | None = None
) -> CommitmentQuestion:
    return CommitmentQuestion(
        workspace_id=workspace_id, learner_id=learner_id, session_id=session_id, feedback_id=feedback_id
    )


def _follow(session: Session, row: Origin, question: CommitmentQuestion, now: datetime) -> None:
    """A question that was put or answered is not put again."""
    if question.asked_at or question.answered_at:
        return
    question.next_at = None
    if row.commitment.strip() and row.due_on is not None and row.kept is None:
        learner = members.member(session, row.workspace_id, question.learner_id, now=now)
        hours = calendars.hours_of(session, row.workspace_id, learner, now=now)
        question.next_at = rules.first_asked(row.due_on, hours=hours)
    session.add(question)
    session.flush()


def _asked_today(session: Session, workspace_id: int, learner: Member, now: datetime) -> bool:
    today = local_date(now, learner.zone)
    start, end = start_of_day(today, learner.zone), end_of_day(today, learner.zone)
    return queries.was_asked(session, workspace_id, learner.id, start=start, end=end)


def _commitment(session: Session, question: CommitmentQuestion, now: datetime) -> Commitment:
    row = queries.origin(session, question)
    return Commitment(
        question_id=question.id,
        words=row.commitment.strip(),
        due_on=row.due_on,
        kept=row.kept,
        learner=members.member(session, row.workspace_id, question.learner_id, now=now),
        coach=members.member(session, row.workspace_id, row.coach_id, now=now),
        message_id=question.message_id,
    )
