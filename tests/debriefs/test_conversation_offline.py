"""Debriefs without power or network: a sheet goes out, is filled in, and comes back."""

import json
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlmodel import select
from typer.testing import CliRunner

from bot import cli
from bot.core.enums import ImportKind, Outcome
from bot.imports.services import run as imports
from bot.sandbox import Member, text_of
from storage.tables import DebriefTag, InboxEvent, Prompt
from tests.debriefs.after_call.told import debriefs
from tests.support.office import Office

FILLED = {"outcome": "advanced", "went_well": "She laughed", "tags": "pricing, demo", "timeline": "yes"}


def calls(office: Office, rep: Member, *contacts: str) -> None:
    for contact in contacts:
        office.call_ended(rep, contact=contact)


def sheet(office: Office, rep: Member) -> bytes:
    """What the button in Home sends."""
    rep.opens_home()
    rep.clicks("Work offline")
    office.tick()
    message = rep.waits_for(lambda one: next((said for said in one.dm if said.files), None))
    body = message.files[0].content  # type: ignore[union-attr]
    assert body is not None
    return body


def filled(body: bytes, rows: dict[str, dict[str, Any]]) -> bytes:
    """The sheet with these cells, by who the call was with, as a spreadsheet program saves it."""
    book = load_workbook(BytesIO(body))
    [page] = book.worksheets
    names = [cell.value for cell in page[1]]
    for row in page.iter_rows(min_row=2):
        who = row[names.index("with")].value
        for name, value in rows.get(str(who).partition(",")[0], {}).items():
            row[names.index(name)].value = value
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def sends(office: Office, rep: Member, body: bytes, name: str = "debriefs.xlsx") -> None:
    rep.uploads(body, name)
    office.tick()


def test_the_sheet_that_comes_back_fills_the_debriefs_in(office: Office, ana: Member) -> None:
    calls(office, ana, "Dana", "Max")
    body = sheet(office, ana)

    sends(office, ana, filled(body, {"Dana": {**FILLED, "next_step_on": date(2026, 11, 20)}}))

    ana.waits_for("✓ 1 debrief saved.")
    [debrief] = debriefs(office)
    assert (debrief.outcome, debrief.went_well, debrief.timeline_agreed, debrief.next_step_on) == (
        Outcome.ADVANCED,
        "She laughed",
        True,
        date(2026, 11, 20),
    )
    with office.db.read() as session:
        assert sorted(session.exec(select(DebriefTag.tag))) == ["demo", "pricing"]
        assert sorted(session.exec(select(Prompt.status))) == ["answered", "asked"]
    ana.waits_for("✓ Your call with *Dana, Acme*: meeting booked")


def test_the_sheet_has_choices_and_locks_what_names_a_call(office: Office, ana: Member) -> None:
    calls(office, ana, "Dana <!channel> =1+1")
    [page] = load_workbook(BytesIO(sheet(office, ana))).worksheets

    names = [cell.value for cell in page[1]]
    row = {name: page[2][at] for at, name in enumerate(names)}
    assert page.protection.sheet
    assert [row[name].protection.locked for name in ("call_id", "with", "outcome", "next_step_on")] == [
        True,
        True,
        False,
        False,
    ]
    assert row["with"].data_type == "s"
    listed = {str(rule.sqref): rule.formula1 for rule in page.data_validations.dataValidation}
    assert listed[row["outcome"].coordinate] == '"advanced,continued,no_decision,lost,no_show"'
    [hidden] = [group for group in page.column_dimensions.values() if group.hidden]
    assert (hidden.min, hidden.max) == (names.index("source") + 1, names.index("seal") + 1)


def test_sent_twice_is_saved_once(office: Office, ana: Member) -> None:
    calls(office, ana, "Dana")
    body = filled(sheet(office, ana), {"Dana": FILLED})

    sends(office, ana, body)
    ana.waits_for("✓ 1 debrief saved.")
    sends(office, ana, body)

    ana.waits_for("1 was saved already.")
    assert [debrief.version for debrief in debriefs(office)] == [1]


def test_what_was_said_meanwhile_is_not_wiped_by_blank_cells(office: Office, ana: Member) -> None:
    calls(office, ana, "Dana")
    body = sheet(office, ana)
    ana.clicks("Debrief", beside="Dana")
    ana.submits(outcome="Continued", measure="Ask who signs")

    sends(office, ana, filled(body, {"Dana": FILLED}))

    ana.waits_for("✓ 1 debrief saved.")
    [debrief] = debriefs(office)
    assert (debrief.measure, debrief.went_well, debrief.version) == ("Ask who signs", "She laughed", 2)


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        ({"outcome": "won"}, "the outcome is one of advanced"),
        ({"outcome": "lost"}, "Please say why it was lost"),
        ({**FILLED, "timeline": "maybe"}, "timeline is yes, no or blank"),
        ({**FILLED, "next_step_on": "soon"}, "reads like 2026-11-20"),
        ({**FILLED, "next_step_on": date(2026, 11, 1)}, "cannot come before the call"),
        ({**FILLED, "went_well": "x" * 3001}, "shorten this by 1"),
        ({**FILLED, "with": "Somebody else"}, "grey cells were changed"),
        ({**FILLED, "call_id": "another"}, "grey cells were changed"),
    ],
)
def test_a_row_that_cannot_be_is_told_and_the_others_are_saved(
    office: Office, ana: Member, cells: dict[str, Any], why: str
) -> None:
    calls(office, ana, "Dana", "Max")
    body = filled(sheet(office, ana), {"Max": FILLED} | {"Dana": cells})

    sends(office, ana, body)

    told = text_of(ana.waits_for("✓ 1 debrief saved."))
    assert "Row 3: " in told or "Row 2: " in told
    assert why in told
    assert len(debriefs(office)) == 1


def test_a_file_that_is_not_the_sheet_is_told_so(office: Office, ana: Member) -> None:
    sends(office, ana, b"name,email\n", "people.csv")
    ana.waits_for("people.csv is not the offline sheet")

    sends(office, ana, b"PK\x03\x04 no workbook", "debriefs.xlsx")
    ana.waits_for("not a workbook that I can read")


def test_nobody_fills_in_for_somebody_else(office: Office, ana: Member, bo: Member) -> None:
    calls(office, ana, "Dana")
    body = filled(sheet(office, ana), {"Dana": FILLED})

    sends(office, bo, body)

    bo.waits_for("not one of yours")
    assert debriefs(office) == []


def test_what_people_write_to_the_bot_is_not_even_stored(office: Office, ana: Member) -> None:
    ana.says(None, "Dana from Acme is a pain")
    office.tick()

    with office.db.read() as session:
        assert "pain" not in str(session.exec(select(InboxEvent.body)).all())


def test_without_an_open_call_there_is_nothing_to_take_along(office: Office, ana: Member) -> None:
    ana.opens_home()
    assert "Work offline" not in text_of(ana.person.home)


def test_the_import_takes_the_sheet_as_it_is(office: Office, ana: Member, tmp_path: Path) -> None:
    calls(office, ana, "Dana", "Max")
    path = tmp_path / "debriefs.xlsx"
    path.write_bytes(filled(sheet(office, ana), {"Dana": FILLED}))

    report = imports.run_import(
        office.db,
        office.workspace_id,
        path,
        ImportKind.DEBRIEFS,
        mapping=imports.Mapping(),
        now=office.clock(),
        rejected_to=tmp_path,
    )

    assert (report.read, report.added, report.rejected) == (1, 1, 0)
    assert [debrief.outcome for debrief in debriefs(office)] == [Outcome.ADVANCED]


def test_the_shell_writes_the_sheet_of_a_rep(
    office: Office, ana: Member, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls(office, ana, "Dana", "Max")
    monkeypatch.setenv("DATABASE_URL", office.db.url.render_as_string(hide_password=False))
    path = tmp_path / "ana.xlsx"

    told = CliRunner().invoke(
        cli.app, ["export", "--debrief-sheet", "--rep", "ana@example.com", "-o", str(path), "--json"]
    )

    assert json.loads(told.stdout) == {"path": str(path), "calls": 2}
    sends(office, ana, filled(path.read_bytes(), {"Max": FILLED}))
    ana.waits_for("✓ 1 debrief saved.")
    alone = CliRunner().invoke(cli.app, ["export", "--debrief-sheet", "-o", str(path)])
    assert alone.exit_code == 2
