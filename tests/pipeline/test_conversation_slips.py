"""A close that moves again is asked about once: why."""

from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import col, select

from bot.calendar import periods
from bot.core.enums import SlipCause
from bot.pipeline.services import stuck as pipelines
from bot.pipeline.views.stuck import plunger
from bot.sandbox import Member, text_of
from storage.tables import Deal, SlipReason
from tests.pipeline.stuck import deal, home, shows
from tests.support.office import Office


def moves(bo: Member, day: str, **more: Any) -> dict[str, str]:
    bo.opens_home()
    bo.clicks("New date")
    return bo.submits(expected_close=day, **more).errors


def causes(office: Office) -> list[SlipCause]:
    with office.db.read() as session:
        return [row.cause for row in session.exec(select(SlipReason).order_by(col(SlipReason.id)))]


def test_the_second_move_asks_what_changed(office: Office, bo: Member) -> None:
    deal(office, "Bo", "Acme", last_activity_at=office.clock())
    assert moves(bo, "2026-11-16") == {}, "the first is not asked about"
    office.clock.advance(timedelta(days=1))

    assert moves(bo, "2026-11-20", cause="Somebody else has to agree") == {}

    assert causes(office) == [SlipCause.AUTHORITY]
    assert "What changed?" not in home(bo)


def test_a_deal_moved_elsewhere_is_asked_about_in_home(office: Office, bo: Member) -> None:
    deal(office, "Bo", "Acme", last_activity_at=office.clock())
    for day in ("2026-12-01", "2026-12-20"):
        bo.commands("/scorecard deal")
        bo.submits(deal="Acme")
        bo.submits(expected_close=day)
        bo.closes(everything=True)

    assert "The expected close of *Acme* has moved 2 times, to Dec 20, 2026 now." in home(bo)
    bo.clicks("What changed?")
    assert bo.submits(cause="Price or terms").errors == {}

    shows(office, bo, "What changed?", gone=True)
    assert causes(office) == [SlipCause.PRICE]


def test_the_deals_form_asks_in_its_place(office: Office, bo: Member) -> None:
    deal(office, "Bo", "Acme", last_activity_at=office.clock())
    for day in ("2026-12-01", "2026-12-20"):
        bo.commands("/scorecard deal")
        bo.submits(deal="Acme")
        bo.submits(expected_close=day)
        if "✓" in text_of(bo.modal):
            bo.closes(everything=True)

    assert "has moved 2 times" in text_of(bo.modal)
    bo.submits(cause="They went silent")

    assert causes(office) == [SlipCause.SILENCE]


def test_the_share_without_timeline_or_authority_hears_the_answers(office: Office, bo: Member) -> None:
    week = {"expected_close": date(2026, 11, 10), "timeline_confirmed": True, "authority_confirmed": True}
    deal(office, "Bo", "Acme", **week)
    with office.db.writing(office.workspace_id, office.clock()) as books:
        row = books.session.exec(select(Deal)).one()
        asked = periods.parse("last week", now=office.clock(), zone=ZoneInfo("Europe/Berlin"))
        pinned = pipelines.of_rep(books, row.ae_id, asked, as_of=office.clock())
    assert (pinned.slipped, pinned.slipped_without_timeline_or_authority) == (1, 0)

    assert moves(bo, "2026-11-16") == {}
    office.clock.advance(timedelta(days=1))
    assert moves(bo, "2026-11-20", cause="There was no timeline, or theirs changed") == {}

    with office.db.reading(office.workspace_id, office.clock()) as books:
        week_after = periods.parse("this week", now=office.clock(), zone=ZoneInfo("Europe/Berlin"))
        told = pipelines.of_rep(books, row.ae_id, week_after, as_of=office.clock())
    assert (told.slipped, told.slipped_without_timeline_or_authority) == (1, 1)
    assert "of 1 whose closing day passed that week, 1 had no timeline" in plunger(told, in_a_week=True)
    assert "of 1 whose closing day passed in that time, 1 had no timeline" in plunger(told, in_a_week=False)
