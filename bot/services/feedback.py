"""What a coach says to a learner's debrief."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session

from bot.domain.calls import CallSummary
from bot.domain.debriefs import Answer
from bot.errors import NotFound
from bot.language import gettext as _
from bot.services import calls, debriefs, members
from bot.services.members import Member
from storage.queries import debriefs as queries
from storage.tables import Feedback


@dataclass(frozen=True, slots=True)
class Shared:
    """A learner's debrief as the coach sees it."""

    debrief_id: int
    learner: Member
    call: CallSummary
    answer: Answer


def coach_for(session: Session, workspace_id: int, learner_id: int, *, now: datetime) -> Member | None:
    """The coach whose pair this learner agreed to for the running week: agreeing shares the week's debriefs."""
    learner = members.member(session, workspace_id, learner_id, now=now)
    pairing = queries.running_pairing_of(
        session, workspace_id, learner_id, monday=_monday(now.astimezone(learner.zone).date())
    )
    return members.member(session, workspace_id, pairing.coach_id, now=now) if pairing else None


def shared_with(
    session: Session, workspace_id: int, coach_id: int, debrief_id: int, *, now: datetime
) -> Shared:
    """The debrief, if its author is this coach's learner now; raises NotFound alike for none and for not allowed."""
    debrief = queries.by_id(session, workspace_id, debrief_id)
    coach = coach_for(session, workspace_id, debrief.person_id, now=now) if debrief else None
    if debrief is None or coach is None or coach.id != coach_id:
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
    rating: int | None,
    now: datetime,
) -> Shared:
    """Keep the coach's note; a second one for the same debrief replaces the first."""
    shared = shared_with(session, workspace_id, coach_id, debrief_id, now=now)
    note = queries.feedback_of(session, workspace_id, debrief_id, coach_id) or Feedback(
        workspace_id=workspace_id, debrief_id=debrief_id, coach_id=coach_id, what_worked="", given_at=now
    )
    note.what_worked, note.commitment, note.rating, note.given_at = what_worked, commitment, rating, now
    session.add(note)
    session.flush()
    return shared


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
