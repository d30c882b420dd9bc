"""A rep who picks the same thing to work on for three weeks is told so, kindly and alone."""

from datetime import timedelta
from itertools import count

from sqlmodel import select

from bot.sandbox import Member, text_of
from bot.sandbox.state import Message
from storage.tables import OutboxMessage
from tests.support.office import Office

NOTICED = "weeks running"
BACK_TO_WORK = timedelta(days=7)
SOMEBODY_ELSE = (f"Contact {n}" for n in count())


def debriefs(office: Office, rep: Member, *tags: str, outcome: str = "Continued") -> None:
    office.call_ended(rep, contact=next(SOMEBODY_ELSE))
    rep.clicks("Debrief")
    rep.submits(outcome=outcome, tags=list(tags))
    office.tick()


def weeks(office: Office, rep: Member, n: int, *tags: str) -> None:
    """A debrief a week, the last one now."""
    for left in reversed(range(n)):
        debriefs(office, rep, *tags)
        if left:
            office.clock.advance(BACK_TO_WORK)


def noticed(rep: Member) -> list[Message]:
    return [message for message in rep.dm if NOTICED in text_of(message)]


def test_the_third_week_is_told_in_the_thread_of_the_question(
    office: Office, ana: Member, bo: Member
) -> None:
    weeks(office, ana, 2, "Authority")
    assert noticed(ana) == []

    office.clock.advance(BACK_TO_WORK)
    debriefs(office, ana, "Authority")

    [told] = noticed(ana)
    assert "3 weeks running that you pick *Authority*" in text_of(told)
    assert "Only you see this" in text_of(told)
    with office.db.read() as session:
        asked = session.exec(select(OutboxMessage.ts).where(OutboxMessage.kind == "prompt")).all()
    assert told.thread_ts == asked[-1]
    assert noticed(bo) == []


def test_it_comes_with_the_teams_own_shared_wins_and_their_authors(
    office: Office, ana: Member, bo: Member
) -> None:
    debriefs(office, bo, "Authority", outcome="Advanced")
    bo.clicks("Add more")
    bo.submits(story="I asked who else signs")
    office.tick()
    bo.clicks("Share it")
    bo.waits_for("Shared with the team")
    debriefs(office, bo, "Authority", outcome="Advanced")
    bo.clicks("Add more")
    bo.submits(story="Not for anybody")
    office.tick()

    weeks(office, ana, 3, "Authority")

    [told] = noticed(ana)
    assert "I asked who else signs – Bo" in text_of(told)
    assert "Not for anybody" not in text_of(told)


def test_once_per_run_however_often_it_is_picked(office: Office, ana: Member) -> None:
    weeks(office, ana, 3, "Authority")
    debriefs(office, ana, "Authority")
    ana.clicks("Edit")
    ana.submits(measure="Ask who signs")
    office.tick()
    office.clock.advance(BACK_TO_WORK)
    debriefs(office, ana, "Authority")

    assert len(noticed(ana)) == 1


def test_two_weeks_and_another_tag_are_nobodys_habit(office: Office, ana: Member) -> None:
    weeks(office, ana, 2, "Authority")
    office.clock.advance(BACK_TO_WORK)
    debriefs(office, ana, "Pricing")

    assert noticed(ana) == []
