"""A month of coaching is approved by who leads the coach, and taken along by payroll."""

import csv
import io
from datetime import date
from io import BytesIO

import openpyxl
import pytest
from sqlmodel import select

from bot.core.enums import Role
from bot.sandbox import Member, text_of
from storage.tables import AuditEntry, Membership, PayMonth
from tests.coaching.pay.months import DECEMBER_FIRST, DECEMBER_THIRD, coached, lists, payroll, until
from tests.support.office import Office
from tests.support.roster import ids, leaves


@pytest.mark.usefixtures("november")
def test_the_manager_approves_with_one_tap_and_the_coach_hears_of_it(
    office: Office, bo: Member, mia: Member
) -> None:
    until(office, DECEMBER_FIRST)
    assert lists(mia) == []
    until(office, DECEMBER_THIRD)
    [asked] = lists(mia)
    assert "*Bo* (East): 2 sessions, 120 min, of which 120 min are credited: *€80.00*" in text_of(asked)

    mia.clicks("Approve", asked)

    office.tick()
    assert "✓ Approved by Mia, Dec 3, 2026." in text_of(lists(mia)[0])
    [news] = [text_of(one) for one in bo.dm if "Your coaching in November 2026" in text_of(one)]
    assert "*€80.00*" in news and "✓ Approved by Mia" in news
    office.later(days=5)
    assert len(lists(mia)) == 1
    with office.db.read() as session:
        noted = [row for row in session.exec(select(AuditEntry)) if "coaching pay" in row.what]
    assert [row.what for row in noted] == ["coaching pay: – → November 2026 approved"]


@pytest.mark.usefixtures("november")
def test_a_no_says_why_and_can_be_taken_back(office: Office, bo: Member, mia: Member) -> None:
    until(office, DECEMBER_THIRD)

    mia.clicks("Not so", lists(mia)[0])
    assert "say why not" in str(mia.submits(reason="  ").errors) + mia.sees()
    mia.submits(reason="The one of the *4th* was a chat")
    office.tick()

    told = text_of(bo.dm[-1])
    assert "✗ Not approved by Mia" in told and "“The one of the ∗4th∗ was a chat”" in told
    mia.closes(everything=True)
    asked = mia.commands("/coach paid team")
    assert "✗ Not approved by Mia" in asked.says
    mia.clicks("Approve", asked.message)
    office.tick()
    assert "✓ Approved by Mia" in text_of(bo.dm[-1])


@pytest.mark.usefixtures("november")
def test_nobody_approves_their_own_nor_a_month_that_runs(office: Office, mia: Member, east: int) -> None:
    chief = office.hires("Ada", Role.AM, east, is_admin=True)
    coached(office, "Mia", "Ana", date(2026, 11, 5))
    assert "Approve" not in mia.commands("/coach paid @Bo").says
    until(office, DECEMBER_THIRD)

    [mias], [adas] = lists(mia), lists(chief)

    assert "*Bo*" in text_of(mias) and "*Mia*" not in text_of(mias)
    assert "*Mia*" in text_of(adas) and "*Bo*" not in text_of(adas)


@pytest.mark.usefixtures("november")
def test_payroll_takes_both_files_along(office: Office, bo: Member, mia: Member, ana: Member) -> None:
    coached(office, "Mia", "Ana", date(2026, 11, 5))
    until(office, DECEMBER_THIRD)
    mia.clicks("Approve", lists(mia)[0])
    assert "for managers and admins" in ana.commands("/coach paid file").text

    mia.commands("/coach paid file")

    sheet, book = payroll(mia)
    rows = list(csv.DictReader(io.StringIO((sheet.content or b"").decode("utf-8-sig"))))
    assert [
        (row["Coach"], row["Credited minutes"], row["To pay"], row["Status"], row["By"]) for row in rows
    ] == [("Bo", "120", "80.00", "approved", "Mia")]
    page = openpyxl.load_workbook(BytesIO(book.content or b"")).active
    assert page is not None
    values = [cell.value for row in page.iter_rows() for cell in row]
    assert "Bo" in values and 80 in values


@pytest.mark.usefixtures("november")
def test_who_left_is_still_paid_and_who_moved_is_put_to_the_new_manager(
    office: Office, bo: Member, mia: Member, east: int
) -> None:
    west = office.team("West")
    otto = office.hires("Otto", Role.MANAGER, west)
    office.hires("Cy", Role.AE, east)
    coached(office, "Cy", "Ana", date(2026, 11, 6))
    leaves(office, "Cy", date(2026, 11, 13))
    leaves(office, "Bo", date(2026, 11, 19))
    with office.db.begin() as session:
        moved = Membership(
            workspace_id=office.workspace_id,
            person_id=ids(office)["Bo"],
            team_id=west,
            role=Role.AE,
            started_on=date(2026, 11, 20),
        )
        session.add(moved)

    until(office, DECEMBER_THIRD)

    assert "*Cy* (East)" in text_of(lists(mia)[0]) and "*Bo*" not in text_of(lists(mia)[0])
    assert "*Bo* (West)" in text_of(lists(otto)[0])


@pytest.mark.usefixtures("november")
def test_a_coach_of_two_teams_is_paid_once(office: Office, bo: Member, mia: Member) -> None:
    west = office.team("West")
    otto = office.hires("Otto", Role.MANAGER, west)
    with office.db.begin() as session:
        session.add(
            Membership(
                workspace_id=office.workspace_id,
                person_id=ids(office)["Bo"],
                team_id=west,
                role=Role.AE,
                started_on=date(2026, 11, 2),
            )
        )
    until(office, DECEMBER_THIRD)
    assert "(East, West)" in text_of(lists(mia)[0]) and "(East, West)" in text_of(lists(otto)[0])

    mia.clicks("Approve", lists(mia)[0])
    otto.clicks("Approve", lists(otto)[0])

    otto.waits_for("that was approved already")
    office.tick()
    assert len([one for one in bo.dm if "✓ Approved by Mia" in text_of(one)]) == 1


@pytest.mark.usefixtures("november")
def test_a_forgotten_manager_leaves_the_approval_and_a_forgotten_coach_takes_it_along(
    office: Office, bo: Member, mia: Member
) -> None:
    until(office, DECEMBER_THIRD)
    mia.clicks("Approve", lists(mia)[0])
    forgets(office, mia)
    with office.db.read() as session:
        [row] = session.exec(select(PayMonth).where(PayMonth.approved == True)).all()  # noqa: E712
        assert row.decided_by_id is None and row.minutes == 120

    forgets(office, bo)

    with office.db.read() as session:
        assert session.exec(select(PayMonth)).all() == []


def forgets(office: Office, who: Member) -> None:
    who.opens_home()
    who.clicks("Forget me")
    who.submits(sure=True)
    for _round in range(3):
        office.later(minutes=5)
