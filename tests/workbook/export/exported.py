"""A quarter of a small team's work, and what an export makes of it."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.calendar import periods
from bot.core.enums import DealStatus, Metric, PairingStatus, Role
from bot.people.domain.access import OPERATOR, Viewer
from bot.workbook.services import export as exports
from bot.workbook.services.export import ExportReport, Form
from storage.database import Database
from storage.tables import Prompt
from tests.support.builders import Builder, workspace

BERLIN, NEW_YORK = ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York")
MONDAY = date(2026, 8, 17)
PERIOD = periods.parse("2026-08-17..2026-11-16", now=datetime(2026, 11, 20, tzinfo=UTC), zone=BERLIN)
NOW = datetime(2026, 11, 16, 9, 0, tzinfo=BERLIN)


@dataclass(frozen=True)
class World:
    """Two teams in two zones; Mia leads East, Wes leads West."""

    db: Database
    workspace_id: int
    east: int
    west: int
    people: dict[str, int]

    def viewer(self, name: str) -> Viewer:
        led = {"Mia": self.east, "Wes": self.west}
        teams = frozenset([led[name]] if name in led else [])
        return Viewer(self.people[name], managed_team_ids=teams)

    def export(
        self,
        path: Path,
        viewer: Viewer = OPERATOR,
        *,
        team_id: int | None = None,
        as_of: datetime = NOW,
        raw: bool = True,
        form: Form = Form.XLSX,
    ) -> ExportReport:
        return exports.write(
            self.db,
            self.workspace_id,
            viewer,
            period=PERIOD,
            team_id=team_id,
            as_of=as_of,
            now=NOW,
            path=path,
            raw=raw,
            form=form,
        )


def at(week: int, day: int, hour: int = 10, minute: int = 0, zone: ZoneInfo = BERLIN) -> datetime:
    """A time of the period's week (from 0) and day (Monday is 0), by the clock of a zone."""
    return datetime.combine(MONDAY + timedelta(weeks=week, days=day), datetime.min.time(), zone).replace(
        hour=hour, minute=minute
    )


def build(db: Database) -> World:
    with db.begin() as session:
        acme = workspace(session)
        east, west = acme.team("East"), acme.team("West", zone="America/New_York")
        people = {
            "Ana": acme.rep("Ana", Role.SDR, east),
            "Ada": acme.rep("Ada", Role.SDR, east),
            "Sue": acme.rep("Sue", Role.SDR, west),
            "Ben": acme.rep("Ben", Role.AE, east),
            "Bob": acme.rep("Bob", Role.AE, west),
            "Cy": acme.rep("Cy", Role.AM, east),
            "Mia": acme.rep("Mia", Role.MANAGER, east),
            "Wes": acme.rep("Wes", Role.MANAGER, west),
        }
        talk(acme, people)
        pass_leads(acme, people)
        sell(acme, people)
        coach(acme, people, east)
        for key, values_held in {"Acme": (100, 130), "Birch": (200, 200), "Cedar": (50, 0)}.items():
            for day, value in zip((date(2026, 1, 5), date(2026, 10, 1)), values_held, strict=True):
                acme.account(people["Cy"], key, day, value)
    return World(db, acme.workspace_id, east, west, people)


def talk(acme: Builder, people: dict[str, int]) -> None:
    """Calls, some debriefed, some asked about; one just before midnight at the end, one after it."""
    for name, zone in (
        ("Ana", BERLIN),
        ("Ada", BERLIN),
        ("Sue", NEW_YORK),
        ("Ben", BERLIN),
        ("Bob", NEW_YORK),
    ):
        for week in range(6):
            call = acme.call(people[name], at(week, 1, zone=zone), minutes=5 + week)
            acme.session.add(
                Prompt(
                    workspace_id=acme.workspace_id,
                    call_id=call,
                    person_id=people[name],
                    asked_at=at(week, 1, 11, zone=zone),
                )
            )
            acme.debrief(
                people[name],
                at(week, 2, zone=zone),
                outcome="advanced" if week % 2 else "lost",
                reason="=HYPERLINK(1)",
                went_well=f"{name} listened",
                timeline_agreed=[True, False, None][week % 3],
                authority_reached=True,
                tags=["timeline", "own_idea"],
            )
        acme.debrief(people[name], at(12, 6, 23, 30, zone=zone), outcome="advanced")
        acme.debrief(people[name], at(13, 0, 0, 30, zone=zone), outcome="advanced")


def pass_leads(acme: Builder, people: dict[str, int]) -> None:
    for week in range(6):
        acme.handoff(people["Ana"], people["Ben"], at(week, 3), accepted=True, criteria_met=week > 0)
        acme.handoff(
            people["Ana"], people["Bob"], at(week, 3), accepted=False, reason="They had no budget at all"
        )
        acme.handoff(people["Sue"], people["Ben"], at(week, 4, zone=NEW_YORK), accepted=week % 2 == 0)
    acme.handoff(people["Ada"], people["Ben"], at(12, 6, 23, 30))
    acme.handoff(people["Ada"], people["Ben"], at(13, 0, 0, 30))


def sell(acme: Builder, people: dict[str, int]) -> None:
    for week in range(8):
        for name, zone in (("Ben", BERLIN), ("Bob", NEW_YORK)):
            opened = at(week - 3, 0, 12, zone=zone)
            status = [DealStatus.WON, DealStatus.LOST, DealStatus.OPEN, DealStatus.WON][week % 4]
            closed = None if status is DealStatus.OPEN else opened + timedelta(days=20 + week)
            acme.deal(
                people[name],
                opened,
                status=status,
                closed_at=closed,
                expected_close=opened.date() + timedelta(days=30),
                timeline_confirmed=week % 2 == 0,
            )
    acme.deal(people["Ben"], at(2, 0), status=DealStatus.WON, closed_at=at(13, 2))


def coach(acme: Builder, people: dict[str, int], east: int) -> None:
    ben, ana = people["Ben"], people["Ana"]
    acme.pairing(east, ben, ana, MONDAY, metric=Metric.QUALIFIED_RATE, status=PairingStatus.MET)
    acme.pairing(east, ben, ana, MONDAY + timedelta(weeks=2), status=PairingStatus.DECLINED)
    for week, minutes, kept in ((0, 30, True), (1, 45, False), (12, 30, None)):
        day = MONDAY + timedelta(weeks=week, days=2)
        acme.coached(ben, ana, day, minutes=minutes, kept=kept, metric=Metric.QUALIFIED_RATE)
    acme.coached(ben, ana, MONDAY + timedelta(weeks=1, days=3), minutes=90, kept=True)
    acme.coached(ben, ana, MONDAY + timedelta(weeks=11, days=4), minutes=15)
    acme.coached(ben, people["Ada"], MONDAY + timedelta(days=4), minutes=20, commitment="")
