"""The question that a lead puts to its AE: which messages ask it, and when it is asked once more."""

from dataclasses import dataclass

from bot.calendar.working_hours import Quiet, next_open
from bot.handoffs.domain import checklist as rules
from bot.handoffs.domain.checklist import Lead
from bot.handoffs.services import handoffs
from bot.people.services import calendars, members
from bot.people.services.members import Member
from storage.books import Books
from storage.queries import handoffs as queries
from storage.tables import HandoffQuestion


@dataclass(frozen=True, slots=True)
class Due:
    handoff_id: int
    slack_user_id: str | None


@dataclass(frozen=True, slots=True)
class Reminder:
    """What to remind whom of, now."""

    lead: Lead
    ae: Member


def note_asked(books: Books, lead: Lead, message_id: int) -> None:
    """The AE was asked by this message; without an answer they are reminded after two working days of theirs."""
    ae = members.member(books, lead.ae_id)
    hours = calendars.hours_of(books, ae)
    books.session.add(
        HandoffQuestion(
            workspace_id=books.workspace_id,
            handoff_id=lead.id,
            message_id=message_id,
            next_at=rules.remind_at(books.now, hours),
        )
    )
    books.session.flush()


def answered(books: Books, handoff_id: int) -> tuple[int, ...]:
    """Nothing more is asked; gives the messages that did, to be turned into the answer."""
    question = queries.question_of(books, handoff_id)
    if question is None:
        return ()
    question.next_at = None
    return tuple(id for id in (question.message_id, question.reminder_id) if id is not None)


def note_told(books: Books, handoff_id: int, message_id: int) -> None:
    """The SDR learned of the decision by this message."""
    question = queries.question_of(books, handoff_id)
    if question is not None:
        question.lesson_id = message_id


def asked_anew(books: Books, lead: Lead) -> tuple[tuple[int, ...], int | None]:
    """The decision was taken back: the AE is reminded as if asked now. Gives the messages that asked, which ask
    again, and the one that told the SDR.
    """
    question = queries.question_of(books, lead.id)
    if question is None:
        return (), None
    ae = members.member(books, lead.ae_id)
    question.next_at = rules.remind_at(books.now, calendars.hours_of(books, ae))
    asking = tuple(id for id in (question.message_id, question.reminder_id) if id is not None)
    return asking, question.lesson_id


def reminders_due(books: Books, *, limit: int = 100) -> list[Due]:
    """Leads to remind somebody of, longest due first."""
    return [Due(*found) for found in queries.due_questions(books, limit=limit)]


def remind(books: Books, handoff_id: int, *, quiet: tuple[Quiet, ...]) -> Reminder | None:
    """Claim the reminder; None for nothing to say now. An AE who cannot be spoken to is reminded when they can."""
    row = queries.claim(books, handoff_id)  # first, as a decision does: neither overtakes the other
    question = queries.claim_question(books, handoff_id)
    if question is None or row is None:
        return None
    ae = members.member(books, row.ae_id)
    if row.decision is not None or ae.slack_user_id is None:
        question.next_at = None
        return None
    opens = next_open(calendars.hours_of(books, ae, quiet=quiet), books.now)
    is_open = opens is not None and opens <= books.now
    question.next_at = None if is_open else opens
    return Reminder(handoffs.lead_of(books, row), ae) if is_open else None


def note_reminded(books: Books, handoff_id: int, message_id: int) -> None:
    """The AE was reminded by this message, which later turns into the answer too."""
    question = queries.question_of(books, handoff_id)
    if question is not None:
        question.reminder_id = message_id
