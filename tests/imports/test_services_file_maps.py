"""A map says what a file's columns are, lets an export in as it is, and is told what is wrong with it."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from bot.core.enums import Role
from bot.core.errors import BadInput
from bot.imports.services.run import load
from bot.tabular.mapping import Mapping, parse
from storage.tables import Call, Deal, Person, Team
from tests.imports.one_deal import DEALS
from tests.support.importing import Importer

MAP = """
[columns]
deal_id = "Opportunity"
ae_name = "Owner"
opened_at = "Engaged"
closed_at = "Closed"
amount = "Value"
company = "status"
status = "Stage"
[values.status]
"Closed Won" = "won"
Prospecting = "open"
[constants]
currency = "eur"
[dates]
format = "{}"
[numbers]
decimal = ","
"""


@pytest.mark.parametrize(
    ("form", "opened", "closed"),
    [
        ("%d-%m-%y", "05-10-26", "07-11-26"),
        ("%m/%d/%Y", "10/5/2026", "11/7/2026"),
        ("iso", "2026-10-05", "2026-11-07"),
    ],
)
def test_a_map_lets_an_export_in_as_it_is(
    staffed: Importer, tmp_path: Path, form: str, opened: str, closed: str
) -> None:
    (tmp_path / "MAP.toml").write_text(MAP.format(form))
    staffed.take(
        "deals",
        "Opportunity;Owner;Stage;Engaged;Closed;Value;status\n"
        f"d1;Ben Okoye;closed won;{opened};{closed};€ 1.234,50;Globex\n",
        mapping=load(tmp_path / "MAP.toml"),
    )
    deal = staffed.one(Deal)

    assert (deal.status, deal.amount, deal.currency, deal.company) == (
        "won",
        Decimal("1234.5"),
        "EUR",
        "Globex",
    )
    assert deal.opened_at and deal.opened_at.date() == date(2026, 10, 5)
    assert deal.closed_at and deal.closed_at.date() == date(2026, 11, 7)


def test_a_column_that_the_map_takes_is_not_taken_under_its_own_name_too(staffed: Importer) -> None:
    mapping = parse({"columns": {"company": "account"}})
    staffed.take(
        "calls",
        "source,call_id,account,rep_email,started_at\nzoom,a,Globex,ana@acme.io,2026-10-05T09:00\n",
        mapping=mapping,
    )
    call = staffed.one(Call)

    assert (call.company, call.account) == ("Globex", "")


@pytest.mark.parametrize(
    ("document", "sentence"),
    [
        ({"colums": {}}, "does not know “colums”"),
        ({"columns": {"deal_id": 3.5, "x": []}}, "x must be a text"),
        ({"columns": "deal_id"}, r"\[columns\] must be a table"),
        ({"dates": {"format": "DD-MM-YY"}}, "does not name a day"),
        ({"dates": {"format": "%m-%Y"}}, "does not name a day"),
        ({"dates": {"time_zone": "Mars/Olympus"}}, "no time zone"),
        ({"dates": {"zone": "UTC"}}, "does not know “zone”"),
        ({"numbers": {"decimal": ";"}}, "decimal is"),
        ({"create": {"reps": {"role": "boss", "team": "East"}}}, "needs a role and a team"),
        ({"create": {"reps": {"role": "AE"}}}, "needs a role and a team"),
    ],
)
def test_a_wrong_map_is_told_what_is_wrong(document: dict[str, Any], sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence):
        parse(document)


@pytest.mark.parametrize(
    ("mapping", "sentence"),
    [
        (Mapping(columns={"deal": "deal_id"}), "speaks of “deal”"),
        (Mapping(columns={"amount": "price"}), "no column “price”"),
        (Mapping(columns={"amount": "deal_id"}, constants={"amount": "3"}), "a column and a constant"),
    ],
)
def test_a_map_of_another_file_is_refused(staffed: Importer, mapping: Mapping, sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence):
        staffed.take("deals", DEALS, mapping=mapping)


def test_a_map_that_is_not_toml_is_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "MAP.toml").write_text("[columns\n")

    with pytest.raises(BadInput, match="is not TOML"):
        load(tmp_path / "MAP.toml")


def test_a_team_that_the_file_makes_takes_the_maps_zone(acme: Importer) -> None:
    mapping = parse(
        {"dates": {"time_zone": "Asia/Tokyo"}, "create": {"reps": {"role": "AE", "team": "Imported"}}}
    )
    acme.take("calls", "source,call_id,rep_name,started_at\nzoom,a,Zoe,2026-10-05T09:00\n", mapping=mapping)

    assert acme.one(Call).started_at == datetime(2026, 10, 5, 0, tzinfo=UTC)
    assert acme.one(Team).time_zone == "Asia/Tokyo"


def test_constants_stand_in_every_row(acme: Importer) -> None:
    mapping = parse({"columns": {"name": "sales_agent", "team": "manager"}, "constants": {"role": "AE"}})
    acme.take("reps", "sales_agent,manager\nZoe,Lee\nYan,Lee\n", mapping=mapping)

    assert [person.name for person in acme.all(Person)] == ["Zoe", "Yan"]
    assert acme.one(Team).name == "Lee"


def test_newcomers_have_a_selling_role() -> None:
    mapping = parse({"create": {"reps": {"role": "sdr", "team": "East"}}})

    assert mapping.newcomers is not None
    assert mapping.newcomers.role is Role.SDR


def test_the_maps_zone_is_that_of_every_instant_in_the_file(staffed: Importer) -> None:
    staffed.take("teams", "team,time_zone\nEast,America/New_York\n")
    mapping = parse({"dates": {"time_zone": "UTC"}})

    staffed.take(
        "calls", "source,call_id,rep_email,started_at\nzoom,a,ana@acme.io,2026-10-05T09:00\n", mapping=mapping
    )

    assert staffed.one(Call).started_at == datetime(2026, 10, 5, 9, tzinfo=UTC)
