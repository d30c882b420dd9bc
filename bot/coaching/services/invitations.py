"""Who is asked to coach: the best by the ranking's certainty, and whom a manager proposes; the person decides."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from bot.calendar.wallclock import local_date
from bot.coaching.services import preferences
from bot.core.errors import BadInput, NotFound
from bot.core.i18n import gettext as _
from bot.people.services import members
from bot.people.services.members import Member
from bot.scorecards.domain.naming import FEWEST_RANKED
from bot.scorecards.domain.own_line import OwnLine
from storage.books import Books
from storage.insert_once import insert_once
from storage.queries.coaching import coaches as queries
from storage.tables import CoachInvitation

LIKELY_TOP = 0.5
"""The certainty of being top from which somebody is asked: a question in private, so less than a name needs."""


@dataclass(frozen=True, slots=True)
class Invited:
    """`line` is the standing for which the person was chosen; None for one whom a manager proposed."""

    id: int
    person: Member
    line: OwnLine | None


def invite_the_best(books: Books, lines: Iterable[OwnLine]) -> list[Invited]:
    """Those of a digest who are top by at least half of the draws, do not coach, and were not asked this quarter."""
    found = []
    for line in lines:
        if line.place is None or line.place.of < FEWEST_RANKED or line.place.probability_top < LIKELY_TOP:
            continue
        person = members.member(books, line.person.id)
        if person.willing or person.slack_user_id is None:
            continue
        row = _ask(books, person)
        if row is not None:
            found.append(Invited(row.id, person, line))
    return found


def propose(books: Books, person: Member) -> Invited:
    """A manager has the idea; raises BadInput where the person coaches, or was asked this quarter."""
    if person.willing:
        raise BadInput(_("{name} coaches already.").format(name=person.name))
    if person.slack_user_id is None:
        raise BadInput(_("{name} is not in Slack yet, so I cannot ask.").format(name=person.name))
    row = _ask(books, person)
    if row is None:
        raise BadInput(
            _("{name} was asked this quarter already. The answer is theirs to give, once a quarter.").format(
                name=person.name
            )
        )
    return Invited(row.id, person, None)


def answer(books: Books, person_id: int, invitation_id: int, *, yes: bool) -> None:
    """A yes offers one place a week, which `/coach on` changes. Raises NotFound for somebody else's."""
    row = queries.claim_invitation(books, invitation_id)
    if row is None or row.person_id != person_id:
        raise NotFound(_("That invitation is gone, or it is not yours."))
    row.accepted = yes
    if yes:
        preferences.offer(books, person_id, capacity=1)


def quarter_of(day: date) -> date:
    """The first day of the calendar quarter."""
    return date(day.year, (day.month - 1) // 3 * 3 + 1, 1)


def _ask(books: Books, person: Member) -> CoachInvitation | None:
    """None where the person was asked this quarter."""
    quarter = quarter_of(local_date(books.now, person.zone))
    row = CoachInvitation(
        workspace_id=books.workspace_id,
        person_id=person.id,
        quarter=quarter,
    )
    if not insert_once(books.session, row):
        return None
    return queries.invited_in_quarter(books, person.id, quarter)
