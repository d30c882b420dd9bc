"""What a manager reads in Home: the team's debriefs, its numbers, what is worth training, the digest."""

from datetime import date

from sqlmodel import select

from bot.core.enums import Metric
from bot.sandbox import Member, text_of
from storage.tables import Dispute, Person
from tests.support.office import Office


def test_a_manager_sees_the_debrief_rate_and_what_waits(
    office: Office, ana: Member, mia: Member, east: int
) -> None:
    office.call_ended(ana)
    ana.clicks("Meeting booked")
    office.call_ended(ana, contact="Max")
    with office.db.begin() as session:
        rep = session.exec(select(Person.id).where(Person.name == "Ana")).one()
        session.add(
            Dispute(
                workspace_id=office.workspace_id,
                person_id=rep,
                metric=Metric.TALK_MINUTES,
                first_day=date(2026, 11, 9),
                last_day=date(2026, 11, 15),
                text="Thursday is missing",
                said_at=office.clock(),
            )
        )

    home = text_of(mia.opens_home())

    assert "My team: East" in home
    assert "This week: 2 calls · 20 min talked · 1 of 2 debriefed · 1 advanced" in home
    assert "1 of 2 calls asked about are debriefed (50%)" in home
    assert "1 number waits for your answer" in home
    assert "Thursday is missing" in home
    assert "My team" not in text_of(ana.opens_home())

    mia.clicks("Answer")
    assert mia.submits(verdict="The number stands", answer="Your phone was off").closed is False
    assert "waits for your answer" not in text_of(mia.opens_home())


def test_a_manager_is_shown_the_digest_from_home(office: Office, ana: Member, mia: Member) -> None:
    mia.opens_home()

    mia.clicks("Show me the digest")

    mia.waits_for("nothing to post for this week yet")


def test_a_manager_reads_what_is_worth_training_this_week(
    office: Office, ana: Member, bo: Member, mia: Member
) -> None:
    for rep, tags in ((ana, ["Pricing", "Demo"]), (bo, ["Pricing"])):
        office.call_ended(rep, contact=rep.name)
        rep.clicks("Debrief")
        rep.submits(outcome="Continued", tags=tags)

    home = text_of(mia.opens_home())

    assert "Worth ten minutes of training: *Pricing* (named in 2 debriefs; watch Win rate)" in home
    assert "Demo" not in home, "one rep's own wish is not the team's topic"


def test_a_manager_gets_the_teams_numbers_from_home(office: Office, ana: Member, mia: Member) -> None:
    mia.opens_home()

    mia.clicks("My team's numbers")

    mia.waits_for("come to you in our direct messages")
    office.tick()
    assert "East" in text_of(mia.dm[-1])
    assert "Ana" in text_of(mia.dm[-1])
