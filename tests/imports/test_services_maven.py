"""A public CRM export comes in by its map alone, and its counts are those of a plain reading of the files."""

import csv
from collections import Counter
from datetime import date

import pytest

from bot.tabular.mapping import Mapping, parse
from storage.tables import Deal, Membership, Person, Team
from tests.support.importing import Importer, counts
from tests.tree import DATA

FOLDER = DATA / "maven-crm"
pytestmark = pytest.mark.skipif(not FOLDER.exists(), reason=f"{FOLDER} is not here")

ROSTER = parse({"columns": {"name": "sales_agent", "team": "manager"}, "constants": {"role": "AE"}})
DEALS = parse(
    {
        "columns": {
            "deal_id": "opportunity_id",
            "ae_name": "sales_agent",
            "opened_at": "engage_date",
            "closed_at": "close_date",
            "amount": "close_value",
            "company": "account",
            "status": "deal_stage",
        },
        "values": {"status": {"Won": "won", "Lost": "lost", "Engaging": "open", "Prospecting": "open"}},
        "constants": {"currency": "USD"},
        "dates": {"format": "%Y-%m-%d"},
        "create": {"reps": {"role": "AE", "team": "Imported"}},
    }
)


def plain(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_the_roster_and_its_teams(acme: Importer) -> None:
    rows = plain("sales_teams.csv")
    report = acme.take_path("reps", FOLDER / "sales_teams.csv", mapping=ROSTER)

    assert counts(report) == (len(rows), len(rows), 0, 0, 0)
    assert {person.name for person in acme.all(Person)} == {row["sales_agent"] for row in rows}
    assert {team.name for team in acme.all(Team)} == {row["manager"] for row in rows}
    assert report.notes == ("Nothing was made of the columns regional_office.",)


def test_every_deal_as_it_stands_in_the_file(acme: Importer) -> None:
    rows = plain("sales_pipeline.csv")
    acme.take_path("reps", FOLDER / "sales_teams.csv", mapping=ROSTER)
    report = acme.take_path("deals", FOLDER / "sales_pipeline.csv", mapping=DEALS)

    assert counts(report) == (len(rows), len(rows), 0, 0, 0)
    assert len(acme.all(Membership)) == len(plain("sales_teams.csv")), "nobody had to be created"
    names = {person.id: person.name for person in acme.all(Person)}
    ours = DEALS.values["status"]
    assert Counter((names[deal.ae_id], str(deal.status)) for deal in acme.all(Deal)) == Counter(
        (row["sales_agent"], ours[row["deal_stage"]]) for row in rows
    )
    assert {deal.deal_key: _told(deal) for deal in acme.all(Deal)} == {
        row["opportunity_id"]: (row["engage_date"], row["close_date"], row["close_value"], row["account"])
        for row in rows
    }


def test_the_second_time_nothing_is_new(acme: Importer) -> None:
    acme.take_path("deals", FOLDER / "sales_pipeline.csv", mapping=DEALS)
    total = len(acme.all(Deal))

    assert counts(acme.take_path("deals", FOLDER / "sales_pipeline.csv", mapping=DEALS)) == (
        total,
        0,
        0,
        total,
        0,
    )
    assert {team.name for team in acme.all(Team)} == {"Imported"}


def test_without_create_nobody_is_invented(acme: Importer) -> None:
    mapping = Mapping(columns=DEALS.columns, values=DEALS.values)
    report = acme.take_path("deals", FOLDER / "sales_pipeline.csv", mapping=mapping)

    assert report.rejected == report.read == len(plain("sales_pipeline.csv"))
    assert acme.all(Person) == []


def _told(deal: Deal) -> tuple[str, str, str, str]:
    """Opening, closing, value and account as the export writes them."""

    def day(moment: date | None) -> str:
        return f"{moment:%Y-%m-%d}" if moment else ""

    return (
        day(deal.opened_at),
        day(deal.closed_at),
        "" if deal.amount is None else f"{deal.amount:f}",
        deal.company,
    )
