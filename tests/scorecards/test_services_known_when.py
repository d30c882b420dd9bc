"""What counts in a period: by the clock of the rep's team, the role held, and what was known at the moment."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import select

from bot.calendar.periods import parse
from bot.core.enums import DealStatus, Metric, Role
from storage.tables import Membership
from tests.scorecards.cards import BERLIN, NOW, card, measured, october
from tests.support.builders import Builder


def test_a_lead_passed_late_on_sunday_belongs_to_that_week_whatever_utc_says(build: Builder) -> None:
    west = build.team("West", zone="America/Los_Angeles")
    sdr, ae = build.rep("Dee", Role.SDR, west), build.rep("Eli", Role.AE, west)
    zone = ZoneInfo("America/Los_Angeles")
    build.handoff(sdr, ae, datetime(2026, 11, 15, 23, 30, tzinfo=zone))

    for asked_from in (zone, BERLIN):
        week = parse("2026-W46", now=NOW, zone=asked_from)
        assert measured(build, sdr, Metric.QUALIFIED_RATE, week).awaiting == 1


def test_a_decision_after_the_moment_asked_for_still_awaits(build: Builder, sdr: int, ae: int) -> None:
    build.handoff(sdr, ae, october(5), accepted=True)

    before, after = (measured(build, sdr, Metric.QUALIFIED_RATE, as_of=october(day, 9)) for day in (5, 6))
    assert (before.denominator, before.awaiting) == (0, 1)
    assert (after.denominator, after.awaiting) == (1, 0)


def test_a_deal_won_after_the_moment_asked_for_is_open_then(build: Builder, ae: int) -> None:
    build.deal(ae, october(1), status=DealStatus.WON, closed_at=october(20))

    then = measured(build, ae, Metric.CLOSE_RATE, as_of=october(19))
    assert (then.numerator, then.denominator) == (0, 1)
    assert measured(build, ae, Metric.CLOSE_RATE).numerator == 1


def test_a_session_held_on_a_day_is_known_at_the_days_end(build: Builder, ae: int, sdr: int) -> None:
    build.coached(ae, sdr, date(2026, 10, 7), minutes=25)

    known = [
        measured(build, ae, Metric.COACHING_MINUTES, as_of=moment).value
        for moment in (october(7, 18), october(8, 0) - timedelta(microseconds=1), october(9))
    ]
    assert known == [0, 25, 25]


def test_numbers_from_before_a_change_stay_with_the_old_role(build: Builder, sdr: int, team: int) -> None:
    session = build.session
    old = session.exec(select(Membership).where(Membership.person_id == sdr)).one()
    old.ended_on = date(2026, 10, 11)
    session.add(
        Membership(
            workspace_id=build.workspace_id, person_id=sdr, team_id=team, role=Role.AE,
            started_on=date(2026, 10, 12),
        )
    )  # fmt: skip
    session.flush()
    build.call(sdr, october(9))
    build.call(sdr, october(12))
    build.call(sdr, october(13))

    september = parse("2026-09", now=NOW, zone=BERLIN)
    assert card(build, sdr, september).rep.role is Role.SDR
    assert card(build, sdr).rep.role is Role.AE
    calls = measured(build, sdr, Metric.CALLS_PER_DAY)
    assert (calls.numerator, calls.denominator) == (2, 15), "of the days since Monday, the 12th"
    early = parse("2026-10-01..2026-10-12", now=NOW, zone=BERLIN)
    assert measured(build, sdr, Metric.CALLS_PER_DAY, early).numerator == 1


def test_holidays_of_the_teams_country_and_leave_are_no_days_present(build: Builder) -> None:
    team = build.team("Berlin", country="DE")
    sdr = build.rep("Fay", Role.SDR, team)
    build.away(sdr, date(2026, 12, 30), date(2027, 1, 3))
    build.call(sdr, datetime(2026, 12, 1, 12, tzinfo=UTC))
    december = parse("2026-12", now=NOW, zone=BERLIN)

    days = measured(build, sdr, Metric.CALLS_PER_DAY, december, datetime(2027, 1, 5, tzinfo=UTC))
    assert days.denominator == 23 - 1 - 2, "23 weekdays without Christmas Day and two days away"


def test_somebody_new_is_ramping_for_four_weeks(build: Builder, team: int) -> None:
    new = build.rep("Gil", Role.SDR, team, started_on=date(2026, 10, 12))
    settled = build.rep("Hal", Role.SDR, team, started_on=date(2026, 9, 1))

    assert card(build, new).ramping
    assert card(build, new).score is None
    assert not card(build, settled).ramping
