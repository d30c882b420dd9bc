"""Targets and weights as people write them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.calendar.working_hours import Presence
from bot.core.enums import SELLING_ROLES, Metric, Role
from bot.core.errors import BadInput
from bot.scorecards.domain.definitions import DEFINITIONS, compared
from bot.scorecards.domain.evidence import RepTally, gather
from bot.scorecards.domain.tally import Tally
from bot.scorecards.domain.targets import over, read, require_known, suggested, written
from bot.scorecards.domain.weights import shares, weighable, without_own_word
from tests.support.properties import examples

MONTH = Presence(days=30, working=20, present=20)


def test_a_total_shrinks_with_days_away_and_a_rate_does_not() -> None:
    half = Presence(days=30, working=20, present=10)

    assert over(60, Metric.COACHING_MINUTES, half) == pytest.approx(30 * 30 / 30.4375)
    assert over(0.5, Metric.QUALIFIED_RATE, half) == 0.5


def test_a_total_asks_more_of_a_longer_period() -> None:
    quarter = Presence(days=91, working=65, present=65)

    assert over(60, Metric.TALK_MINUTES, quarter) == pytest.approx(60 * 91 / 30.4375)


def test_without_working_days_a_total_asks_nothing() -> None:
    assert over(60, Metric.TALK_MINUTES, Presence(days=2, working=0, present=0)) is None


def test_the_suggestion_is_what_the_best_fifth_reached() -> None:
    rows = [
        RepTally(rep, Tally(calls=100, passed=10, decided=10, qualified=rep), MONTH, ramping=False)
        for rep in range(1, 11)
    ] + [RepTally(11, Tally(passed=10, decided=10, qualified=10), MONTH, ramping=True)]

    found = suggested(gather(Role.SDR, rows, monthly_tool_cost=Decimal(564)), days=30)

    assert found[Metric.QUALIFIED_RATE] == pytest.approx(0.82), "the ramping rep does not count"
    assert found[Metric.COST_PER_RESULT] < 564 / 5, "less is better: the cheap fifth"
    assert Metric.DEBRIEF_RATE not in found, "nobody was prompted"


@examples(50)
@given(metric=st.sampled_from(Metric), tenths=st.integers(0, 1000))
def test_what_is_written_reads_back(metric: Metric, tenths: int) -> None:
    typed = f"{tenths / 10:.1f}".removesuffix(".0")

    value = read(metric, typed)

    assert value is not None
    assert written(metric, value) == typed


@pytest.mark.parametrize("typed", ["-1", "a lot", "1e9", "101", "nan"])
def test_a_share_is_a_number_from_0_to_100(typed: str) -> None:
    with pytest.raises(BadInput) as refused:
        read(Metric.WIN_RATE, typed)
    assert refused.value.field == Metric.WIN_RATE


def test_accounts_may_grow_past_the_whole_and_a_blank_is_no_target() -> None:
    assert read(Metric.NET_RETENTION, "110") == pytest.approx(1.1)
    assert read(Metric.NET_RETENTION, "") is None


def test_accounts_that_may_shrink_are_aimed_at_by_net_retention() -> None:
    with pytest.raises(BadInput, match="net retention"):
        read(Metric.UPSELL_RATE, "-5")
    assert read(Metric.NET_RETENTION, "95") == pytest.approx(0.95)


def test_a_metric_of_another_role_is_unknown() -> None:
    with pytest.raises(BadInput, match="Win rate is not on the scorecard"):
        require_known(Role.SDR, {Metric.WIN_RATE: 0.5})
    with pytest.raises(BadInput, match="Talk time cannot be a part"):
        shares(Role.SDR, {Metric.TALK_MINUTES: 1.0})


@examples(50)
@given(role=st.sampled_from(SELLING_ROLES), data=st.data())
def test_shares_add_up_to_one_and_keep_their_proportions(role: Role, data: st.DataObject) -> None:
    weights = data.draw(
        st.dictionaries(st.sampled_from(weighable(role)), st.floats(0, 100), min_size=1).filter(
            lambda found: sum(found.values()) > 1e-6
        )
    )

    found = shares(role, weights)

    assert sum(found.values()) == pytest.approx(1)
    for metric, weight in weights.items():
        assert found.get(metric, 0) == pytest.approx(weight / sum(weights.values()))


def test_every_metric_of_a_role_but_talk_time_can_be_weighed() -> None:
    own_word = {key for key, one in DEFINITIONS.items() if one.is_told_by_the_rep}
    for role in SELLING_ROLES:
        assert set(compared(role)) - set(weighable(role)) == {Metric.TALK_MINUTES, *own_word}


def test_what_a_rep_alone_can_tick_never_enters_the_score() -> None:
    with pytest.raises(BadInput):
        shares(Role.AE, {Metric.WIN_RATE: 1, Metric.EFFECTIVE_RATE: 1})

    assert without_own_word({Metric.WIN_RATE: 0.3, Metric.TIMELINE_RATE: 0.7}) == {Metric.WIN_RATE: 1.0}
    assert without_own_word({Metric.TIMELINE_RATE: 1.0}) == {}
