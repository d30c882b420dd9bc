"""AMs keep the values of their accounts by hand."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlmodel import col, select

from bot.core.enums import Role
from bot.sandbox import Member, text_of
from storage.tables import AccountValue
from tests.support.office import Office


@pytest.fixture
def cy(office: Office, east: int) -> Member:
    """An AM in Berlin."""
    return office.hires("Cy", Role.AM, east)


def values(office: Office) -> list[tuple[str, date, Decimal]]:
    with office.db.read() as session:
        rows = session.exec(select(AccountValue).order_by(col(AccountValue.as_of), col(AccountValue.id)))
        return [(row.account_key, row.as_of, row.value) for row in rows]


def values_it(am: Member, **fields: Any) -> dict[str, str]:
    am.commands("/scorecard account")
    errors = am.submits(**fields).errors
    if not errors:
        am.closes()
    return errors


def test_an_account_has_a_value_from_a_day_on(office: Office, cy: Member) -> None:
    values_it(cy, account="Globex", value=100, as_of=date(2026, 10, 1))
    values_it(cy, which_account="Globex · $100.00", value="130.50")
    values_it(cy, or_a_new_one="globex", value=0, as_of=date(2026, 11, 20))

    assert values(office) == [
        ("Globex", date(2026, 10, 1), Decimal(100)),
        ("Globex", date(2026, 11, 16), Decimal("130.50")),
        ("Globex", date(2026, 11, 20), Decimal(0)),
    ]


def test_an_account_keeps_its_currency_until_another_is_said(office: Office, cy: Member) -> None:
    values_it(cy, account="Globex", value=100, currency="EUR", as_of=date(2026, 10, 1))
    values_it(cy, which_account="Globex · €100.00", value=130)

    with office.db.read() as session:
        assert set(session.exec(select(AccountValue.currency))) == {"EUR"}
    cy.commands("/scorecard account")
    cy.submits(which_account="Globex · €130.00", value=140, currency="usd")
    assert "Until now it was kept in EUR: was that meant?" in text_of(cy.modal)
    cy.closes()
    cy.commands("/scorecard account")
    cy.submits(or_a_new_one="Initech", value=5)
    assert "*Initech* is worth $5.00" in text_of(cy.modal), "a new one is in the workspace's"


def test_a_second_value_for_a_day_replaces_the_first(office: Office, cy: Member) -> None:
    values_it(cy, account="Globex", value=100)
    values_it(cy, which_account="Globex · $100.00", value=90)

    assert values(office) == [("Globex", date(2026, 11, 16), Decimal(90))]


def test_an_account_of_another_am_stays_theirs_until_they_let_go(
    office: Office, cy: Member, east: int
) -> None:
    gil = office.hires("Gil", Role.AM, east)
    values_it(cy, account="Globex", value=100, as_of=date(2026, 11, 1))

    assert "Another AM" in values_it(gil, account="Globex", value=120)["new_account"]
    gil.closes()
    values_it(cy, which_account="Globex · $100.00", value=0, as_of=date(2026, 11, 10))
    assert values_it(gil, account="Globex", value=120) == {}

    assert values(office)[-1] == ("Globex", date(2026, 11, 16), Decimal(120))


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"account": "Globex", "value": -1}, "value"),
        ({"account": "Globex", "value": 5, "currency": "12"}, "currency"),
        ({"account": "  ", "value": 5}, "new_account"),
        ({"value": 5}, "new_account"),
    ],
)
def test_a_value_that_cannot_be_is_refused_under_its_field(
    office: Office, cy: Member, fields: dict[str, Any], field: str
) -> None:
    assert list(values_it(cy, **fields)) == [field]
    assert values(office) == []
