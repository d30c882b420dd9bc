"""What was told was true as often as it said: few made worlds here, many by `make simulate`; and the public export."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.pipeline.domain.forecast import Forecast, OpenDeal, Past, forecast
from bot.pipeline.domain.win_curves import Course
from tests.simulate.forecast import DESIGNS, EXPORT, coverage, exported

WORLDS = 30
TEAM = DESIGNS[2]


def test_an_interval_holds_what_came_in_eight_worlds_of_ten() -> None:
    row = coverage(TEAM, WORLDS)
    assert row.holds, row


def too_sure(*given: Any, **how: Any) -> Forecast:
    """A planted fault: an interval of half its width."""
    told = forecast(*given, **how)
    if told.interval is None or told.expected is None:
        return told
    low, high = told.interval
    return replace(told, interval=((low + told.expected) / 2, (high + told.expected) / 2))


def without_the_lost(past: Past, deals: list[OpenDeal], **how: Any) -> Forecast:
    """Another: lost deals do not compete with the won ones, as if they had gone on being open."""
    courses = tuple(replace(one, won=one.won or None) for one in past.courses)
    return forecast(replace(past, courses=courses), deals, **how)


@pytest.mark.parametrize("fault", [too_sure, without_the_lost])
def test_a_fault_turns_the_study_red(fault: Any) -> None:
    row = coverage(TEAM, WORLDS, fault)
    assert not row.holds, row


@pytest.mark.skipif(not EXPORT.exists(), reason=f"{EXPORT} is not here")
def test_the_public_export_is_told_from_what_it_said_on_the_day() -> None:
    """What is told on a day is the same whether the export ends on it or goes on."""
    deals, _ = exported()
    today = date(2017, 9, 1).toordinal()
    days = date(2017, 9, 30).toordinal() - today

    def told(until: int) -> Forecast:
        """By an export made on the day `until`."""
        courses, wins = [], []
        for deal in deals:
            if deal.opened <= today:
                ended = deal.ended if deal.ended <= until else None
                left = min(ended or today, today) - deal.opened
                is_over = ended is not None and ended <= today
                courses.append(Course(-1, left, deal.won if is_over else None))
                wins += [deal.amount] if is_over and deal.won else []
        standing = [
            OpenDeal(one.id, today - one.opened, None)
            for one in deals
            if one.team == 0 and one.is_open(today)
        ]
        return forecast(Past(tuple(courses), tuple(wins)), standing, won=0, days=days, seed=1)

    then, later = told(today), told(date(2018, 1, 1).toordinal())
    assert then == later
    assert then.open > 100 and then.unknown == then.open
    assert then.interval and 0 < then.interval[0] < then.interval[1]
