"""Who is asked to coach: the best by the ranking's certainty, and whom a manager proposes; the person decides."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from bot.domain.digest import OwnLine
from bot.domain.ranking import FEWEST_RANKED, NAMED
from bot.domain.wallclock import local_date
from bot.errors import BadInput, NotFound
from bot.language import gettext as _
from bot.services import coaches, members
from bot.services.members import Member
from storage.queries import invitations as queries
from storage.queries.inbox import insert_once
from storage.tables import CoachInvitation


@dataclass(frozen=True, slots=True)
class Invited:
    """`line` is the standing for which the person was chosen; None for one whom a manager proposed."""

    id: int
    person: Member
    line: OwnLine | None


def invite_the_best(
    session: Session, workspace_id: int, lines: Iterable[OwnLine], *, now: datetime
) -> list[Invited]:
    """Those of a digest who are top by at least half of the draws, do not coach, and were not asked this quarter."""
    found = []
    for line in lines:
        if line.place is None or line.place.of < FEWEST_RANKED or line.place.probability_top < NAMED:
            continue
        person = members.member(session, workspace_id, line.person.id, now=now)
        if person.willing or person.slack_user_id is None:
            continue
        row = _ask(session, workspace_id, person, None, now)
        if row is not None:
            found.append(Invited(row.id, person, line))
    return found


def propose(session: Session, workspace_id: int, by: Member, person: Member, *, now: datetime) -> Invited:
    """A manager has the idea; raises BadInput where the person coaches, or was asked this quarter."""
    if person.willing:
        raise BadInput(_("{name} coaches already.").format(name=person.name))
    if person.slack_user_id is None:
        raise BadInput(_("{name} is not in Slack yet, so I cannot ask.").format(name=person.name))
    row = _ask(session, workspace_id, person, by.id, now)
    if row is None:
        raise BadInput(
            _("{name} was asked this quarter already. The answer is theirs to give, once a quarter.").format(
                name=person.name
            )
        )
    return Invited(row.id, person, None)


def answer(session: Session, workspace_id: int, person_id: int, invitation_id: int, *, yes: bool) -> None:
    """A yes offers one place a week, which `/coach on` changes. Raises NotFound for somebody else's."""
    row = queries.claim(session, workspace_id, invitation_id)
    if row is None or row.person_id != person_id:
        raise NotFound(_("That invitation is gone, or it is not yours."))
    row.accepted = yes
    if yes:
        coaches.offer(session, workspace_id, person_id, capacity=1)


def quarter_of(day: date) -> date:
    """The first day of the calendar quarter."""
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def _ask(
    session: Session, workspace_id: int, person: Member, by: int | None, now: datetime
) -> CoachInvitation | None:
    """None where the person was asked this quarter."""
    quarter = quarter_of(local_date(now, person.zone))
    row = CoachInvitation(
        workspace_id=workspace_id,
        person_id=person.id,
        quarter=quarter,
        proposed_by_id=by,
        invited_at=now,
    )
    if not insert_once(session, row):
        return None
    return queries.of_quarter(session, workspace_id, person.id, quarter)
