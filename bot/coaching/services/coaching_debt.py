"""Who has gone too long without coaching, told to the manager first; and what managers see to, week by week."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from datetime import date, timedelta

from bot.coaching.domain.plans import ManagersWeeks, PairsOfWeek, Uncoached
from bot.core.enums import PairingStatus, Role
from bot.core.errors import BadInput
from bot.core.i18n import gettext as _
from bot.core.session_cache import read_once
from bot.people.domain.someone import Someone
from bot.people.services import teams
from storage.books import Books
from storage.queries.coaching import pairing as pairings
from storage.queries.coaching import sessions
from storage.queries.people import members as people
from storage.queries.people import people as people_queries
from storage.tables import CoachingRules, Pairing

DEBT_DAYS = range(7, 366)
MOST_GAP = 2.0


@read_once
def rules(books: Books) -> CoachingRules:
    return sessions.coaching_rules_of(books)


def limit(books: Books) -> int:
    """Days without coaching after which a manager is told."""
    return rules(books).debt_days


def set_limit(books: Books, days: int) -> None:
    if days not in DEBT_DAYS:
        raise BadInput(_("Please give a number of days from 7 to 365: `/scorecard coaching 28`."))
    known = rules(books)
    known.debt_days = days
    books.session.add(known)


def set_least_gap(books: Books, text: str) -> float:
    """How many standard deviations below its role's middle a figure is before it is worth a coach's four weeks."""
    try:
        gap = float(text.replace(",", "."))
    except ValueError:
        gap = -1.0
    if not 0 <= gap <= MOST_GAP:
        raise BadInput(_("Please give a number from 0 to 2: `/scorecard coaching gap 0.5`."))
    known = rules(books)
    known.least_gap = gap
    books.session.add(known)
    return gap


def newly_owed(books: Books, reps: Mapping[int, Someone], day: date) -> tuple[Uncoached, ...]:
    """Who has come to be owed in the week up to a day: nobody is told of the same person every week."""
    before = {one.person.id for one in owed(books, reps, day - timedelta(weeks=1))}
    return tuple(one for one in owed(books, reps, day) if one.person.id not in before)


@read_once
def has_begun(books: Books, day: date) -> bool:
    """Whether anybody in the workspace has met within the limit: else coaching has not begun, or has stopped."""
    since = day - timedelta(days=limit(books))
    return sessions.is_any_since(books, since)


def owed(books: Books, reps: Mapping[int, Someone], day: date) -> tuple[Uncoached, ...]:
    """Of these reps, as of a day: those who want coaching, have been here as long, and had none; the longest first.

    Nobody, where coaching has not begun.
    """
    since = day - timedelta(days=limit(books))
    if not has_begun(books, day):
        return ()
    last = sessions.last_as_learner(books, reps.keys(), day)
    new = people_queries.began_after(books, reps.keys(), since)
    found = [
        Uncoached(reps[person.id], (day - last[person.id]).days if person.id in last else None)
        for person in people.by_ids(books, reps.keys())
        if person.wants_coaching and person.id not in new and last.get(person.id, date.min) < since
    ]
    return tuple(sorted(found, key=lambda one: (one.days is not None, -(one.days or 0), one.person.name)))


WEEKS = 4
_WEEK = timedelta(weeks=1)
_STARTED = (PairingStatus.ACCEPTED, PairingStatus.MET, PairingStatus.MISSED)


def of_teams(books: Books, team_ids: Collection[int] | None, *, today: date) -> list[ManagersWeeks]:
    """The last four ISO weeks and the running one, per manager of these teams (None: of all), by name."""
    monday = today - timedelta(days=today.weekday())
    weeks = [monday - n * _WEEK for n in range(WEEKS, -1, -1)]
    leads: dict[int, set[int]] = defaultdict(set)
    names: dict[int, str] = {}
    for person, membership, team in teams.roster_on(books, today):
        if membership.role is Role.MANAGER and (team_ids is None or team.id in team_ids):
            leads[person.id].add(team.id)
            names[person.id] = person.name
    pairs = pairings.between(books, weeks[0], weeks[-1])
    held = Counter(coach for coach, _day in sessions.as_coach(books, leads, weeks[0], today))
    return [
        ManagersWeeks(
            names[manager],
            tuple(_week([pair for pair in pairs if pair.team_id in teams], week, monday) for week in weeks),
            held[manager],
        )
        for manager, teams in sorted(leads.items(), key=lambda one: names[one[0]])
    ]


def _week(pairs: list[Pairing], week: date, running: date) -> PairsOfWeek:
    """A pair that had agreed and has said nothing by the week's end has missed it."""
    status = Counter(pair.status for pair in pairs if pair.week == week)
    silent = status[PairingStatus.ACCEPTED] if week < running else 0
    return PairsOfWeek(
        week,
        started=sum(status[one] for one in _STARTED),
        met=status[PairingStatus.MET],
        missed=status[PairingStatus.MISSED] + silent,
    )
