"""What every reading command has in common: on whose behalf it asks, about whose calendar, as known when."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

import typer

from bot.cli.desk import Desk, moment
from bot.domain import periods
from bot.domain.access import OPERATOR, Viewer
from bot.domain.periods import Period
from bot.services import floors, people
from bot.services.floors import Floor
from bot.views.reader import Reader, reader
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

    def floor(self, team: str | None) -> Floor:
        if team is not None:
            return floors.named(self.session, self.desk.workspace_id, team)
        return floors.everywhere(self.session, self.desk.workspace_id)

    def period(self, text: str, floor: Floor) -> Period:
        return periods.parse(text, now=self.as_of, zone=floor.zone, fiscal_start=floor.fiscal_start)

    def reads(self, floor: Floor) -> Reader:
        return reader(None, floor.zone)


def asked(session: Session, desk: Desk, as_of: str | None, viewer: str | None) -> Asked:
    instant = moment(as_of, desk)
    if viewer is None:
        return Asked(session, desk, OPERATOR, instant)
    someone = people.find(session, desk.workspace_id, viewer)
    return Asked(session, desk, people.viewer(session, desk.workspace_id, someone.id, now=instant), instant)
