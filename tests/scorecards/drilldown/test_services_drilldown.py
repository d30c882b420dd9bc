"""The records behind a figure are those it was counted from."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.calendar.periods import parse
from bot.core.enums import DealStatus, Metric, Outcome, Role
from bot.scorecards.domain.drilldown import Bearing, Record
from bot.scorecards.domain.scorecard import Scorecard
from bot.scorecards.services import drilldown, over_time
from bot.scorecards.services import scorecard as scorecards
from storage.books import Books
from storage.database import Database
from tests.support.builders import Builder, workspace

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 16, 9, tzinfo=UTC)
WEEKS = parse("13w", now=NOW, zone=BERLIN)
COUNTED = {
    Role.SDR: (Metric.QUALIFIED_RATE, Metric.EFFECTIVE_RATE, Metric.TIMELINE_RATE, Metric.AUTHORITY_RATE),
    Role.AE: (Metric.WIN_RATE, Metric.CLOSE_RATE, Metric.HANDOFF_FEEDBACK_RATE, Metric.COMMITMENTS_KEPT),
}


@pytest.fixture
def build(db: Database) -> Iterator[Builder]:
    with db.begin() as session:
        yield workspace(session)


@pytest.fixture
def people(build: Builder) -> dict[Role, int]:
    """An SDR, an AE and an AM with ten weeks of work, some of it before and after the period."""
    team = build.team()
    sdr, ae, am = (build.rep(role, role, team) for role in (Role.SDR, Role.AE, Role.AM))
    for week in range(16):
        at = NOW - timedelta(weeks=week)
        build.handoff(sdr, ae, at, accepted=(True, False, None)[week % 3], reason="Their budget is frozen.")
        outcome = Outcome.ADVANCED if week % 2 else Outcome.LOST
        build.debrief(sdr, at, outcome=outcome, timeline_agreed=(True, False, None)[week % 3])
        status = (DealStatus.WON, DealStatus.LOST, DealStatus.OPEN)[week % 3]
        closed_at = None if status is DealStatus.OPEN else at
        build.deal(ae, at - timedelta(days=30), status=status, closed_at=closed_at, company=f"Acme {week}")
        build.coached(am, ae, at.date(), kept=(True, False, None)[week % 3], minutes=20 + week)
    build.account(am, "Acme", date(2026, 6, 1), 100)
    build.account(am, "Acme", date(2026, 10, 1), 130)
    build.session.flush()
    return {Role.SDR: sdr, Role.AE: ae, Role.AM: am}


def card(build: Builder, rep: int) -> Scorecard:
    return scorecards.scorecard_of(Books(build.session, build.workspace_id, NOW), rep, WEEKS, as_of=NOW)


def records(build: Builder, rep: int, metric: Metric) -> list[Record]:
    return drilldown.rows_behind(Books(build.session, build.workspace_id, NOW), rep, metric, WEEKS, as_of=NOW)


@pytest.mark.parametrize("role, metric", [(role, metric) for role in COUNTED for metric in COUNTED[role]])
def test_a_hand_count_of_the_records_gives_the_figure(
    build: Builder, people: dict[Role, int], role: Role, metric: Metric
) -> None:
    shown = card(build, people[role]).figure(metric)
    found = records(build, people[role], metric)
    counting = [record for record in found if record.bearing is Bearing.COUNTS]
    waiting = [record for record in found if record.bearing is Bearing.WAITS]

    assert shown is not None
    assert shown.measure.numerator == len(counting)
    undecided = 0 if metric is Metric.COMMITMENTS_KEPT else len(waiting)
    assert shown.measure.denominator == len(found) - undecided


def test_leads_per_call_lists_the_leads_first_and_then_the_calls(
    build: Builder, people: dict[Role, int]
) -> None:
    shown = card(build, people[Role.SDR]).figure(Metric.QUALIFICATION_EFFICIENCY)
    told = [one.bearing for one in records(build, people[Role.SDR], Metric.QUALIFICATION_EFFICIENCY)]

    assert shown is not None
    assert shown.measure.numerator
    assert told == [Bearing.COUNTS] * int(shown.measure.numerator) + [Bearing.DIVIDES] * 13
    assert shown.measure.denominator == 13


def test_totals_and_amounts_add_up(build: Builder, people: dict[Role, int]) -> None:
    am = card(build, people[Role.AM])
    minutes, gained = am.figure(Metric.COACHING_MINUTES), am.figure(Metric.UPSELL_RATE)

    assert minutes is not None
    assert minutes.measure.value == sum(
        record.amount or 0 for record in records(build, people[Role.AM], Metric.COACHING_MINUTES)
    )
    assert gained is not None
    assert [(one.name, one.amount) for one in records(build, people[Role.AM], Metric.UPSELL_RATE)] == [
        ("Acme", gained.measure.numerator)
    ]


def test_the_newest_comes_first(build: Builder, people: dict[Role, int]) -> None:
    days = [
        one.at for one in records(build, people[Role.AE], Metric.CLOSE_RATE) if isinstance(one.at, datetime)
    ]

    assert len(days) > 3
    assert days == sorted(days, reverse=True)


def test_the_weeks_of_a_trend_are_the_weeks_of_its_records(build: Builder, people: dict[Role, int]) -> None:
    course = over_time.trend_of(
        Books(build.session, build.workspace_id, NOW), people[Role.AE], BERLIN, as_of=NOW
    )

    assert course.metric is Metric.WIN_RATE
    assert [monday for monday, _value in course.weeks][::12] == [date(2026, 8, 17), date(2026, 11, 9)]
    won = {1.0: DealStatus.WON, 0.0: DealStatus.LOST, None: DealStatus.OPEN}
    told = [won[value] for _monday, value in reversed(course.weeks)]
    assert told == [(DealStatus.WON, DealStatus.LOST, DealStatus.OPEN)[week % 3] for week in range(1, 14)]
