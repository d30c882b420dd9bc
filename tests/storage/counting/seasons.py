"""A few weeks of a rep, counted by the rollup and by the rows."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlmodel import Session

from bot.core.enums import Outcome, Role
from storage.queries.scorecards import asking as queries
from storage.queries.scorecards import rollups
from storage.queries.scorecards.asking import Counts
from storage.queries.scorecards.spans import Span
from storage.rollup_upkeep import QUESTIONS
from storage.tables import (
    Call,
    Prompt,
    RepWeek,
)
from tests.storage.counting.worlds import START
from tests.support.builders import Builder

UTC_ZONE, BERLIN, AUCKLAND = ZoneInfo("UTC"), ZoneInfo("Europe/Berlin"), ZoneInfo("Pacific/Auckland")
FAR = START + timedelta(weeks=60)
Counted = list[dict[str, int]]
"""Of each span."""


def by_rollup(
    session: Session, home: int, spans: list[Span], zone: ZoneInfo, *, as_of: datetime = FAR
) -> Counted:
    zones = [zone] * len(spans)
    return told(rollups.count(session, QUESTIONS, home, spans, zones, as_of=as_of, few=0))


def by_rows(session: Session, home: int, spans: list[Span], *, as_of: datetime = FAR) -> Counted:
    """Each span and each question by itself."""
    found: Counted = [{} for _ in spans]
    for question in QUESTIONS:
        for n, span in enumerate(spans):
            [counts] = queries.count(session, (question,), home, [span], as_of=as_of)
            found[n].update(counts)
    return told(found)


def told(counts: Sequence[Counts]) -> Counted:
    """Without what is nothing."""
    return [{name: n for name, n in its.items() if n} for its in counts]


def over(rep: int, first: date, beyond: date, zone: ZoneInfo, until: datetime = FAR) -> Span:
    since, end = (
        datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC) for day in (first, beyond)
    )
    return Span(rep, since, min(end, until), first, min(beyond, until.date()) - timedelta(days=1))


def weeks(session: Session) -> list[tuple[object, ...]]:
    columns = [column for column in RepWeek.__table__.columns if column.name != "id"]  # type: ignore[attr-defined]
    return sorted((tuple(row) for row in session.execute(sa.select(*columns))), key=str)


def season(build: Builder) -> list[int]:
    """Two SDRs and their AE, five weeks of work."""
    team = build.team(zone="Europe/Berlin")
    ana, ben, bo = (
        build.rep("Ana", Role.SDR, team), build.rep("Ben", Role.SDR, team), build.rep("Bo", Role.AE, team)
    )  # fmt: skip
    for n in range(35):
        at = START + timedelta(days=n, hours=n % 24, minutes=59)
        for rep in (ana, ben, bo):
            build.debrief(rep, at, outcome=Outcome.ADVANCED, timeline_agreed=bool(n % 2))
        build.handoff(ana, bo, at, accepted=bool(n % 3))
        build.session.flush()
    for call in build.session.scalars(sa.select(Call)).all():
        build.session.add(
            Prompt(
                workspace_id=call.workspace_id,
                call_id=call.id,
                person_id=call.person_id,
                asked_at=call.ended_at,
            )
        )
    return [ana, ben, bo]
