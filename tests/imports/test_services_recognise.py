"""A file is known by its headers: our own columns, exports of vendors, and else a map is written down as a guess."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from bot.core.enums import DealStatus, ImportKind
from bot.core.errors import BadInput
from bot.imports.services import vendor_maps
from bot.imports.services.recognise import recognised
from bot.imports.services.suggest import suggested
from bot.tabular.mapping import parse
from storage.tables import Call, Deal, Person
from tests.support.importing import Importer
from tests.tree import ROOT

HUBSPOT = (
    "Record ID,Deal Name,Deal Stage,Close Date,Deal owner,Amount,Create Date,Pipeline\n"
    "1,Globex,Closed won,2026-10-20 15:05,Ben Okoye,1200,2026-09-01 09:00,Sales\n"
    "2,Initech,Contract sent,2026-12-01 10:00,Ben Okoye,800,2026-09-02 09:00,Sales\n"
)
PIPEDRIVE = (
    "Deal - ID,Deal - Title,Deal - Owner,Deal - Value,Deal - Currency of value,Deal - Status,Deal - Deal created,"
    "Deal - Won time,Deal - Lost time,Deal - Lost reason\n"
    "1,Globex,Ben Okoye,1200,EUR,Won,2026-09-01 09:00:00,2026-10-20 15:05:00,,\n"
    "2,Initech,Ben Okoye,800,EUR,Lost,2026-09-02 09:00:00,,2026-10-01 10:00:00,Price\n"
    "3,Hooli,Ben Okoye,1,EUR,deleted,2026-09-02 09:00:00,,,\n"
)
AIRCALL = (
    "line,datetime (utc),direction,from,to,answered,missed_call_reason,user,"
    "duration (total),duration (in call),call id\n"
    "Sales,2026-10-05 09:00:00,outbound,+1,+2,Yes,,Ben Okoye,330,323,77\n"
)
GENESYS = (
    "Full Export Completed,Partial Result Timestamp,Filters,Media Type,Users,Remote,Date,End Date,Duration,Direction,"
    "ANI,Conversation ID\n"
    "YES,,,voice,Ben Okoye,Dana,6/23/26 07:00 AM,6/23/26 07:05 AM,300000,Outbound,tel:+1,c-1\n"
)


def take(acme: Importer, content: str, name: str = "export.csv", **more: Any) -> Any:
    path = acme.folder / name
    path.write_text(content, encoding="utf-8")
    found = recognised(path, kind=None, mapping=None)
    return found, acme.take_path(found.kind, path, mapping=found.mapping, **more)


def test_of_a_known_export_the_map_says_how_to_take_in_people_the_roster_lacks(acme: Importer) -> None:
    path = acme.folder / "deals.csv"
    path.write_text(HUBSPOT, encoding="utf-8")

    text = suggested(path, kind=None, mapping=None).replace("# reps", "reps")
    report = acme.take_path(ImportKind.DEALS, path, mapping=parse(tomllib.loads(text)))

    assert (report.added, report.rejected) == (2, 0)


@pytest.mark.parametrize("head", ["Sales Rep", "sales_agent", "Deal Owner", "salesperson"])
def test_who_sold_it_is_guessed_by_the_words_that_exports_use(tmp_path: Path, head: str) -> None:
    path = tmp_path / "theirs.csv"
    path.write_text(f"opportunity_id,{head},deal_stage\nO1,Ada Sample,Won\n", encoding="utf-8")

    assert tomllib.loads(suggested(path, kind=None, mapping=None))["columns"]["ae_name"] == head


@pytest.mark.parametrize("one", vendor_maps.every(), ids=lambda one: one.name)
def test_every_shipped_map_reads_its_own_export_and_says_whence_it_is(one: vendor_maps.VendorMap) -> None:
    text = vendor_maps.text_of(one.name)

    assert "# Source: " in text and "2026" in text.partition("[recognise]")[0]
    assert one.headers <= {head.lower() for head in one.mapping.heads} | {
        "deal name",
        "full export completed",
        "target_kind",
        "pipeline",
        "stage",
        "forwarded to",
    }
    assert one.on([*one.mapping.heads]).columns == one.mapping.columns


def documented() -> dict[str, str]:
    """The examples of the documentation, by the name they stand under."""
    text = (ROOT / "docs" / "files.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```csv\n# (.*?)```", text, re.DOTALL)
    parts = (part for block in blocks for part in block.split("\n# "))
    return {name: rest for name, _, rest in (part.partition("\n") for part in parts)}


@pytest.mark.parametrize("name", [one.name for one in vendor_maps.every()])
def test_the_documentations_example_of_each_export_goes_in_as_it_stands(staffed: Importer, name: str) -> None:
    found, report = take(staffed, documented()[name])

    assert found.told == name
    assert (report.added + report.waiting, report.rejected, report.left_out, report.doubts) == (1, 0, 0, ())
    assert report.waiting == (1 if name == "an Outreach export of calls" else 0)


def test_a_status_that_a_shipped_map_leaves_open_is_asked_about(staffed: Importer) -> None:
    name = "a Copper export of opportunities"
    _, report = take(staffed, documented()[name].replace(",Won,", ",Abandoned,"))

    assert (report.added, report.rejected) == (0, 1)
    assert '"Abandoned" = "lost"  # a guess; one of open, won, lost' in report.reasons[0].mend


def test_the_export_of_a_crm_goes_in_without_a_word(staffed: Importer) -> None:
    found, report = take(staffed, HUBSPOT)

    assert (found.kind, found.told) == (ImportKind.DEALS, "a HubSpot export of deals")
    assert (report.added, report.rejected, report.doubts) == (2, 0, ())
    won, planned = staffed.all(Deal)
    assert (won.status, won.deal_key, planned.status) == (DealStatus.WON, "1", DealStatus.OPEN)
    assert str(planned.expected_close) == "2026-12-01"


def test_stages_with_the_name_of_their_pipeline_are_won_and_lost_too(staffed: Importer) -> None:
    both = HUBSPOT.replace("Closed won", "5. Closed Won (Sales Pipeline)").replace(
        "Contract sent,2026-12-01", "Closed Lost (Renewals),2026-10-01"
    )
    _, report = take(staffed, both)

    assert (report.added, report.doubts) == (2, ())
    assert [deal.status for deal in staffed.all(Deal)] == [DealStatus.WON, DealStatus.LOST]


def test_the_map_of_a_known_export_that_excel_saved_says_its_encoding(acme: Importer) -> None:
    path = acme.folder / "deals.csv"
    path.write_bytes(HUBSPOT.replace("Ben Okoye", "Jürgen Groß").encode("cp1252"))

    text = suggested(path, kind=None, mapping=None).replace("# reps", "reps")
    report = acme.take_path(ImportKind.DEALS, path, mapping=parse(tomllib.loads(text)))

    assert (report.added, report.rejected) == (2, 0)
    assert [person.name for person in acme.all(Person)] == ["Jürgen Groß"]


def test_closing_is_the_first_date_that_is_filled_and_what_was_deleted_is_left_out(staffed: Importer) -> None:
    found, report = take(staffed, PIPEDRIVE)

    assert found.told == "a Pipedrive export of deals"
    assert (report.added, report.rejected, report.left_out) == (2, 0, 1)
    assert [deal.loss_reason for deal in staffed.all(Deal)] == ["", "Price"]
    assert all(deal.closed_at for deal in staffed.all(Deal))


def test_exports_of_dialers(staffed: Importer) -> None:
    assert take(staffed, AIRCALL)[0].told == "an Aircall export of calls"
    assert take(staffed, GENESYS)[0].told == "a Genesys Cloud export of interactions"
    assert {call.call_key: call.talk_seconds for call in staffed.all(Call)} == {"77": 323, "c-1": 300}


def test_a_table_on_the_second_sheet_below_a_title_is_found(staffed: Importer) -> None:
    path = staffed.folder / "report.xlsx"
    book = xlsxwriter.Workbook(path)
    cover, sheet = book.add_worksheet("Cover"), book.add_worksheet("Deals")
    cover.write_row(0, 0, ["Report", "of deals"])
    sheet.write_row(0, 0, ["Deals report"])
    for number, line in enumerate(HUBSPOT.splitlines(), start=3):
        sheet.write_row(number, 0, line.split(","))
    book.close()
    found = recognised(path, kind=None, mapping=None)
    report = staffed.take_path("deals", path, mapping=found.mapping)

    assert found.told == "a HubSpot export of deals"
    assert report.added == 2
    assert "The header stands on line 4 of the sheet “Deals”." in report.notes


def test_our_own_columns_need_no_map(staffed: Importer) -> None:
    found, report = take(
        staffed, "source,call_id,rep_email,started_at\nzoom,a,ana@acme.io,2026-10-05T09:00\n"
    )

    assert (found.kind, found.told, report.added) == (ImportKind.CALLS, None, 1)


def test_an_unknown_file_is_told_how_to_go_on(staffed: Importer) -> None:
    with pytest.raises(BadInput, match="--suggest"):
        take(staffed, "a,b\n1,2\n")


UNKNOWN = (
    "Deals of the year;;;;;\n\n"
    "Opp Key;Sales Rep;Phase Name;Stage;Begin;Total Value;Won on\n"
    "A-1;Ada Sample;x;Deal won;14.03.2026;1.234,50;20.04.2026\n"
    "A-2;Bo Sample;y;Negotiation;15.03.2026;99,00;\n"
)


def test_of_an_unknown_export_a_map_is_guessed_that_imports_as_it_is(acme: Importer) -> None:
    path = acme.folder / "opps.csv"
    path.write_text(UNKNOWN, encoding="utf-8")
    text = suggested(path, kind=None, mapping=None)
    document = tomllib.loads(text)

    assert "guessed as deals" in text
    assert document["columns"]["deal_id"] == "Opp Key"
    assert document["columns"]["ae_name"] == "Sales Rep"
    assert document["values"]["status"] == {"Deal won": "won", "Negotiation": "open", "*": "open"}
    assert document["dates"]["columns"]["opened_at"] == ["%d.%m.%Y"]
    assert document["numbers"]["decimal"] == ","
    assert document["file"] == {"header_row": 3}
    assert '# nothing is made of "Phase Name"  # such as x, y' in text

    create = {"create": {"reps": {"role": "AE", "team": "Imported"}}}
    report = acme.take_path("deals", path, mapping=parse(document | create))
    assert (report.added, report.rejected, report.doubts) == (2, 0, ())
    assert [str(deal.amount) for deal in acme.all(Deal)] == ["1234.5", "99"]
    assert len(acme.all(Person)) == 2


def test_what_could_not_be_guessed_stands_in_the_map(tmp_path: Path) -> None:
    path = tmp_path / "calls.csv"
    path.write_text("agent,started,call_duration_in_minutes\nAna,01/02/2026 09:00,70.0\n", encoding="utf-8")
    text = suggested(path, kind=ImportKind.CALLS, mapping=None)
    document = tomllib.loads(text)

    assert document["units"] == {"duration_s": "minutes"}
    assert '# call_id = ["…", "…"]' in text
    assert document["constants"] == {"source": "…"}
    assert "# Look at this: started_at: “01/02/2026 09:00” can be read as" in text
