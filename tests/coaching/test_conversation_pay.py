"""A month of coaching is told to the coach, approved by who leads them, and taken along by payroll."""

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO

import openpyxl
import pytest
from sqlmodel import select

from bot.core.coaching_enums import PaidBy
from bot.core.enums import Metric, Role
from bot.sandbox import Member, text_of
from bot.sandbox.state import File, Message
from bot.scorecards.services import targets
from storage.tables import AuditEntry, Membership, PayMonth, Person, Workspace
from tests.support.builders import Builder
from tests.support.office import Office
from tests.support.roster import leaves

DECEMBER_FIRST = datetime(2026, 12, 1, 9, tzinfo=UTC)
DECEMBER_THIRD = datetime(2026, 12, 3, 9, tzinfo=UTC)


def ids(office: Office) -> dict[str, int]:
    with office.db.read() as session:
        return dict(session.exec(select(Person.name, Person.id)).all())


def pays(office: Office, an_hour: int, by: PaidBy = PaidBy.MONEY) -> None:
    with office.db.begin() as session:
        workspace = session.get_one(Workspace, office.workspace_id)
        workspace.credit_rate, workspace.paid_by, workspace.currency = Decimal(an_hour), by, "EUR"
        session.add(workspace)


def coached(office: Office, coach: str, learner: str, *days: date, minutes: int = 60) -> None:
    known = ids(office)
    with office.db.begin() as session:
        for day in days:
            Builder(session, office.workspace_id).coached(known[coach], known[learner], day, minutes=minutes)


def until(office: Office, moment: datetime) -> None:
    office.later(seconds=(moment - office.clock()).total_seconds())


def statements(who: Member) -> list[Message]:
    return [one for one in who.dm if "Your coaching, 2026-" in text_of(one)]


def lists(who: Member) -> list[Message]:
    return [one for one in who.dm if "to approve" in text_of(one) and "Coaching in" in text_of(one)]


def payroll(who: Member) -> tuple[File, File]:
    """As CSV and as a workbook."""

    def arrived(one: Member) -> list[File]:
        found = [file for file in one.files if file.name.startswith("coaching-pay-2026-11.")]
        return found if len(found) == 2 else []

    sheet, book = sorted(who.waits_for(arrived), key=lambda file: file.name)
    return sheet, book


@pytest.fixture
def november(office: Office, ana: Member, bo: Member, mia: Member) -> None:
    """Bo held an hour with Ana in each of two weeks, and half an hour in October."""
    pays(office, 40)
    coached(office, "Bo", "Ana", date(2026, 11, 4), date(2026, 11, 11))
    coached(office, "Bo", "Ana", date(2026, 10, 14), minutes=30)


@pytest.mark.usefixtures("november")
def test_a_coach_reads_the_month_once_in_the_morning_after_it(office: Office, bo: Member) -> None:
    until(office, datetime(2026, 12, 1, 6, tzinfo=UTC))
    assert statements(bo) == []

    until(office, DECEMBER_FIRST)

    [told] = [text_of(one) for one in statements(bo)]
    assert "2 sessions, 120 min, of which 120 min are credited: *€80.00* at €40.00 an hour." in told
    assert "• Wed, Nov 4 with Ana: 60 min, 60 credited" in told and "Oct 14" not in told
    assert "○ Waits to be approved." in told and "Mia is asked to approve it" in told
    office.later(days=1)
    office.later(days=9)
    assert len(statements(bo)) == 1
    until(office, datetime(2027, 1, 4, 9, tzinfo=UTC))
    assert len(statements(bo)) == 1


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
def test_what_is_written_down_later_waits_anew(office: Office, mia: Member) -> None:
    until(office, DECEMBER_THIRD)
    mia.clicks("Approve", lists(mia)[0])

    coached(office, "Bo", "Ana", date(2026, 11, 25))

    told = mia.commands("/coach paid @Bo last month").says
    assert "○ Mia approved 120 min on Dec 3, 2026; the sessions have changed since, so it waits anew." in told


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


def test_without_a_rate_no_money_stands_anywhere(
    office: Office, ana: Member, bo: Member, mia: Member
) -> None:
    coached(office, "Bo", "Ana", date(2026, 11, 4))
    until(office, DECEMBER_THIRD)
    mia.clicks("Approve", lists(mia)[0])
    office.tick()
    mia.commands("/coach paid file")

    sheet, _book = payroll(mia)
    [row] = csv.DictReader(io.StringIO((sheet.content or b"").decode("utf-8-sig")))
    assert (row["Rate an hour"], row["To pay"]) == ("no rate is set", "no rate is set")
    for told in (*statements(bo), *lists(mia), bo.dm[-1]):
        assert "No rate is set" in text_of(told) and "$" not in text_of(told)


def test_in_relief_the_targets_of_the_card_ask_for_less(
    office: Office, ana: Member, bo: Member, mia: Member
) -> None:
    pays(office, 0, PaidBy.RELIEF)
    coached(office, "Ana", "Bo", date(2026, 11, 4), date(2026, 11, 11), minutes=120)
    with office.db.writing(office.workspace_id, office.clock()) as books:
        aims = {Metric.CALLS_PER_DAY: 10.0, Metric.QUALIFIED_RATE: 0.5}
        targets.change(books, Role.SDR, aims, from_day=date(2026, 1, 1))
    until(office, DECEMBER_THIRD)

    card = ana.commands("/scorecard last month")
    ana.clicks("More", card.message)

    less = 1 - 240 / (21 * 480)  # of the working days of November
    ana.waits_for(f"target {10 * less:.1f} a day")
    ana.waits_for("target 50%")
    ana.waits_for("240 min of coaching are taken off the working time")
    assert "*2.4% less* is asked of the month's targets" in text_of(statements(ana)[0])
    mia.clicks("Not so", lists(mia)[0])
    mia.submits(reason="We agreed on money")
    again = ana.commands("/scorecard last month")
    ana.clicks("More", again.message)
    ana.waits_for("target 10 a day")


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


def test_each_month_ends_on_the_coachs_own_wall(office: Office, east: int, ana: Member) -> None:
    """Across the date line, and in a November in which some turned their clocks and others did not."""
    far = office.hires("Aroha", Role.AE, east, zone="Pacific/Auckland")
    late = office.hires("Lou", Role.AE, east, zone="America/Los_Angeles")
    for coach in ("Aroha", "Lou"):
        coached(office, coach, "Ana", date(2026, 11, 30))
    coached(office, "Lou", "Ana", date(2026, 10, 31), date(2026, 12, 1), minutes=20)

    until(office, datetime(2026, 11, 30, 19, tzinfo=UTC))  # 8:00 on December 1 there
    assert statements(far) == []
    until(office, datetime(2026, 11, 30, 21, tzinfo=UTC))
    assert len(statements(far)) == 1 and statements(late) == []
    until(office, datetime(2026, 12, 1, 16, tzinfo=UTC))  # 8:00
    assert statements(late) == []
    until(office, datetime(2026, 12, 1, 18, tzinfo=UTC))

    [told] = [text_of(one) for one in statements(late)]
    assert "1 session, 60 min" in told


@pytest.mark.usefixtures("november")
def test_both_messages_can_be_turned_off(office: Office, bo: Member, mia: Member) -> None:
    until(office, DECEMBER_THIRD)

    bo.clicks("Stop these messages", statements(bo)[0])
    mia.clicks("Stop these messages", lists(mia)[0])

    bo.waits_for("You do not get this any more: once a month, what your coaching earned")
    mia.waits_for("You do not get this any more: once a month, the coaching credit of your teams")
    coached(office, "Bo", "Ana", date(2026, 12, 9))
    until(office, datetime(2027, 1, 5, 9, tzinfo=UTC))
    assert len(statements(bo)) == len(lists(mia)) == 1


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
