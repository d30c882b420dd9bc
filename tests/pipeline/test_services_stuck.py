"""Stuck and slipped deals, from the rows and their histories."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import func, select

from bot.calendar.periods import parse
from bot.core.enums import DealStatus, Role
from bot.pipeline.domain.stuck import Pipeline, StuckReason
from bot.pipeline.services import stuck as pipelines
from storage.books import Books
from storage.tables import Deal, DealChange, DealField
from tests.support.builders import Builder

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 30, 9, tzinfo=UTC)
NOVEMBER = parse("2026-11", now=NOW, zone=BERLIN)
OPENED = datetime(2026, 10, 1, 9, tzinfo=UTC)


@pytest.fixture
def east(build: Builder) -> int:
    return build.team("East")


@pytest.fixture
def ae(build: Builder, east: int) -> int:
    return build.rep("Bo", Role.AE, east)


def look(build: Builder, team: int, as_of: datetime = NOW) -> Pipeline:
    return pipelines.of_team(Books(build.session, build.workspace_id, NOW), team, NOVEMBER, as_of=as_of)


def sound(build: Builder, ae: int, **about: Any) -> int:
    kept: dict[str, Any] = {
        "expected_close": date(2026, 12, 20), "timeline_confirmed": True, "authority_confirmed": True,
        "last_activity_at": NOW - timedelta(days=2),
    } | about  # fmt: skip
    build.deal(ae, OPENED, **kept)
    return newest(build)


def newest(build: Builder) -> int:
    return build.session.exec(select(func.max(Deal.id))).one()


def changed(
    build: Builder, deal: int, field: DealField, old: str | None, new: str | None, at: datetime
) -> None:
    build.session.add(
        DealChange(
            workspace_id=build.workspace_id, deal_id=deal, field=field, old=old, new=new, changed_at=at
        )
    )
    build.session.flush()


def test_a_team_sees_what_is_stuck_and_why(build: Builder, east: int, ae: int) -> None:
    sound(build, ae)
    late = sound(build, ae, expected_close=date(2026, 11, 20))
    loose = sound(build, ae, timeline_confirmed=False, authority_confirmed=None)
    silent = sound(build, ae, last_activity_at=NOW - timedelta(days=15))
    sound(build, ae, status=DealStatus.WON, closed_at=NOW - timedelta(days=1), expected_close=None)

    found = look(build, east)

    assert (found.open, found.stuck, found.clog) == (4, 3, 0.75)
    assert {stuck.deal.deal_id: stuck.reasons for stuck in found.stuck_deals} == {
        late: (StuckReason.PAST_CLOSE,),
        loose: (StuckReason.NO_TIMELINE_NO_AUTHORITY,),
        silent: (StuckReason.NO_ACTIVITY,),
    }
    assert [deal.deal_id for deal in found.slipped_deals] == [late]


def test_moving_the_date_does_not_hide_a_slip(build: Builder, east: int, ae: int) -> None:
    deal = sound(build, ae, expected_close=date(2027, 1, 31))
    changed(
        build, deal, DealField.EXPECTED_CLOSE, "2026-11-10", "2027-01-31", datetime(2026, 11, 12, tzinfo=UTC)
    )

    found = look(build, east)

    assert (found.stuck, found.slipped) == (0, 1)
    before = look(build, east, as_of=datetime(2026, 11, 9, tzinfo=UTC))
    assert (before.stuck, before.slipped) == (0, 0)
    between = look(build, east, as_of=datetime(2026, 11, 11, tzinfo=UTC))
    assert (between.stuck, between.slipped) == (1, 1), "then it still stood at the 10th"


def test_a_date_that_was_taken_away_is_not_past_but_did_slip(build: Builder, east: int, ae: int) -> None:
    deal = sound(build, ae, expected_close=None)
    changed(build, deal, DealField.EXPECTED_CLOSE, "2026-11-10", None, datetime(2026, 11, 12, tzinfo=UTC))

    found = look(build, east)

    assert (found.stuck, found.slipped) == (0, 1)
    assert look(build, east, as_of=datetime(2026, 11, 11, 12, tzinfo=UTC)).stuck == 1, "then it still stood"


def test_what_was_written_down_later_is_not_known_before(build: Builder, east: int, ae: int) -> None:
    sound(build, ae)
    deal = sound(build, ae)
    for field in (DealField.TIMELINE_CONFIRMED, DealField.AUTHORITY_CONFIRMED):
        changed(build, deal, field, "no", "yes", datetime(2026, 11, 20, tzinfo=UTC))

    assert look(build, east, as_of=datetime(2026, 11, 19, tzinfo=UTC)).stuck == 1
    assert look(build, east, as_of=datetime(2026, 11, 21, tzinfo=UTC)).stuck == 0


def test_columns_that_the_whole_workspace_leaves_blank_blame_nobody(
    build: Builder, east: int, ae: int
) -> None:
    build.deal(ae, OPENED, expected_close=date(2026, 11, 20))
    deal = newest(build)

    found = look(build, east)
    assert found.not_applied == (StuckReason.NO_TIMELINE_NO_AUTHORITY, StuckReason.NO_ACTIVITY)
    assert found.stuck_deals[0].reasons == (StuckReason.PAST_CLOSE,)

    row = build.session.get_one(Deal, deal)
    row.timeline_confirmed = False
    build.session.flush()
    assert StuckReason.NO_TIMELINE_NO_AUTHORITY not in look(build, east).not_applied
    changed(build, deal, DealField.TIMELINE_CONFIRMED, None, "no", NOW - timedelta(days=1))
    earlier = look(build, east, as_of=NOW - timedelta(days=2))
    assert StuckReason.NO_TIMELINE_NO_AUTHORITY in earlier.not_applied, "nobody had filled it in yet"


def test_a_rep_sees_their_own_and_a_team_its_aes(build: Builder, east: int, ae: int) -> None:
    other = build.rep("Cy", Role.AE, build.team("West"))
    sound(build, ae)
    sound(build, other)

    assert look(build, east).open == 1
    own = pipelines.of_rep(Books(build.session, build.workspace_id, NOW), other, NOVEMBER, as_of=NOW)
    assert own.open == 1
