"""What the year tells a forecast: looks at the open deals of earlier days, counted by hand."""

from datetime import UTC, datetime

import pytest

from bot.core.enums import DealStatus, Role
from bot.pipeline.services import forecast as years
from storage.books import Books
from tests.support.builders import Builder

NOW = datetime(2026, 11, 16, 9, tzinfo=UTC)


def day(month: int, number: int) -> datetime:
    return datetime(2026, month, number, 9, tzinfo=UTC)


@pytest.fixture
def ae(build: Builder) -> int:
    """Won on 1 August, 20 August and 25 October; one is open since October."""
    rep = build.rep("Ben", Role.AE, build.team())
    for opened, closed in ((day(5, 1), day(8, 1)), (day(6, 1), day(8, 20)), (day(10, 1), day(10, 25))):
        build.deal(rep, opened, status=DealStatus.WON, closed_at=closed)
    build.deal(rep, day(10, 1))
    build.session.flush()
    return rep


@pytest.mark.usefixtures("ae")
def test_each_look_counts_what_was_won_in_as_many_days_as_are_left_now(build: Builder) -> None:
    past = years.past(Books(build.session, build.workspace_id, NOW), 14, "USD", as_of=NOW)

    # 19 October: two open, one won by 2 November. 21 September, 24 August: none open.
    # 17 August, at the same place of the quarter before: one open, won by 31 August.
    assert [(one.won, one.same_place) for one in past.looks] == [
        (1, False),
        (0, False),
        (0, False),
        (1, True),
    ]
    assert [one.expected > 0 for one in past.looks] == [True, False, False, True]


@pytest.mark.usefixtures("ae")
def test_no_look_sees_further_than_today(build: Builder) -> None:
    past = years.past(Books(build.session, build.workspace_id, NOW), 60, "USD", as_of=NOW)

    assert [(one.won, one.same_place) for one in past.looks] == [(0, False), (1, True)]
