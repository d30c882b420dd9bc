"""Targets and weights in force: what a card's JSON, a ranking and a digest are held to."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.calendar.periods import Period, parse
from bot.core.enums import Metric, Role
from bot.core.errors import BadInput
from bot.scorecards.domain.ranking import SCORE_WEIGHTS
from bot.scorecards.services import rankings, targets
from bot.scorecards.services import scorecard as scorecards
from bot.scorecards.views import as_json as answers
from storage.books import Books
from tests.support.builders import Builder

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 12, 1, 9, tzinfo=UTC)
OCTOBER = parse("2026-10", now=NOW, zone=BERLIN)
NOVEMBER = parse("2026-11", now=NOW, zone=BERLIN)


@pytest.fixture
def ana(build: Builder) -> int:
    """Ten calls of ten minutes in October, half of whose working days she is away."""
    rep = build.rep("Ana", Role.SDR, build.team())
    for n in range(10):
        build.call(rep, datetime(2026, 10, 1, 9, tzinfo=UTC) + timedelta(minutes=15 * n))
    build.away(rep, date(2026, 10, 16), date(2026, 10, 31))
    return rep


def told(build: Builder, rep: int, metric: Metric, period: Period = OCTOBER) -> tuple[object, object]:
    """Target and attainment, as the JSON has them."""
    card = scorecards.scorecard_of(Books(build.session, build.workspace_id, NOW), rep, period, as_of=NOW)
    [found] = [one for one in answers.scorecard(card)["metrics"] if one["key"] == metric]
    return found["target"], found["attainment"]


def aim(
    build: Builder, given: dict[Metric, float | None], from_day: date, person_id: int | None = None
) -> int:
    return targets.change(
        Books(build.session, build.workspace_id, NOW), Role.SDR, given, from_day=from_day, person_id=person_id
    )


def test_a_total_is_asked_of_the_days_one_was_there_and_a_rate_is_not(build: Builder, ana: int) -> None:
    aim(build, {Metric.TALK_MINUTES: 200.0, Metric.CALLS_PER_DAY: 2.0}, date(2026, 10, 1))
    days = 11 / 22  # worked of the working days of October

    target, attained = told(build, ana, Metric.TALK_MINUTES)

    assert target == pytest.approx(200 * 31 / 30.4375 * days)
    assert attained == pytest.approx(100 / (200 * 31 / 30.4375 * days))
    assert told(build, ana, Metric.CALLS_PER_DAY) == (2.0, pytest.approx(10 / 11 / 2))


def test_a_metric_that_is_good_when_low_is_reached_from_above(build: Builder, ana: int) -> None:
    aim(build, {Metric.COST_PER_RESULT: 100.0}, date(2026, 10, 1))
    bo = build.rep("Bo", Role.AE, build.team("West"))
    for n in range(4):
        build.handoff(ana, bo, datetime(2026, 10, 2 + n, 9, tzinfo=UTC), accepted=True)
    build.session.flush()
    cost = 564 * 31 / 30.4375 / 4

    assert told(build, ana, Metric.COST_PER_RESULT) == (100.0, pytest.approx(100 / cost))


def test_a_target_of_nothing_has_no_attainment_and_one_taken_back_is_none(build: Builder, ana: int) -> None:
    aim(build, {Metric.CALLS_PER_DAY: 0.0}, date(2026, 10, 1))
    assert told(build, ana, Metric.CALLS_PER_DAY) == (0.0, None)

    aim(build, {Metric.CALLS_PER_DAY: None}, date(2026, 10, 2))
    assert told(build, ana, Metric.CALLS_PER_DAY) == (None, None)


def test_a_later_target_leaves_earlier_periods_as_they_were(build: Builder, ana: int) -> None:
    aim(build, {Metric.CALLS_PER_DAY: 2.0}, date(2026, 10, 1))
    aim(build, {Metric.CALLS_PER_DAY: 5.0}, date(2026, 11, 1))

    assert told(build, ana, Metric.CALLS_PER_DAY)[0] == 2.0
    assert told(build, ana, Metric.CALLS_PER_DAY, NOVEMBER)[0] == 5.0


def test_setting_what_stands_already_changes_nothing(build: Builder, ana: int) -> None:
    aim(build, {Metric.CALLS_PER_DAY: 2.0}, date(2026, 10, 1), ana)

    assert aim(build, {Metric.CALLS_PER_DAY: 2.0}, date(2026, 10, 1), ana) == 0
    with pytest.raises(BadInput, match="not on the scorecard"):
        aim(build, {Metric.WIN_RATE: 0.5}, date(2026, 10, 1))


def test_weights_count_from_the_day_they_are_confirmed(build: Builder, ana: int) -> None:
    def used(period: Period) -> object:
        return rankings.board_of(
            Books(build.session, build.workspace_id, NOW), Role.SDR, period, as_of=NOW
        ).weights

    given = {Metric.LEADS_PER_MONTH: 1.0, Metric.QUALIFIED_RATE: 3.0, Metric.QUALIFICATION_EFFICIENCY: 0.0}
    proposed = targets.propose_weights(Books(build.session, build.workspace_id, NOW), Role.SDR, given)
    assert used(NOVEMBER) == SCORE_WEIGHTS[Role.SDR], "proposed, not confirmed"

    targets.confirm_weights(Books(build.session, build.workspace_id, NOW), proposed, today=date(2026, 11, 10))

    assert used(NOVEMBER) == {Metric.LEADS_PER_MONTH: 0.25, Metric.QUALIFIED_RATE: 0.75}
    assert used(OCTOBER) == SCORE_WEIGHTS[Role.SDR]


def test_weights_that_somebody_overtook_do_not_come_back(build: Builder, ana: int) -> None:
    first, second = (
        targets.propose_weights(
            Books(build.session, build.workspace_id, NOW), Role.SDR, {Metric.QUALIFIED_RATE: 1.0}
        )
        for _n in range(2)
    )
    targets.confirm_weights(Books(build.session, build.workspace_id, NOW), second, today=date(2026, 11, 10))

    with pytest.raises(BadInput, match="changed these weights meanwhile"):
        targets.confirm_weights(
            Books(build.session, build.workspace_id, NOW), first, today=date(2026, 11, 10)
        )
