"""A manager asks for the workbook."""

from datetime import UTC, datetime
from io import BytesIO

import openpyxl
from openpyxl.worksheet.table import Table
from sqlmodel import select

from bot.sandbox import Member, text_of
from storage.tables import AuditEntry, InboxEvent, Person
from tests.support.office import Office


def test_what_was_asked_for_bears_the_id_of_its_request(office: Office, mia: Member) -> None:
    """It is quoted to the admin where the workbook cannot be written; it was blank."""
    mia.commands("/scorecard export week")

    with office.db.read() as session:
        asked = session.exec(select(InboxEvent).where(InboxEvent.source == "errand")).one()
    assert len(asked.request_id) == 12


def test_the_workbook_comes_by_dm_as_a_file(office: Office, ana: Member, bo: Member, mia: Member) -> None:
    office.call_ended(ana)
    ana.clicks("Meeting booked")

    answer = mia.commands("/scorecard export week")

    assert "East" in answer.text
    [file] = mia.waits_for(lambda member: member.files)
    book = openpyxl.load_workbook(BytesIO(file.content or b""))
    assert {"Summary", "Definitions", "Debriefs"} <= set(book.sheetnames)


def test_a_rep_gets_their_own_numbers_and_nobody_elses(
    office: Office, ana: Member, bo: Member, mia: Member
) -> None:
    for rep in (ana, bo):
        office.call_ended(rep, contact=f"Dana of {rep.person.name}")

    assert "the workbook of Ana" in ana.commands("/scorecard export week").text
    assert "export" in ana.commands("/scorecard export East").text, "a team's is its manager's"

    [file] = ana.waits_for(lambda member: member.files)
    book = openpyxl.load_workbook(BytesIO(file.content or b""))
    told = {str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row if cell}
    assert "Ana" in told
    assert "Bo" not in told


def test_a_period_that_has_not_begun_is_said_to_and_no_file_comes(
    office: Office, ana: Member, mia: Member
) -> None:
    mia.commands("/scorecard export 2027-Q1")
    mia.waits_for("2027-Q1 has not begun: its first day is 2027-01-01.")
    assert mia.files == []


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
    with office.db.read() as session:
        [told] = [one for one in session.exec(select(AuditEntry)) if "workbook" in one.what]
        mias = session.exec(select(Person.id).where(Person.name == "Mia")).one()
    assert (told.who_id, told.what) == (None, f"the month's workbook for {{person:{mias}}}")
    assert ana.files == []


def test_a_month_that_was_slept_through_is_let_go(office: Office, ana: Member, mia: Member) -> None:
    office.clock.now = datetime(2026, 12, 9, 9, 0, tzinfo=UTC)
    office.tick()

    assert mia.files == []


def ours() -> bytes:
    """A report of one's own, with a table for debriefs."""
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.append(["Rep", "Outcome", "Shouted"])
    page.append(["Nobody", "lost", "=UPPER(Debriefs[[#This Row],[Rep]])"])
    page.add_table(Table(displayName="Debriefs", ref="A1:C2"))
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def test_ones_own_workbook_dropped_into_the_messages_comes_back_filled(
    office: Office, ana: Member, bo: Member, mia: Member
) -> None:
    office.sandbox.subscribe({"message.im"})
    for rep, ended in ((ana, "Meeting booked"), (bo, "Advanced")):
        office.call_ended(rep)
        rep.clicks(ended)

    mia.uploads(ours(), "our report.xlsx", "export week")
    office.tick()

    told = text_of(mia.waits_for("our report.xlsx, filled for East"))
    assert ": 2 reps." in told and "It has no table" in told
    page = openpyxl.load_workbook(BytesIO(mia.files[-1].content or b"")).active
    assert page is not None and mia.files[-1].name == "our report.xlsx"
    assert [row[0].value for row in page.iter_rows(min_row=2)] == ["Ana", "Bo"]
    assert [row[2].value for row in page.iter_rows(min_row=2)] == ["=UPPER(Debriefs[[#This Row],[Rep]])"] * 2


def test_a_rep_has_it_filled_with_their_own_numbers(office: Office, ana: Member, bo: Member) -> None:
    office.sandbox.subscribe({"message.im"})
    for rep, ended in ((ana, "Meeting booked"), (bo, "Advanced")):
        office.call_ended(rep)
        rep.clicks(ended)

    ana.uploads(ours(), "mine.xlsx", "export week")
    office.tick()

    ana.waits_for("mine.xlsx, filled for Ana")
    page = openpyxl.load_workbook(BytesIO(ana.files[-1].content or b"")).active
    assert page is not None
    assert [row[0].value for row in page.iter_rows(min_row=2)] == ["Ana"]


def test_a_template_needs_no_word_where_it_is_no_import(office: Office, ana: Member, mia: Member) -> None:
    office.sandbox.subscribe({"message.im"})

    mia.uploads(ours(), "quiet.xlsx")
    office.tick()

    mia.waits_for("quiet.xlsx, filled for East")


def test_what_cannot_be_filled_is_answered_with_why(office: Office, mia: Member, ana: Member) -> None:
    office.sandbox.subscribe({"message.im"})

    mia.uploads(b"Rep,Outcome\n", "report.csv", "export")
    office.tick()
    mia.waits_for("report.csv was not filled. I cannot fill report.csv: it is no Excel workbook")

    ana.uploads(ours(), "report.xlsx", "export East")
    office.tick()
    ana.waits_for("report.xlsx was not filled. You can export your own numbers")
