"""Several currencies: added up only by given rates."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from bot.calendar.working_hours import Presence
from bot.core.enums import Metric, Role
from bot.pipeline.domain.portfolio import Amount, WrittenAccount, in_one_currency
from bot.scorecards.domain.definitions import measures, side_by_side
from bot.scorecards.domain.tally import Tally
from tests.support.properties import examples

CODES = ("EUR", "USD", "CHF")
amounts = st.builds(Amount, st.integers(1, 1000).map(Decimal), st.sampled_from(CODES))
accounts = st.builds(
    WrittenAccount,
    st.text("abc", min_size=1),
    amounts,
    st.none() | amounts,
    amounts | st.just(Amount(Decimal(), "USD")),
)
rates = st.dictionaries(st.sampled_from(("EUR", "CHF")), st.decimals("0.1", 10, places=3))


@examples(60)
@given(st.lists(accounts, max_size=6), rates)
def test_what_stands_together_is_in_one_currency_or_nothing_is_added(
    written: list[WrittenAccount], given_rates: dict[str, Decimal]
) -> None:
    found = in_one_currency(written, base="USD", rates=given_rates)
    tally = Tally(accounts=found.accounts, currencies=found.currencies)
    presence = Presence(days=30, working=20, present=20)
    told = {one.key: one for one in measures(Role.AM, tally, presence, monthly_tool_cost=Decimal(564))}

    if found.currencies.unrated:
        assert told[Metric.UPSELL_RATE].value is None
        assert set(found.currencies.unrated).isdisjoint(given_rates)
        assert len(found.accounts) + found.currencies.changed == len(written)
        assert set(side_by_side(tally)[Metric.UPSELL_RATE]) <= set(CODES)
    else:
        assert len({account.currency for account in found.accounts}) <= 1
        assert len(found.accounts) == len(written)
        assert side_by_side(tally) == {}


def test_one_rate_for_all_values_so_that_its_moves_are_no_growth() -> None:
    steady = WrittenAccount("Acme", *(Amount(Decimal(100), "EUR"),) * 3)
    other = WrittenAccount("Globex", *(Amount(Decimal(50), "USD"),) * 3)

    for rate in ("0.5", "2"):
        found = in_one_currency([steady, other], base="USD", rates={"EUR": Decimal(rate)})
        assert all(one.end == one.first == one.start for one in found.accounts)


def test_a_lost_account_is_worth_nothing_in_any_currency() -> None:
    lost = WrittenAccount(
        "Acme", Amount(Decimal(100), "EUR"), Amount(Decimal(100), "EUR"), Amount(Decimal(), "USD")
    )
    found = in_one_currency([lost], base="USD", rates={})

    assert [(one.first, one.end, one.currency) for one in found.accounts] == [
        (Decimal(100), Decimal(), "EUR")
    ]
