"""A manager asks for the workbook."""

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
