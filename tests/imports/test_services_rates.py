"""Rates come in by their currencies and day."""

from datetime import date
from decimal import Decimal

from storage.tables import ExchangeRate
from tests.support.importing import Importer, counts

RATES = "currency,base,from,rate\neur,USD,2026-10-01,1.0825\nJPY,USD,2026-10-01,0.0066123457\n"


def test_a_rate_is_kept_to_ten_decimals_and_taken_once(acme: Importer) -> None:
    assert counts(acme.take("rates", RATES)) == (2, 2, 0, 0, 0)
    assert counts(acme.take("rates", RATES)) == (2, 0, 0, 2, 0)
    assert [(one.currency, one.from_day, one.rate) for one in acme.all(ExchangeRate)] == [
        ("EUR", date(2026, 10, 1), Decimal("1.0825")),
        ("JPY", date(2026, 10, 1), Decimal("0.0066123457")),
    ]


def test_a_corrected_rate_replaces_the_one_of_its_day(acme: Importer) -> None:
    acme.take("rates", RATES)

    assert counts(acme.take("rates", "currency,base,from,rate\nEUR,USD,2026-10-01,1.09\n")) == (1, 0, 1, 0, 0)


def test_what_is_no_rate_stays_out(acme: Importer) -> None:
    acme.take(
        "rates",
        "currency,base,from,rate\n"
        "EUR,USD,2026-10-01,0\n"
        "EUR,USD,2026-10-01,-1.1\n"
        "EUR,EUR,2026-10-01,1\n"
        "euro,USD,2026-10-01,1.1\n",
    )

    assert acme.all(ExchangeRate) == []
    assert acme.refused("rates") == {
        2: "rate: 0 is no rate: one unit of a currency is always worth something.",
        3: "rate: -1.1 is no rate: one unit of a currency is always worth something.",
        4: "A rate tells of two currencies; here both are EUR.",
        5: "currency: “EURO” is not a currency's code; write it like USD.",
    }
