"""What a coach reads of a learner's debriefs and says to them, and how the learner saw the conversation."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session

from bot.domain import sessions as rules
from bot.domain.calls import CallSummary
from bot.domain.debriefs import Answer
from bot.domain.sharing import Told, is_about
from bot.domain.wallclock import local_date
from bot.errors import BadInput, NotFound
from bot.language import gettext as _
from bot.services import calls, commitments, debriefs, members
from bot.services.debriefs import Written
from bot.services.members import Member
from storage.queries import debriefs as queries
from storage.tables import Debrief, Feedback, Pairing


@dataclass(frozen=True, slots=True)
class Shared:
    """A learner's debrief as the coach sees it."""

    debrief_id: int
    learner: Member
    call: CallSummary
    answer: Answer


@dataclass(frozen=True, slots=True)
class Given:
    """A coach's feedback, and to whom."""

    told: Told
    learner: Member


def reader_of(
    session: Session, workspace_id: int, learner_id: int, written: Written, *, now: datetime
) -> Member | None:
    """The coach who is to read what was just written: it is about what the two work on, and was not before."""
    pairing = _running(session, workspace_id, learner_id, now)
    if pairing is None or not is_about(written.answer, pairing.metric):
        return None
    if is_about(written.before, pairing.metric):
        return None
    return members.member(session, workspace_id, pairing.coach_id, now=now)


def shared_with(
    session: Session, workspace_id: int, coach_id: int, debrief_id: int, *, now: datetime
) -> Shared:
    """The debrief, if its author is this coach's learner now and it is about what they work on.

    Raises NotFound alike for none and for not allowed.
    """
    debrief = queries.by_id(session, workspace_id, debrief_id)
    if debrief is None or not _may_read(session, debrief, coach_id, now):
        raise NotFound(_("There is no such debrief, or it is not shared with you any more."))
    return Shared(
        debrief.id,
        members.member(session, workspace_id, debrief.person_id, now=now),
        calls.summary_of(session, workspace_id, debrief.person_id, debrief.call_id),
        debriefs.answer_of(session, debrief),
    )


def give(
    session: Session,
    workspace_id: int,
    coach_id: int,
    debrief_id: int,
    *,
    what_worked: str,
    commitment: str,
    due_on: date | None,
    rating: int | None,
    now: datetime,
) -> Given:
    """Keep the coach's note; a second one for the same debrief replaces the first.

    A commitment is due in a week unless dated, and the learner is asked afterwards whether it was kept.
    """
    shared = shared_with(session, workspace_id, coach_id, debrief_id, now=now)
    today = local_date(now, shared.learner.zone)
    if due_on is not None and due_on < today:
        raise BadInput(_("Please pick a day that is still to come."), field="due_on")
    note = queries.feedback_of(session, workspace_id, debrief_id, coach_id) or Feedback(
        workspace_id=workspace_id, debrief_id=debrief_id, coach_id=coach_id, what_worked="", given_at=now
    )
    is_another = note.commitment != commitment
    note.what_worked, note.commitment, note.rating, note.given_at = what_worked, commitment, rating, now
    note.due_on = rules.due_on(today, due_on) if commitment else None
    session.add(note)
    session.flush()
    commitments.follow_feedback(session, workspace_id, note.id, now=now, is_another=is_another)
    return _given(session, note, shared.learner.id, now)


def rate_oneself(
    session: Session, workspace_id: int, learner_id: int, feedback_id: int, rating: int, *, now: datetime
) -> Given:
    """The learner's own rating of the conversation, kept as it was given first. Raises NotFound for another's."""
    note = queries.feedback_to(session, workspace_id, learner_id, feedback_id)
    if note is None:
        raise NotFound(_("That feedback is gone, or it is not yours."))
    note.self_rating = note.self_rating or rating
    return _given(session, note, learner_id, now)


def _may_read(session: Session, debrief: Debrief, coach_id: int, now: datetime) -> bool:
    pairing = _running(session, debrief.workspace_id, debrief.person_id, now)
    if pairing is None or pairing.coach_id != coach_id:
        return False
    return is_about(debriefs.answer_of(session, debrief), pairing.metric)


def _running(session: Session, workspace_id: int, learner_id: int, now: datetime) -> Pairing | None:
    """The pair that this learner agreed to for the running week: agreeing shares the week's debriefs."""
    learner = members.member(session, workspace_id, learner_id, now=now)
    today = local_date(now, learner.zone)
    monday = today - timedelta(days=today.weekday())
    return queries.running_pairing_of(session, workspace_id, learner_id, monday=monday)


def _given(session: Session, note: Feedback, learner_id: int, now: datetime) -> Given:
    debrief = queries.by_id(session, note.workspace_id, note.debrief_id)
    if debrief is None:
        raise NotFound(_("That debrief is gone."))
    told = Told(
        id=note.id,
        coach=members.member(session, note.workspace_id, note.coach_id, now=now).name,
        call=calls.summary_of(session, note.workspace_id, learner_id, debrief.call_id),
        what_worked=note.what_worked,
        commitment=note.commitment,
        due_on=note.due_on,
        rating=note.rating,
        self_rating=note.self_rating,
    )
    return Given(told, members.member(session, note.workspace_id, learner_id, now=now))
