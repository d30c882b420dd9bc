"""What a learner set out to do, in a coaching session or after a coach's feedback, and whether it was kept."""

from dataclasses import dataclass
from datetime import date

from bot.calendar.wallclock import end_of_day, local_date, start_of_day
from bot.calendar.working_hours import Quiet
from bot.coaching.domain import sessions as rules
from bot.core.errors import NotAllowed, NotFound
from bot.core.i18n import gettext as _
from bot.people.services import calendars, members
from bot.people.services.members import Member
from storage.books import Books
from storage.queries.coaching import commitments as queries
from storage.queries.coaching import pairing as pairings
from storage.queries.coaching.commitments import Origin
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


def follow_session(books: Books, session_id: int) -> None:
    """See to it that the learner is asked about the session's commitment; again after any change of it."""
    row = queries.coaching_session(books, session_id)
    question = queries.about_session(books, session_id)
    _follow(books, row, question or _new(books.workspace_id, row.learner_id, session_id=session_id))


def follow_feedback(books: Books, feedback_id: int, *, is_another: bool = False) -> None:
    """See to it that the learner is asked about the feedback's commitment; again after any change of it.

    `is_another`: the coach asks for something else now, and what was said of the one before is not said of it.
    """
    row, learner_id = queries.feedback(books, feedback_id)
    question = queries.about_feedback(books, feedback_id)
    question = question or _new(books.workspace_id, learner_id, feedback_id=feedback_id)
    if is_another:
        row.kept, question.asked_at, question.answered_at, question.message_id = None, None, None, None
    _follow(books, row, question)


def commitments_due(books: Books, *, limit: int = 100) -> list[Due]:
    """Questions to look at now, longest due first."""
    return [Due(*found) for found in queries.due(books, limit=limit)]


def step_question(books: Books, one: Due, *, quiet: tuple[Quiet, ...]) -> Commitment | None:
    """Claim the question; what to ask about now, None for nothing."""
    pairings.lock_people(books, [one.learner_id])  # so that two processes ask one question a day
    question = queries.claim(books, one.question_id)
    if question is None or question.next_at is None:
        return None
    learner = members.member(books, question.learner_id)
    opens = rules.when_to_ask(
        question.next_at,
        hours=calendars.hours_of(books, learner, quiet=quiet),
        asked_today=_asked_today(books, learner),
        now=books.now,
    )
    if opens is None or learner.slack_user_id is None or opens > books.now:
        question.next_at = opens if learner.slack_user_id else None
        return None
    question.next_at, question.asked_at = None, books.now
    return _commitment(books, question)


def note_asked(books: Books, commitment: Commitment, message_id: int) -> None:
    """The question went to the outbox as this message, which later turns into its answer."""
    question = queries.of_learner(books, commitment.learner.id, commitment.question_id)
    if question is not None:
        question.message_id = message_id


def answer(books: Books, learner_id: int, question_id: int, *, kept: bool) -> tuple[Commitment, bool]:
    """Keep the learner's answer; the second is False where it says nothing new.

    Raises NotFound for anybody else's, NotAllowed a week after the first answer.
    """
    question = queries.of_learner(books, learner_id, question_id)
    if question is None:
        raise NotFound(_("That commitment is gone, or it is not one of yours."))
    if question.answered_at and not rules.is_changeable(question.answered_at, now=books.now):
        raise NotAllowed(_("An answer can be changed for seven days; this one now stands as it is."))
    row = queries.origin(books, question)
    is_new = row.kept is not kept
    row.kept, question.next_at = kept, None
    question.answered_at = question.answered_at or books.now
    books.session.flush()
    return _commitment(books, question), is_new


MOST_OPEN = 3
"""What a list of them shows: more is a reproach."""


def open_of(books: Books, learner_id: int) -> tuple[list[Commitment], int]:
    """What the learner has set out to do and may still say something about, the latest first; and how many more."""
    today = books.now.date()
    found = (_commitment(books, question) for question in queries.unanswered(books, learner_id))
    waiting = [one for one in found if one.words and rules.waits(one.due_on, today)]
    return waiting[:MOST_OPEN], len(waiting[MOST_OPEN:])


def _new(
    workspace_id: int, learner_id: int, *, session_id: int | None = None, feedback_id: int | None = None
) -> CommitmentQuestion:
    return CommitmentQuestion(
        workspace_id=workspace_id, learner_id=learner_id, session_id=session_id, feedback_id=feedback_id
    )


def _follow(books: Books, row: Origin, question: CommitmentQuestion) -> None:
    """A question that was put or answered is not put again."""
    if question.asked_at or question.answered_at:
        return
    question.next_at = None
    if row.commitment.strip() and row.due_on is not None and row.kept is None:
        learner = members.member(books, question.learner_id)
        hours = calendars.hours_of(books, learner)
        question.next_at = rules.first_asked(row.due_on, hours=hours)
    books.session.add(question)
    books.session.flush()


def _asked_today(books: Books, learner: Member) -> bool:
    today = local_date(books.now, learner.zone)
    start, end = start_of_day(today, learner.zone), end_of_day(today, learner.zone)
    return queries.was_asked(books, learner.id, start=start, end=end)


def _commitment(books: Books, question: CommitmentQuestion) -> Commitment:
    row = queries.origin(books, question)
    return Commitment(
        question_id=question.id,
        words=row.commitment.strip(),
        due_on=row.due_on,
        kept=row.kept,
        learner=members.member(Books(books.session, row.workspace_id, books.now), question.learner_id),
        coach=members.member(Books(books.session, row.workspace_id, books.now), row.coach_id),
        message_id=question.message_id,
    )
