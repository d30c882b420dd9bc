"""Are managers coaching? What their teams' pairs came to, week by week, and the sessions they held themselves."""

from collections import Counter, defaultdict
from collections.abc import Collection
from datetime import date, timedelta

from bot.coaching.domain.plans import ManagersWeeks, PairsOfWeek
from bot.core.enums import PairingStatus, Role
from bot.people.services import teams
from storage.books import Books
from storage.queries.coaching import pairing as pairings
from storage.queries.coaching import sessions
from storage.tables import Pairing

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
