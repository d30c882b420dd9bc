"""What coaching moved in one unit with its cost: only where both are known, with the uncertainty of both."""

from zoneinfo import ZoneInfo

import pytest

from bot.blocks.reader import reader
from bot.coaching.domain.effect import Effect
from bot.coaching.domain.observations import Observation
from bot.coaching.domain.worth import AverageDeal, Unpriced, average, closed_a_quarter, worth
from bot.coaching.views.worth import told
from bot.core.enums import Metric

READS = reader("en-US", ZoneInfo("UTC"))
DEAL = AverageDeal(13_700.0, 900.0, "EUR")


def said(deal: AverageDeal | Unpriced, metric: Metric = Metric.WIN_RATE, difference: float = 0.05) -> str:
    interval = difference - 0.03, difference + 0.03
    found = worth(metric, difference, interval, 60.0, deal)
    return told(Effect(metric, 12, 20, difference, interval, (), 1_900.0, worth=found), READS)


def test_a_difference_in_the_win_rate_is_wins_a_quarter_and_their_money() -> None:
    assert said(DEAL) == (
        "For the 12 learners that is about 3 more wins a quarter (95% sure: +1.2 to +4.8), some €41,100 at your "
        "average deal (€15,800 to €66,400)."
    )
    assert "about 3 fewer wins a quarter (95% sure: −4.8 to −1.2), some -€41,100" in said(
        DEAL, difference=-0.05
    )


def test_money_is_less_sure_than_wins_where_deals_differ_much() -> None:
    found = [
        worth(Metric.WIN_RATE, 0.05, (0.02, 0.08), 60.0, AverageDeal(10_000.0, error, "EUR"))
        for error in (0.0, 4_000.0)
    ]

    assert found[0].money_interval == pytest.approx((12_000, 48_000))
    wide = found[1].money_interval
    assert wide is not None and wide[0] < 12_000 and wide[1] > 48_000


def test_what_lacks_is_said_and_no_money_is_told() -> None:
    assert said(Unpriced.DEALS).endswith("fewer than 5 won deals of the last year have an amount.")
    assert said(Unpriced.CURRENCIES).endswith("in several currencies, and nobody gave a rate.")
    assert said(DEAL, Metric.QUALIFIED_RATE) == (
        "What that is in money nobody can tell: only a win rate becomes wins by itself."
    )
    assert told(Effect(Metric.WIN_RATE, 2, 9, None, None, (), None), READS) == ""


def test_four_deals_have_no_mean_that_could_be_told() -> None:
    assert average([1.0] * 4, "EUR") is None
    five = average([1.0, 2.0, 3.0, 4.0, 5.0], "EUR")
    assert five is not None and five.mean == 3.0 and five.error == pytest.approx(0.7071, abs=1e-4)


def test_what_learners_closed_in_part_of_a_quarter_counts_for_a_whole_one() -> None:
    seen = [
        Observation(1, 0.3, 0.4, coached=True, weeks_after=13, trials=(50.0, 26.0)),
        Observation(2, 0.3, 0.4, coached=True, weeks_after=4, trials=(50.0, 8.0)),
        Observation(3, 0.3, 0.4, coached=False, weeks_after=13, trials=(50.0, 90.0)),
    ]

    assert closed_a_quarter(seen) == 26 + 8 * 13 / 4
