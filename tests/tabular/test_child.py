"""Workbooks of strangers: a bomb is refused in a sentence, and what is honest reads as it did."""

import json
import sys
import tempfile
import zipfile
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from bot.core.enums import Role
from bot.core.errors import BadInput
from bot.sandbox import Member
from bot.tabular import child, files, isolated
from bot.tabular.child import read_safely
from tests.support.office import Office


def book(path: Path, cells: Sequence[tuple[int, int, Any]]) -> Path:
    made = xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd hh:mm"})
    sheet = made.add_worksheet()
    for row, column, value in cells:
        sheet.write(row, column, value)
    made.close()
    return path


@pytest.fixture
def bomb(tmp_path: Path) -> Path:
    """Of a few kB, with one cell in each corner of the sheet."""
    return book(tmp_path / "bomb.xlsx", [(0, 0, "email"), (1_048_575, 16_383, "x")])


def test_two_far_cells_are_refused_in_a_sentence_and_the_process_lives(bomb: Path) -> None:
    with pytest.raises(BadInput, match="more memory or time") as told:
        read_safely(bomb)

    assert "bomb.xlsx" in str(told.value) and "CSV" in str(told.value)
    assert not list(bomb.parent.glob("cornerman-rows-*"))


@pytest.mark.parametrize("claimed", ["XFE1", "A1048577", "ZZZZZZZ99999999999"])
def test_a_cell_beyond_the_last_of_excel_is_refused_before_the_sheet_is_filled_up_to_it(
    tmp_path: Path, claimed: str
) -> None:
    path = book(tmp_path / "odd.xlsx", [(0, 0, "email")])
    _rename(path, b'r="A1"', f'r="{claimed}"'.encode())

    with pytest.raises(BadInput, match="beyond XFD1048576"):
        read_safely(path)


def _rename(path: Path, before: bytes, after: bytes) -> None:
    with zipfile.ZipFile(path) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, part in parts.items():
            packed.writestr(name, part.replace(before, after))


def test_the_last_column_of_excel_is_read(tmp_path: Path) -> None:
    assert (
        len(read_safely(book(tmp_path / "wide.xlsx", [(0, 0, "email"), (0, 16_383, "x")])).header) == 16_384
    )


def test_what_declares_too_much_is_not_even_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(isolated, "MOST_UNPACKED", 10_000)
    monkeypatch.setattr(child, "_let_read", lambda *_: pytest.fail("it was opened"))
    packed = tmp_path / "zeros.xlsx"
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("xl/worksheets/sheet1.xml", "0" * 100_000)

    with pytest.raises(BadInput, match="more memory or time"):
        read_safely(packed)


def test_a_reader_that_never_ends_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(isolated, "WALL_SECONDS", 0.05)
    with pytest.raises(BadInput, match="more memory or time"):
        read_safely(book(tmp_path / "slow.xlsx", [(0, 0, "email")]))


def test_the_child_knows_none_of_our_secrets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the reader is made to do by a bad file, it does without a token."""
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-secret")
    monkeypatch.setattr(sys, "executable", str(_shell(tmp_path)))
    with pytest.raises(BadInput):
        read_safely(book(tmp_path / "one.xlsx", [(0, 0, "email")]))

    assert "xoxb-secret" not in (tmp_path / "environment").read_text()


def _shell(folder: Path) -> Path:
    script = folder / "python"
    script.write_text(f"#!/bin/sh\n/usr/bin/env > {folder}/environment\nexit 1\n")
    script.chmod(0o755)
    return script


def test_an_honest_workbook_reads_as_it_did(tmp_path: Path) -> None:
    rows: list[tuple[int, int, Any]] = [
        (0, 0, " Deal "),
        (0, 1, "when"),
        (1, 0, "Acme & Söhne\nGmbH"),
        (1, 1, datetime(2026, 10, 5, 14, 30)),  # noqa: DTZ001  as a workbook has it
        (3, 0, 1200.5),
        (3, 1, True),
    ]
    path = book(tmp_path / "deals.xlsx", rows)

    ours, theirs = read_safely(path), files.open_file(path)

    assert (ours.header, ours.total) == (theirs.header, theirs.total)
    assert list(ours.lines()) == list(theirs.lines())
    assert list(ours.lines()) == list(ours.lines()), "it can be read again"


def test_the_rows_in_between_are_not_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "rows"))
    (tmp_path / "rows").mkdir()
    source = read_safely(book(tmp_path / "deals.xlsx", [(0, 0, "deal"), (1, 0, "d1")]))
    assert len(list(source.lines())) == 1
    del source

    assert not list((tmp_path / "rows").iterdir())


@given(
    st.one_of(
        st.text(),
        st.floats(allow_nan=False),
        st.booleans(),
        st.dates(),
        st.datetimes(),
        st.times(),
        st.timedeltas(),
    )
)
def test_every_kind_of_cell_survives_the_way(
    cell: str | float | bool | date | datetime | time | timedelta,
) -> None:
    assert child._unpacked(json.loads(json.dumps(child._packed(cell)))) == cell


@pytest.mark.parametrize("body", [b"PK\x03\x04", b"PK\x03\x04" + b"\0" * 500, b"\xd0\xcf\x11\xe0" * 50])
def test_a_damaged_workbook_is_refused_in_a_sentence(tmp_path: Path, body: bytes) -> None:
    path = tmp_path / "broken.xlsx"
    path.write_bytes(body)

    with pytest.raises(BadInput):
        read_safely(path)


def test_a_bomb_in_the_direct_message_is_answered_with_a_sentence(office: Office, bomb: Path) -> None:
    ana = office.hires("Ana", Role.SDR, office.team())

    ana.uploads(bomb.read_bytes(), "bomb.xlsx")
    office.tick()

    assert ana.waits_for("more memory or time", timeout=60)
    office.call_ended(ana)
    assert ana.waits_for("How did your call")


def test_a_file_of_somebody_who_is_not_on_the_roster_is_not_even_fetched(office: Office, bomb: Path) -> None:
    eve: Member = office.sandbox.add_person("Eve", email="eve@example.com")
    eve.uploads(bomb.read_bytes(), "bomb.xlsx")
    office.tick()

    assert [message.text for message in eve.dm if message.user != eve.id] == []
