"""What to do next: which deals are stuck and why, by what they are worth, and nothing where there is nothing."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from bot.core.enums import DealStatus
from bot.pipeline.domain.money import Money
from bot.pipeline.domain.stuck import StuckReason
from bot.workbook.domain.headline import Slipped
from bot.workbook.domain.pipeline import DealRecord
from bot.workbook.domain.summary import page
from bot.workbook.services.totals import DealsRead
from tests.workbook.pages import RUNNING, ZONE, headline, rows, said, table


def deal(key: str, amount: int | None, currency: str = "USD", **about: Any) -> DealRecord:
    at = datetime(2026, 10, 1, tzinfo=ZONE)
    given: dict[str, Any] = {
        "status": DealStatus.OPEN,
        "stuck": (StuckReason.NO_ACTIVITY,),
        "has_slipped": False,
    } | about
    return DealRecord(
        key=key, company="", ae="Elif", team="East", amount=None if amount is None else Decimal(amount),
        currency=currency if amount is not None else "", opened_at=at, open_since=at, closed_at=None, days_to_win=None,
        timeline_confirmed=None, authority_confirmed=None, last_activity_at=None, next_meeting_at=None,
        loss_reason="", from_accepted_lead=False, **({"expected_close": None} | given),
    )  # fmt: skip


def test_the_largest_stuck_deals_come_by_what_they_are_worth() -> None:
    deals = [deal(f"d{n}", n) for n in range(12)]
    deals += [
        deal("eur", 9, "EUR"),
        deal("none", None),
        deal("chf", 10**6, "CHF"),
        deal("moving", 50, stuck=()),
    ]

    found = DealsRead().read(deals).largest("USD", {"EUR": Decimal("1.16")})

    assert [one.key for one in found] == ["d11", "eur", "d10", "d9", "d8", "d7", "d6", "d5", "d4", "d3"]
    few = DealsRead().read([deals[13], deals[14], deals[3]]).largest("USD", {})
    assert [one.key for one in few] == ["d3", "chf", "none"], "what nobody can compare comes last"


def test_what_to_do_next_says_what_is_stuck_and_why_and_what_became_of_what_slipped() -> None:
    past: dict[str, Any] = {
        "has_slipped": True,
        "stuck": (StuckReason.PAST_CLOSE,),
        "expected_close": date(2026, 10, 5),
    }
    moved = past | {"stuck": (), "expected_close": date(2026, 12, 5)}
    gone = past | {"stuck": (), "status": DealStatus.LOST}
    read = DealsRead().read(
        [deal("a", 40, **past), deal("b", 20, **moved), deal("c", 5, **gone), deal("d", 10)]
    )
    because = {reason: read.because[reason].money("USD", {}) for reason in StuckReason}
    one = headline(
        open=read.open.money("USD", {}), stuck=read.stuck.money("USD", {}), because=because,
        largest=read.largest("USD", {}), slipped=read.what_slipped("USD", {}),
    )  # fmt: skip

    sheet = page.sheet(RUNNING, one, ("Deals",))

    told = [(row[0], row[1], row[3]) for row in rows(sheet, "Next")]
    assert told == [
        ("Past its expected close", 40, 1),
        ("No activity and no meeting ahead", 10, 1),
        ("Slipped", 65, 3),
    ]
    slipped = list(rows(sheet, "Next"))[-1][4]
    assert slipped.endswith(
        "1 lost since, 1 put off to a later day, 1 still past the day; 1 of them are among the stuck"
    )
    assert said(one)["Of it stuck"][4] == "71% of the open pipeline: see What to do next"
    assert [row[:3] for row in rows(sheet, "Largest")] == [["a", 40, "USD"], ["d", 10, "USD"]]
    assert table(sheet, "Largest").heading.startswith("The stuck deals; all are on the sheet Deals")


def test_what_is_nothing_leaves_the_page() -> None:
    sheet = page.sheet(RUNNING, headline(stuck=Money(), slipped=Slipped()), ("Deals",))

    assert [table.name for table in sheet.tables] == ["Money"]
    assert "Cost of coaching" not in said(headline())
    assert said(headline(sessions=3, credited=90))["Cost of coaching"][1] is None
