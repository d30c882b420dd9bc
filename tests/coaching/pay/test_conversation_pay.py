"""A month of coaching is told to the coach, in money or in relief, as each month ends."""

import csv
import io
from datetime import UTC, date, datetime

import pytest

from bot.core.coaching_enums import PaidBy
from bot.core.enums import Metric, Role
from bot.sandbox import Member, text_of
from bot.sandbox.state import Message
from bot.scorecards.services import targets
from tests.coaching.pay.months import DECEMBER_FIRST, DECEMBER_THIRD, coached, lists, payroll, pays, until
from tests.support.office import Office


def statements(who: Member) -> list[Message]:
    return [one for one in who.dm if "Your coaching, 2026-" in text_of(one)]


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
def test_what_is_written_down_later_waits_anew(office: Office, mia: Member) -> None:
    until(office, DECEMBER_THIRD)
    mia.clicks("Approve", lists(mia)[0])

    coached(office, "Bo", "Ana", date(2026, 11, 25))

    told = mia.commands("/coach paid @Bo last month").says
    assert "○ Mia approved 120 min on Dec 3, 2026; the sessions have changed since, so it waits anew." in told


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
