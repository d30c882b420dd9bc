"""How numbers, dates and times of day are read, and that two readings are no guess."""

from datetime import UTC, datetime, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.errors import BadInput
from bot.tabular import cells
from bot.tabular.cells import Reading
from bot.tabular.mapping import Mapping
from storage.tables import Call, Leave
from tests.support.importing import Importer


def amount(text: str, decimal: str | None = None) -> Decimal:
    return cells.amount(text, Reading(Mapping(decimal=decimal), lambda _: pytest.fail("asked for a zone")))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1234", "1234"),
        ("1234.5", "1234.5"),
        ("1234,5", "1234.5"),
        ("1,234", "1234"),
        ("1,234,567", "1234567"),
        ("1.234.567", "1234567"),
        ("1,234.56", "1234.56"),
        ("1.234,56", "1234.56"),
        ("1 234,56", "1234.56"),
        ("1\u202f234,56 €", "1234.56"),
        ("1'234.56", "1234.56"),
        ("$1,234.00", "1234"),
        ("0.125", "0.125"),
        ("0,125", "0.125"),
        ("1234.567", "1234.567"),
        (".5", "0.5"),
    ],
)
def test_a_number_is_read_as_it_is_written(text: str, expected: str) -> None:
    assert amount(text) == Decimal(expected)


@pytest.mark.parametrize(
    "text", ["12x", "1.2.3", "1,2,3", "--1", "1e3", "", ".", "1,2345,678", "１２a", "nan"]
)
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(BadInput, match="is not a number"):
        amount(text)


def test_a_number_with_two_readings_is_not_guessed_at() -> None:
    with pytest.raises(BadInput, match="two ways"):
        amount("1.234")
    assert (amount("1.234", "."), amount("1.234", ",")) == (Decimal("1.234"), Decimal(1234))


@given(
    st.decimals(0, 10**9, places=2),
    st.sampled_from([(",", "."), (".", ","), (" ", ","), ("'", "."), ("", ",")]),
)
def test_every_amount_with_cents_is_read_back(value: Decimal, signs: tuple[str, str]) -> None:
    thousands, decimal = signs
    written = f"{value:,.2f}".translate({ord(","): thousands, ord("."): decimal})

    assert amount(written) == value


def test_a_time_without_an_offset_stands_on_the_wall_of_the_reps_team(staffed: Importer) -> None:
    staffed.take("teams", "team,time_zone\nEast,America/New_York\nWest,America/Los_Angeles\n")
    staffed.take(
        "reps",
        "email,name,role,team,started_on,ended_on\n"
        "zoe@acme.io,Zoe,SDR,East,2026-01-01,2026-06-30\nzoe@acme.io,Zoe,SDR,West,2026-07-01,\n",
    )
    staffed.take(
        "calls",
        "source,call_id,rep_email,started_at\n"
        "zoom,a,zoe@acme.io,2026-06-30T09:00\nzoom,b,zoe@acme.io,2026-07-01 09:00:00\nzoom,c,zoe@acme.io,2026-07-01\n"
        "zoom,d,zoe@acme.io,2026-07-01T09:00:00+02:00\n",
    )
    assert [call.started_at for call in staffed.all(Call)] == [
        datetime(2026, 6, 30, 13, tzinfo=UTC),
        datetime(2026, 7, 1, 16, tzinfo=UTC),
        datetime(2026, 7, 2, 6, 59, 59, 999999, tzinfo=UTC),
        datetime(2026, 7, 1, 7, tzinfo=UTC),
    ]


@pytest.mark.parametrize("said", ["0026-10-05", "2026-02-30", "05.10.26.1", "yesterday", "2026-W41"])
def test_what_is_no_date_is_refused(staffed: Importer, said: str) -> None:
    staffed.take("leave", f"rep_email,from,to\nana@acme.io,{said},2026-10-09\n")

    assert staffed.all(Leave) == []
    assert staffed.refused("leave")[2].startswith("from: ")


@pytest.mark.parametrize(
    ("cell", "expected"), [("9:00", time(9)), ("17:30", time(17, 30)), (time(8, 15), time(8, 15))]
)
def test_a_time_of_day_is_read(cell: str | time, expected: time) -> None:
    assert cells.time_of_day(cell, Reading(Mapping(), lambda _: pytest.fail("no zone"))) == expected
