"""The question that a lead puts to its AE: which messages ask it, and when it is asked once more."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from bot.domain import handoffs as rules
from bot.domain.handoffs import Lead
from bot.domain.hours import Quiet, next_open
from bot.services import calendars, handoffs, members
from bot.services.members import Member
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


def asked(session: Session, workspace_id: int, lead: Lead, message_id: int, *, now: datetime) -> None:
    """The AE was asked by this message; without an answer they are reminded after two working days of theirs."""
    ae = members.member(session, workspace_id, lead.ae_id, now=now)
    hours = calendars.hours_of(session, workspace_id, ae, now=now)
    session.add(
        HandoffQuestion(
            workspace_id=workspace_id,
            handoff_id=lead.id,
            message_id=message_id,
            next_at=rules.remind_at(now, hours),
        )
    )
    session.flush()


def answered(session: Session, workspace_id: int, handoff_id: int) -> tuple[int, ...]:
    """Nothing more is asked; gives the messages that did, to be turned into the answer."""
    question = queries.question_of(session, workspace_id, handoff_id)
    if question is None:
        return ()
    question.next_at = None
    return tuple(id for id in (question.message_id, question.reminder_id) if id is not None)


def due(session: Session, workspace_id: int, *, now: datetime, limit: int = 100) -> list[Due]:
    """Leads to remind somebody of, longest due first."""
    return [Due(*found) for found in queries.due_questions(session, workspace_id, now=now, limit=limit)]


def remind(
    session: Session, workspace_id: int, handoff_id: int, *, quiet: tuple[Quiet, ...], now: datetime
) -> Reminder | None:
    """Claim the reminder; None for nothing to say now. An AE who cannot be spoken to is reminded when they can."""
    row = queries.claim(
        session, workspace_id, handoff_id
    )  # first, as a decision does: neither overtakes the other
    question = queries.claim_question(session, workspace_id, handoff_id, now=now)
    if question is None or row is None:
        return None
    ae = members.member(session, workspace_id, row.ae_id, now=now)
    if row.decision is not None or ae.slack_user_id is None:
        question.next_at = None
        return None
    opens = next_open(calendars.hours_of(session, workspace_id, ae, now=now, quiet=quiet), now)
    is_open = opens is not None and opens <= now
    question.next_at = None if is_open else opens
    return Reminder(handoffs.lead_of(session, row, now), ae) if is_open else None


def reminded(session: Session, workspace_id: int, handoff_id: int, message_id: int) -> None:
    """The AE was reminded by this message, which later turns into the answer too."""
    question = queries.question_of(session, workspace_id, handoff_id)
    if question is not None:
        question.reminder_id = message_id
