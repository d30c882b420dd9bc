"""Three reps in three zones, over the weekend on which Berlin's clocks go back: a screenplay.

Friday 23 October 2026 to Monday 26 October 2026. Berlin is at UTC+2 until Sunday and at UTC+1 from then on; New York
stays at UTC-4 for another week, Bangkok at UTC+7 for ever.
"""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from sqlmodel import select

from bot.core.enums import Outcome, PromptStatus, Role
from bot.sandbox import Member, text_of
from storage.tables import Call, Debrief, Prompt
from tests.support.office import Office

FRIDAY, MONDAY = 23, 26


def at(office: Office, day: int, hour: int, minute: int = 0) -> None:
    """The clock shows this time of October, UTC, and the bot does what is due."""
    office.clock.now = datetime(2026, 10, day, hour, minute, tzinfo=UTC)
    office.tick()


def questions(rep: Member, contact: str) -> int:
    return len([message for message in rep.dm if f"How did your call with *{contact}" in text_of(message)])


@pytest.fixture
def pim(office: Office) -> Member:
    """An SDR in Bangkok."""
    return office.hires("Pim", Role.SDR, office.team("Asia", zone="Asia/Bangkok"), zone="Asia/Bangkok")


@pytest.fixture
def ben(office: Office) -> Member:
    """An AE in Berlin."""
    return office.hires("Ben", Role.AE, office.team("Europe"), zone="Europe/Berlin")


@pytest.fixture
def amy(office: Office) -> Member:
    """An AM in New York."""
    team = office.team("America", zone="America/New_York")
    return office.hires("Amy", Role.AM, team, zone="America/New_York")


def test_three_reps_over_the_weekend_on_which_the_clocks_change(
    office: Office, pim: Member, ben: Member, amy: Member
) -> None:
    # Friday morning in Bangkok, night in Berlin and New York: one tap, and it is done.
    at(office, FRIDAY, 3)  # 10:00 in Bangkok
    office.call_ended(pim, contact="Somchai")
    assert questions(pim, "Somchai") == 1
    pim.clicks("Meeting booked")
    pim.waits_for("meeting booked")

    # A call that Ben took before work waits for nine o'clock on his wall.
    at(office, FRIDAY, 6, 30)  # 8:30 in Berlin
    office.call_ended(ben, contact="Greta")
    assert questions(ben, "Greta") == 0
    at(office, FRIDAY, 6, 59)
    assert questions(ben, "Greta") == 0
    at(office, FRIDAY, 7)
    assert questions(ben, "Greta") == 1

    # Ben has no time before the weekend; tomorrow means when he works again.
    ben.clicks("Tomorrow")

    # Pim's last call ends after her day.
    at(office, FRIDAY, 11, 30)  # 18:30 in Bangkok
    office.call_ended(pim, contact="Malee")

    # Amy is at work: asked at once, reminded once after four hours, and then left in peace.
    at(office, FRIDAY, 14)  # 10:00 in New York
    office.call_ended(amy, contact="Walt")
    assert questions(amy, "Walt") == 1

    # Ben's last call ends after his day, while Amy's goes on.
    at(office, FRIDAY, 16, 30)  # 18:30 in Berlin
    office.call_ended(ben, contact="Jonas")
    at(office, FRIDAY, 18)  # 14:00 in New York
    assert "One tap" in text_of(amy.dm[-1])

    # Her last call ends after six.
    at(office, FRIDAY, 22, 30)  # 18:30 in New York
    office.call_ended(amy, contact="Jesse")

    # Nobody hears anything on the weekend, not even while the clocks go back.
    said = [len(rep.dm) for rep in (pim, ben, amy)]
    for hour in range(2 * 24):
        office.clock.now = datetime(2026, 10, 24, tzinfo=UTC) + timedelta(hours=hour)
        office.tick()
    assert [len(rep.dm) for rep in (pim, ben, amy)] == said

    # Monday, nine o'clock, three times: in Bangkok, in Berlin an hour later than last week by UTC, in New York.
    at(office, MONDAY, 1, 59)
    assert questions(pim, "Malee") == 0
    at(office, MONDAY, 2)
    assert questions(pim, "Malee") == 1
    at(office, MONDAY, 7, 59)  # Friday's nine o'clock has passed by UTC, not by Ben's wall
    assert questions(ben, "Jonas") == 0
    assert not any("One tap" in text_of(message) for message in ben.dm)
    at(office, MONDAY, 8)
    assert questions(ben, "Jonas") == 1
    assert "One tap on your call with *Greta" in "\n".join(map(text_of, ben.dm)), "what he put off"
    at(office, MONDAY, 12, 59)
    assert questions(amy, "Jesse") == 0
    at(office, MONDAY, 13)
    assert questions(amy, "Jesse") == 1

    # What nobody answered rests in Home, whence it can still be answered.
    home = text_of(amy.opens_home())
    assert "2 calls to debrief" in home
    amy.clicks("Debrief", beside="Walt")
    assert amy.submits(outcome="Lost", went_well="").view is not None
    assert amy.submits(reason="Their budget moved to next year").closed
    with office.db.read() as session:
        assert sorted(session.exec(select(Debrief.outcome))) == [Outcome.ADVANCED, Outcome.LOST]
        asked = session.exec(select(Prompt).where(Prompt.asked_at != None)).all()  # noqa: E711
    assert len({prompt.call_id for prompt in asked}) == len(asked) == 6


def test_a_call_that_ended_while_the_bot_was_down_is_asked_about_for_a_day(
    office: Office, ben: Member
) -> None:
    back = datetime(2026, 10, 22, 9, 0, tzinfo=UTC)  # Thursday, 11:00 in Berlin
    office.clock.now = back
    for hours, contact in ((23, "Lately"), (25, "Long ago")):
        ended = back - timedelta(hours=hours)
        office.call_ended(
            ben,
            contact=contact,
            started_at=(ended - timedelta(minutes=10)).isoformat(),
            ended_at=ended.isoformat(),
        )

    assert (questions(ben, "Lately"), questions(ben, "Long ago")) == (1, 0)
    assert "Long ago" in text_of(ben.opens_home())


def test_the_day_of_the_change_has_one_budget(office: Office, ben: Member) -> None:
    """Six on Monday, though Sunday had 25 hours; what is over rests."""
    at(office, MONDAY, 9)
    for number in range(8):
        office.call_ended(ben, contact=f"Contact {number}", minutes=2)

    assert sum("How did your call" in text_of(message) for message in ben.dm) == 6
    with office.db.read() as session:
        resting = session.exec(select(Prompt).where(Prompt.status == PromptStatus.RESTING)).all()
    assert len(resting) == 2


def test_two_people_cannot_submit_for_one_call(office: Office, ben: Member, amy: Member) -> None:
    at(office, FRIDAY, 14)
    office.call_ended(ben, contact="Greta")
    office.call_ended(amy, contact="Walt")
    amy.clicks("Debrief")
    form = amy.waits_for(lambda one: one.modal)
    with office.db.read() as session:
        theirs = session.exec(select(Call.id).where(Call.contact == "Greta")).one()
    form.body["private_metadata"] = str(theirs)  # type: ignore[union-attr]

    refused = amy.submits(outcome="Lost", went_well="Mine now")

    assert "not one of yours" in text_of(refused.view)
    with office.db.read() as session:
        assert session.exec(select(Debrief)).all() == []


def test_one_rep_who_submits_from_two_phones_has_one_debrief_and_both_versions(
    office: Office, ben: Member
) -> None:
    at(office, FRIDAY, 8)
    office.call_ended(ben, contact="Greta")
    ben.clicks("Debrief")
    first = ben.submits(outcome="Continued", went_well="Her idea")
    assert first.closed
    [sent] = [one for one in office.sandbox.deliveries if one.payload.get("type") == "view_submission"]
    office.sandbox.courier.deliver(sent.kind, sent.name, sent.payload)

    with office.db.read() as session:
        assert session.exec(select(Debrief.version)).one() == 1, "the very same again is no new version"


@pytest.mark.parametrize("words", ["ขอบคุณมากครับ 🙏", "שלום, תודה רבה", "👩‍👩‍👧 a‍ b", "<script>&amp;*_~`"])
def test_any_script_is_kept_as_it_was_typed(office: Office, pim: Member, words: str) -> None:
    at(office, FRIDAY, 3)
    office.call_ended(pim, contact=words, call_id=uuid4().hex)
    pim.clicks("Debrief")

    assert pim.submits(outcome="Meeting booked", went_well=words).closed

    with office.db.read() as session:
        assert session.exec(select(Debrief.went_well)).one() == words
