"""When the pairs of each team's week are made, whatever day its digest comes."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.calendar.wallclock import local_date
from bot.coaching.domain import week as rules
from bot.people.services import calendars, members, teams
from bot.people.services import workspace as workspaces
from storage.books import Books
from storage.queries.coaching import pairing as pair_queries
from storage.queries.digest import digests as team_queries
from storage.tables import Team

SAID_ONCE_IN = timedelta(weeks=4)
"""Who waits for a coach is told why, and not told the same again for as long."""


@dataclass(frozen=True, slots=True)
class Due:
    """A team to see to; `week` is the Monday of the pairs to make, None where none begins now.

    `due_at` is what the team was due at (None: never looked at), `next_at` when it is due again.
    """

    team_id: int
    week: date | None
    due_at: datetime | None
    next_at: datetime


def weeks_due(books: Books) -> list[Due]:
    """Teams with a channel whose week begins, or that were never looked at."""
    return [_due(books, team) for team in team_queries.pairs_due(books)]


def settle(books: Books, due: Due) -> bool:
    """Set the team's next time; False where another process has done so."""
    team = team_queries.claim_team(books, due.team_id)
    if team is None or team.pairs_next_at != due.due_at:
        return False
    team.pairs_next_at = due.next_at
    return True


def upcoming(team: Team, now: datetime) -> date:
    """The Monday of the next week whose pairs are still to be made."""
    zone = ZoneInfo(team.time_zone)
    today = rules.monday_of(local_date(now, zone))
    if team.pairs_next_at is None:
        return today + rules.WEEK
    return max(today, rules.monday_of(local_date(team.pairs_next_at, zone)))


def running(books: Books, team_id: int) -> date | None:
    """The Monday of the running week; None where its pairs are still to be made."""
    team = team_queries.team(books, team_id)
    if team is None:
        return None
    monday = rules.monday_of(local_date(books.now, ZoneInfo(team.time_zone)))
    return monday if upcoming(team, books.now) > monday else None


def is_about_to_open(books: Books, team_id: int) -> bool:
    """Whether the team has pairs made, and those of the running week are still to be."""
    team = team_queries.team(books, team_id)
    if team is None or not team.channel or team.pairs_next_at is None:
        return False
    zone = ZoneInfo(team.time_zone)
    sunday = rules.monday_of(local_date(books.now, zone)) + rules.WEEK
    return local_date(team.pairs_next_at, zone) < sunday


def teams_of(books: Books, pairing_id: int) -> set[int]:
    """Whose people may take what becomes free when a pair ends: the learner's team, and the coach's."""
    row = pair_queries.by_id(books, pairing_id)
    if row is None:
        return set()
    of_coach = teams.own(books, members.member(books, row.coach_id)).id
    return {row.team_id} | ({of_coach} if of_coach is not None else set())


def was_said(books: Books, person_id: int, text: str, *, within: timedelta = SAID_ONCE_IN) -> bool:
    return pair_queries.said_since(books, person_id, text, books.now - within)


def _due(books: Books, team: Team) -> Due:
    """A week that had begun while the bot was away is made late: a cycle that runs must not lose it."""
    zone = ZoneInfo(team.time_zone)
    opens = workspaces.settings(books).work_starts
    today = local_date(books.now, zone)
    holidays = calendars.public_holidays(team.country, today.year, today.year + 1)
    monday = rules.monday_of(today)
    begun = rules.begins(monday, opens, zone, holidays)
    is_begun = team.pairs_next_at is not None and begun is not None and begun <= books.now
    return Due(
        team.id,
        monday if is_begun else None,
        team.pairs_next_at,
        rules.next_begin(books.now, opens, zone, holidays),
    )
