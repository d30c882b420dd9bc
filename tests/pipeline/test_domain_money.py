"""Amounts added up: never across currencies without a rate, never an unknown one as nothing."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from bot.pipeline.domain.money import Pile, added, piled, worth_in

CODES = ("CHF", "EUR", "USD")
AMOUNTS = st.lists(
    st.tuples(st.decimals(-1_000_000, 1_000_000, places=2), st.sampled_from(("", *CODES))), max_size=12
)
RATES = st.dictionaries(st.sampled_from(("CHF", "EUR")), st.decimals("0.01", 100, places=4))


@given(AMOUNTS, RATES, st.integers(0, 5))
def test_currencies_are_mixed_only_where_each_has_a_rate(
    amounts: list[tuple[Decimal, str]], rates: dict[str, Decimal], unknown: int
) -> None:
    piles = piled(amounts, base="USD")
    money = added(piles, unknown, base="USD", rates=rates)

    assert money.deals == len(amounts) + unknown
    if set(money.piles) == set(piles):
        assert money.piles == piles
    else:
        assert set(money.piles) == {"USD"}
        assert set(piles) <= {"USD", *rates}


def test_two_currencies_by_hand() -> None:
    piles = piled([(Decimal(100), "EUR"), (Decimal(50), ""), (Decimal(-20), "EUR")], base="USD")

    assert piles == {"EUR": Pile(Decimal(80), 2), "USD": Pile(Decimal(50), 1)}
    assert added(piles, 0, base="USD", rates={}).is_apart
    assert added(piles, 0, base="USD", rates={"EUR": Decimal("1.5")}).piles == {"USD": Pile(Decimal(170), 3)}


def test_what_amounts_come_to_in_a_goals_currency() -> None:
    piles = {"EUR": Pile(Decimal(80), 2), "USD": Pile(Decimal(50), 1)}
    rates = {"EUR": Decimal("1.25")}

    assert worth_in("EUR", piles, base="USD", rates=rates) == Decimal(120)
    assert worth_in("EUR", {"EUR": Pile(Decimal(80), 2)}, base="USD", rates={}) == Decimal(80)
    assert worth_in("EUR", piles, base="USD", rates={}) is None
    assert worth_in("EUR", {}, base="USD", rates={}) == 0
