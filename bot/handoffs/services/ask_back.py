"""An SDR asks an AE back about a decision, once, with one tap; the AE's answer comes back to the SDR."""

from dataclasses import dataclass
from datetime import timedelta

from bot.calendar.working_hours import Quiet
from bot.core.enums import Unasked
from bot.core.errors import BadInput, NotFound
from bot.core.i18n import gettext as _
from bot.handoffs.domain.checklist import MAX_REASON, Lead
from bot.handoffs.services.handoffs import lead_of
from bot.people.services import calendars, members, unasked
from bot.people.services.members import Member
from storage.books import Books
from storage.queries import handoffs as queries
from storage.tables import Handoff

PATIENCE = timedelta(days=14)
"""Within which a question is worth putting: an AE may be away, or want none."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The lead and the AE whom the question is for; `is_now`: to be put now, and claimed so."""

    lead: Lead
    ae: Member
    is_now: bool


def ask(books: Books, sdr: Member, handoff_id: int) -> Asked:
    """Once a lead; who is not at work reads it when they are."""
    row = queries.claim(books, handoff_id)
    if row is None or row.sdr_id != sdr.id or row.decision is None:
        raise NotFound(_("That lead is gone, or it is not one of yours."))
    if row.asked_back_at is not None:
        raise BadInput(_("You have asked about this lead already; the answer comes to you here."))
    ae = members.member(books, row.ae_id)
    if not ae.roles or not unasked.may_be_sent(books, ae, Unasked.ASKED_BACK):
        raise BadInput(_("{ae} takes no questions here. Ask in person.").format(ae=ae.name))
    row.asked_back_at = books.now
    is_now = calendars.is_at_work(books, ae)
    row.question_put_at = books.now if is_now else None
    books.session.flush()
    return Asked(lead_of(books, row), ae, is_now)


def to_put(books: Books) -> list[tuple[int, str | None]]:
    """Leads whose AEs may be asked about them now, and the Slack users those are."""
    found = []
    for row in queries.to_ask_back(books, books.now - PATIENCE):
        ae = members.member(books, row.ae_id)
        if calendars.is_at_work(books, ae):
            found.append((row.id, ae.slack_user_id))
    return found


def put(books: Books, handoff_id: int, *, quiet: tuple[Quiet, ...]) -> Asked | None:
    """Claimed: what comes back is to be put now; None for nothing."""
    row = queries.claim(books, handoff_id)
    if row is None or row.asked_back_at is None or row.question_put_at is not None:
        return None
    ae = members.member(books, row.ae_id)
    if not calendars.is_at_work(books, ae, quiet=quiet) or not unasked.may_be_sent(
        books, ae, Unasked.ASKED_BACK
    ):
        return None
    row.question_put_at = books.now
    books.session.flush()
    return Asked(lead_of(books, row), ae, is_now=True)


def note_put(books: Books, handoff_id: int, message_id: int) -> None:
    """The AE was asked by this message."""
    row = queries.by_id(books, handoff_id)
    if row is not None:
        row.question_message_id = message_id


def to_answer(books: Books, ae_id: int, handoff_id: int) -> Lead:
    return lead_of(books, _asked(queries.by_id(books, handoff_id), ae_id))


@dataclass(frozen=True, slots=True)
class Answered:
    """`told_by` is the message that told the SDR of the decision, `asked_by` the one that asked the AE."""

    lead: Lead
    told_by: int | None
    asked_by: int | None


def answer(books: Books, ae_id: int, handoff_id: int, words: str) -> Answered:
    """The AE's answer, once."""
    row = _asked(queries.claim(books, handoff_id), ae_id)
    said = words.strip()
    if not said:
        raise BadInput(_("Please answer in a sentence."), field="answer")
    row.answer_back = said[:MAX_REASON]
    books.session.flush()
    question = queries.question_of(books, row.id)
    return Answered(lead_of(books, row), question.lesson_id if question else None, row.question_message_id)


def _asked(row: Handoff | None, ae_id: int) -> Handoff:
    if row is None or row.ae_id != ae_id or row.asked_back_at is None:
        raise NotFound(_("That lead is gone, or nobody asked you about it."))
    if row.answer_back:
        raise BadInput(_("You have answered this already, and the SDR has it."))
    return row
