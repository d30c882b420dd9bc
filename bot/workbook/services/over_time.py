"""What a workbook tells over time, and of which teams: of one's own numbers alone nothing is told of a team."""

from collections.abc import Iterator, Mapping

from bot.core.enums import Role
from bot.people.services import people, teams
from bot.people.services.teams import Floor
from bot.scorecards.services import forecast_record, over_time
from bot.workbook.domain.over_time import OfTeam
from bot.workbook.services.reach import Reach
from storage.books import Books


def of_teams(reach: Reach, team_id: int | None) -> list[OfTeam]:
    """A forecast's past is told where the period runs, as the forecast is."""
    books = Books(reach.session, reach.workspace_id, reach.as_of)
    runs = reach.period.contains(reach.as_of)
    return [
        OfTeam(
            floor.name,
            over_time.of_team(books, floor, as_of=reach.as_of),
            forecast_record.of_team(books, floor, as_of=reach.as_of) if runs else None,
        )
        for floor in floors(reach, team_id)
    ]


def floors(reach: Reach, team_id: int | None) -> Iterator[Floor]:
    """Everybody at once where all AEs are shown, else team by team; none for a rep's own workbook."""
    if set(reach.shown) == {reach.viewer.person_id}:
        return
    known = floors_by_id(reach)
    led = {one.rep.team_id for one in reach.shown.values()}
    aes = {one.rep.id for one in reach.in_role(Role.AE)}
    every = {stint.rep.id for stint in people.who_held(reach.books, Role.AE, reach.period, as_of=reach.as_of)}
    if len(led) > 1 and team_id is None and aes == every:
        yield teams.everywhere(reach.books)
    else:
        yield from (known[team] for team in sorted(led))


def floors_by_id(reach: Reach) -> Mapping[int | None, Floor]:
    return {floor.id: floor for floor in teams.every(reach.books)}
