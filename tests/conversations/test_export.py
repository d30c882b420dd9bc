"""A manager asks for the workbook."""

from datetime import UTC, datetime
from io import BytesIO

import openpyxl

from bot.sandbox import Member
from tests.conversations.office import Office


def test_the_workbook_comes_by_dm_as_a_file(office: Office, ana: Member, bo: Member, mia: Member) -> None:
    office.call_ended(ana)
    ana.clicks("Advanced")

    answer = mia.commands("/scorecard export week")

    assert "East" in answer.text
    [file] = mia.waits_for(lambda member: member.files, timeout=20)
    book = openpyxl.load_workbook(BytesIO(file.content or b""))
    assert {"Summary", "Definitions", "Debriefs"} <= set(book.sheetnames)


def test_a_rep_does_not_get_the_teams_workbook(office: Office, ana: Member, bo: Member, mia: Member) -> None:
    answer = ana.commands("/scorecard export")

    assert "export" in answer.text
    assert ana.files == []


def test_each_month_the_manager_is_sent_the_month_before_once(
    office: Office, ana: Member, bo: Member, mia: Member
) -> None:
    office.clock.now = datetime(2026, 12, 1, 7, 30, tzinfo=UTC)  # 8:30 in Berlin
    office.tick()
    assert mia.files == []

    office.later(minutes=30)
    office.later(hours=1)
    office.later(days=1)

    assert [file.name for file in mia.files] == ["scorecards.xlsx"]
    mia.waits_for("workbook of November 2026: 2 reps")
    assert ana.files == []


def test_a_month_that_was_slept_through_is_let_go(office: Office, ana: Member, mia: Member) -> None:
    office.clock.now = datetime(2026, 12, 9, 9, 0, tzinfo=UTC)
    office.tick()

    assert mia.files == []
