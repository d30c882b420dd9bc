"""What every reading command has in common: on whose behalf it asks, about whose calendar, as known when."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

import typer

from bot.blocks.reader import Reader, reader
from bot.calendar import periods
from bot.calendar.periods import Period
from bot.cli.cli_context import Desk, moment
from bot.people.domain.access import OPERATOR, Viewer
from bot.people.services import people, teams
from bot.people.services.teams import Floor
from storage.books import Books
from storage.database import Session

OfTeam = Annotated[str | None, typer.Option("--team", help="Its name.")]
OfPeriod = Annotated[
    str,
    typer.Option(
        "--period", help="2026-W46, 2026-10, 2026-Q4, 13w, week, last-month, 2026-10-01..2026-11-01."
    ),
]
OfWeek = Annotated[str | None, typer.Option("--week", help="An ISO week such as 2026-W46.")]


@dataclass(frozen=True, slots=True)
class Asked:
    """A reading question: on whose behalf, about which team's calendar, as known when."""

    session: Session
    desk: Desk
    viewer: Viewer
    as_of: datetime

    @property
    def books(self) -> Books:
        return Books(self.session, self.desk.workspace_id, self.as_of)

    def floor(self, team: str | None) -> Floor:
        if team is not None:
            return teams.named(self.books, team)
        return teams.everywhere(self.books)

    def period(self, text: str, floor: Floor) -> Period:
        """Raises BadInput for one that cannot be read or has not begun."""
        found = periods.parse(text, now=self.as_of, zone=floor.zone, fiscal_start=floor.fiscal_start)
        periods.demand_begun(found, self.as_of)
        return found

    def reads(self, floor: Floor) -> Reader:
        return reader(None, floor.zone)


def asked(session: Session, desk: Desk, as_of: str | None, viewer: str | None) -> Asked:
    instant = moment(as_of, desk)
    if viewer is None:
        return Asked(session, desk, OPERATOR, instant)
    someone = people.find(Books(session, desk.workspace_id, desk.now), viewer)
    return Asked(
        session, desk, people.viewer(Books(session, desk.workspace_id, instant), someone.id), instant
    )
