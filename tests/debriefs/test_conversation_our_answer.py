"""What a rep picks today is answered with how a teammate won with it."""

from datetime import timedelta

import pytest
from sqlmodel import select

from bot.core.enums import Outcome, Role, StoryKind
from bot.debriefs.domain.stories import Heard
from bot.sandbox import Member, text_of
from storage.tables import Person, Story
from tests.support.builders import Builder
from tests.support.office import Office


@pytest.fixture
def cy(office: Office, east: int) -> Member:
    return office.hires("Cy", Role.AE, east)


def shares(
    office: Office,
    author: str,
    told: str,
    *,
    tag: str = "pricing",
    outcome: Outcome = Outcome.ADVANCED,
    days: int = 9,
    shared: bool = True,
    product: str = "",
) -> None:
    """A story that somebody told, and shared, some days ago."""
    at = office.clock() - timedelta(days=days)
    with office.db.begin() as session:
        person = session.exec(select(Person.id).where(Person.name == author)).one()
        builder = Builder(session, office.workspace_id)
        debrief = builder.debrief(person, at, tags=[tag], outcome=outcome)
        builder.story(person, told, at, shared=shared)
        session.flush()
        story = session.exec(select(Story).where(Story.told == told)).one()
        story.debrief_id, story.product = debrief, product
        story.kind = StoryKind.LOSS if outcome is Outcome.LOST else StoryKind.WIN
        session.add(story)


def picks(office: Office, rep: Member, *tags: str) -> None:
    office.call_ended(rep, contact=f"Contact {len(rep.dm)}")
    rep.clicks("Debrief")
    rep.submits(outcome="Continued", tags=list(tags))
    office.tick()


def answers(rep: Member) -> list[str]:
    return [text for message in rep.dm if "How a teammate won" in (text := text_of(message))]


def test_a_tag_is_answered_at_once_in_the_thread_with_a_teammates_win(
    office: Office, ana: Member, bo: Member
) -> None:
    shares(office, "Bo", "I asked what it costs them to wait")
    shares(office, "Bo", "We were too dear", outcome=Outcome.LOST, days=1)

    picks(office, ana, "Pricing")

    [told] = answers(ana)
    assert "How a teammate won with *Pricing*:\n🏆 I asked what it costs them to wait – Bo" in told
    [message] = [message for message in ana.dm if "How a teammate won" in text_of(message)]
    assert message.thread_ts is not None


def test_it_comes_once_a_day_and_no_story_twice(office: Office, ana: Member, bo: Member) -> None:
    shares(office, "Bo", "I asked what it costs them to wait")
    shares(office, "Bo", "I gave them two offers", days=8)
    picks(office, ana, "Pricing")
    picks(office, ana, "Pricing", "Demo")
    assert len(answers(ana)) == 1, "one a day"

    for _day in range(2):
        office.later(days=1)
        picks(office, ana, "Pricing")

    told = answers(ana)
    assert len(told) == 2, "and no story twice"
    assert len(set(told)) == 2


def test_ones_own_and_unshared_stories_answer_nobody(office: Office, ana: Member, bo: Member) -> None:
    shares(office, "Ana", "I asked what it costs them to wait")
    shares(office, "Bo", "I gave them two offers", shared=False)

    picks(office, ana, "Pricing")

    assert answers(ana) == []


def test_why_a_call_was_lost_is_answered_too(office: Office, ana: Member, bo: Member) -> None:
    shares(office, "Bo", "I asked who loses if they choose the other", tag="competitor")
    office.call_ended(ana)
    ana.clicks("Lost")

    ana.clicks("A competitor")

    ana.waits_for("How a teammate won with *Competitor*:")


def test_stories_rise_and_sink_by_what_is_said_of_them(
    office: Office, ana: Member, bo: Member, cy: Member, east: int
) -> None:
    shares(office, "Bo", "Old and good")
    shares(office, "Bo", "New and poor", days=2)
    picks(office, ana, "Pricing")
    assert "New and poor" in answers(ana)[0], "the latest where nobody has said anything"

    ana.clicks("Not for me")
    ana.waits_for("✓ Not for you")

    picks(office, cy, "Pricing")
    assert "Old and good" in answers(cy)[0]
    cy.clicks("Helped")
    cy.waits_for("✓ It helped you.")
    listed = bo.commands("/coach stories pricing").text
    assert listed.index("Old and good") < listed.index("New and poor")


def test_it_is_turned_off_where_it_appears(office: Office, ana: Member, bo: Member) -> None:
    shares(office, "Bo", "I asked what it costs them to wait")
    shares(office, "Bo", "I gave them two offers", days=8)
    picks(office, ana, "Pricing")

    ana.clicks("Stop these messages")
    ana.waits_for("You do not get this any more: a teammate's story")

    office.later(days=1)
    picks(office, ana, "Pricing")
    assert len(answers(ana)) == 1


def test_it_takes_no_question_from_the_day(office: Office, ana: Member, bo: Member) -> None:
    shares(office, "Bo", "I asked what it costs them to wait")
    picks(office, ana, "Pricing")
    for _call in range(5):
        picks(office, ana, "Demo")

    asked = [message for message in ana.dm if "✓ Your call with" in text_of(message)]

    assert len(asked) == 6


def test_a_loss_told_well_is_thanked_for_as_one(office: Office, ana: Member) -> None:
    office.call_ended(ana)
    ana.clicks("Lost")
    ana.clicks("Add more")
    ana.submits(reason="Price", story="We named the price before they knew why")
    office.tick()

    told = text_of(ana.waits_for("Share it with the team?"))

    assert "Thank you for telling how this one was lost: “We named the price before they knew why”" in told
    assert "A good story" not in told


def test_one_voice_moves_a_story_little() -> None:
    assert Heard().worth == 0.5
    assert Heard(helped=1).worth < Heard(helped=8, not_for_me=2).worth
    assert Heard(not_for_me=1).worth > Heard(helped=1, not_for_me=5).worth


def test_a_story_made_private_after_it_was_shown_is_told_to_nobody(
    office: Office, ana: Member, bo: Member
) -> None:
    shares(office, "Bo", "I asked what it costs them to wait")
    picks(office, ana, "Pricing")
    with office.db.begin() as session:
        story = session.exec(select(Story)).one()
        story.shared = False
        session.add(story)

    ana.clicks("Helped")

    shown = text_of(ana.waits_for("Its author keeps the story private now."))
    assert "✓ It helped you." in shown and "what it costs them to wait" not in shown
    assert "what it costs them to wait" not in ana.commands("/coach stories").text
