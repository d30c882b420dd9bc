"""When a rep is asked about a call, and when not: hours, quiet, budget, sources, calls in a row."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from bot.sandbox import Member, text_of
from storage.tables import Call
from tests.support.office import Office


def test_a_call_is_asked_about_at_once(office: Office, ana: Member) -> None:
    assert office.call_ended(ana, contact="Dana", company="Acme").status_code == 200

    [message] = ana.dm
    assert "How did your call with *Dana, Acme* end?" in text_of(message)
    assert "10 min" in text_of(message)


def test_the_same_call_delivered_twice_is_stored_and_asked_once(office: Office, ana: Member) -> None:
    call = {
        "call_id": "c-1",
        "rep_email": "ana@example.com",
        "started_at": "2026-11-16T09:40:00+01:00",
        "duration_s": 900,
        "contact": "Dana",
    }

    assert office.delivers(call).status_code == 200
    assert office.delivers(call).status_code == 200
    assert office.delivers(call | {"disposition": "completed", "company": "Acme"}).status_code == 200

    assert len(ana.dm) == 1
    with office.db.read() as session:
        [stored] = session.exec(select(Call))
    assert stored.company == "Acme", "a fuller record fills in what was missing"


def test_calls_in_a_row_with_one_contact_are_one_question(office: Office, ana: Member) -> None:
    office.call_ended(ana, minutes=5, contact="Dana")
    office.clock.advance(timedelta(minutes=8))
    office.call_ended(ana, minutes=5, contact="Dana")

    ana.waits_for("1 more with them")
    assert len(ana.dm) == 1


@pytest.mark.parametrize(
    "unasked", [{"minutes": 0, "duration_s": 59}, {"disposition": "no_answer"}, {"disposition": "busy"}]
)
def test_nobody_is_asked_about_a_call_that_was_none(
    office: Office, ana: Member, unasked: dict[str, object]
) -> None:
    assert office.call_ended(ana, **unasked).status_code == 200  # type: ignore[arg-type]

    assert ana.dm == []


def test_a_call_in_the_evening_is_asked_about_the_next_morning(office: Office, ana: Member) -> None:
    office.clock.now = datetime(2026, 11, 16, 19, 0, tzinfo=UTC)  # 20:00 in Berlin
    office.call_ended(ana)
    assert ana.dm == []

    office.clock.now = datetime(2026, 11, 17, 7, 59, tzinfo=UTC)
    office.tick()
    assert ana.dm == []

    office.clock.now = datetime(2026, 11, 17, 8, 0, tzinfo=UTC)
    office.tick()
    assert len(ana.dm) == 1


def test_do_not_disturb_is_waited_out(office: Office, ana: Member) -> None:
    ana.pauses_notifications(office.clock(), office.clock() + timedelta(hours=2))
    office.call_ended(ana)
    assert ana.dm == []

    office.later(hours=2, seconds=1)

    assert len(ana.dm) == 1


def test_one_reminder_after_four_hours_and_then_peace(office: Office, ana: Member) -> None:
    office.call_ended(ana)

    office.later(hours=3, minutes=59)
    assert len(ana.dm) == 1
    office.later(minutes=2)
    assert "One tap" in text_of(ana.dm[-1])
    office.later(days=1)
    office.later(days=1)
    assert len(ana.dm) == 2


def test_at_most_six_questions_a_day_and_once_that_the_rest_waits(office: Office, ana: Member) -> None:
    for number in range(8):
        office.call_ended(ana, contact=f"Contact {number}", minutes=2)

    *asked, last = ana.dm
    assert len(asked) == 6
    assert "6 calls today, and that is enough. The rest of today's calls wait in Home" in text_of(last)
    office.later(days=1)
    office.call_ended(ana, contact="Next day", minutes=2)
    assert "How did your call with *Next day" in text_of(ana.dm[-1])


def test_another_app_reports_a_call(office: Office, ana: Member) -> None:
    dialer = office.sandbox.other_app("A0DIALER")
    channel = office.sandbox.add_channel("calls", members=[ana])
    office.sandbox.invite_bot(channel)
    payload = {
        "call_id": "c-9",
        "rep_email": "ana@example.com",
        "started_at": "2026-11-16T09:50:00+01:00",
        "duration_s": 600,
        "contact": "Dana",
    }

    dialer.posts(channel, "A call ended", {"event_type": "call_completed", "event_payload": payload})
    office.tick()

    ana.waits_for("How did your call with *Dana* end?")


def test_an_app_that_is_not_listed_is_not_believed(office: Office, ana: Member) -> None:
    stranger = office.sandbox.other_app("A0STRANGER")
    channel = office.sandbox.add_channel("calls", members=[ana])
    office.sandbox.invite_bot(channel)
    payload = {"call_id": "c-9", "rep_email": "ana@example.com", "started_at": "2026-11-16T09:50:00+01:00"}

    stranger.posts(
        channel, "Trust me", {"event_type": "call_completed", "event_payload": payload | {"duration_s": 600}}
    )
    office.tick()

    assert ana.dm == []


def test_words_are_shown_as_typed_and_never_acted_on(office: Office, ana: Member) -> None:
    office.call_ended(ana, contact="<!channel> *bold* =HYPERLINK(1)", company="ทดสอบ שלום")

    [message] = ana.dm
    raw = str(message.blocks) + message.text
    assert "<!channel>" not in raw
    assert "&lt;!channel&gt;" in raw
    assert "ทดสอบ שלום" in raw


def test_ten_thousand_characters_do_not_break_the_question(office: Office, ana: Member) -> None:
    office.call_ended(ana, contact="x" * 10_000, company="<" * 10_000)

    assert len(ana.dm) == 1
