"""A story stays with its author until the author shares it."""

from datetime import UTC, date, datetime

import pytest
from sqlmodel import select

from bot.core.enums import Outcome, Role
from bot.digest.services import compose as digests
from bot.sandbox import Member, text_of
from storage.tables import Person, Story, StoryShown
from tests.debriefs.test_conversation_our_answer import shares
from tests.support.office import Office

TOLD = "She asked for the *price* first"
NEXT_WEEK = datetime(2026, 11, 23, 9, tzinfo=UTC)


def tells(office: Office, rep: Member, story: str = TOLD, tag: str = "Pricing") -> None:
    office.call_ended(rep)
    rep.clicks("Debrief")
    rep.submits(outcome="Continued", tags=[tag])
    rep.waits_for("Add more")
    rep.clicks("Add more")
    rep.submits(story=story)
    office.tick()
    rep.waits_for("Share it with the team?")


def of_the_week(office: Office, team: int) -> str | None:
    with office.db.reading(office.workspace_id, NEXT_WEEK) as books:
        told = digests.latest(books, team).story
        return told.told if told else None


def test_an_author_is_asked_once_and_what_is_not_shared_is_seen_by_nobody(
    office: Office, ana: Member, bo: Member, east: int
) -> None:
    tells(office, ana)
    asked = [message for message in ana.dm if "Share it with the team?" in text_of(message)]

    assert len(asked) == 1
    assert "price" not in bo.commands("/coach stories").text
    assert of_the_week(office, east) is None

    office.later(seconds=1)
    ana.clicks("Add more")
    ana.submits(story=f"{TOLD}, and I waited")
    office.tick()
    assert len([message for message in ana.dm if "Share it with the team?" in text_of(message)]) == 1


def test_a_shared_story_can_be_the_weeks_and_is_found_by_its_tag_with_its_author(
    office: Office, ana: Member, bo: Member, east: int
) -> None:
    tells(office, ana)
    tells(office, bo, "I let them talk", tag="Listening")
    for rep in (ana, bo):
        rep.clicks("Share it")
        rep.waits_for("Shared with the team")

    listed = bo.commands("/coach stories Pricing").text

    assert "She asked for the ∗price∗ first – Ana" in listed
    assert "let them talk" not in listed
    assert "let them talk" in bo.commands("/coach stories").text
    assert of_the_week(office, east) in (TOLD, "I let them talk")


def test_a_story_can_be_taken_back(office: Office, ana: Member, bo: Member, east: int) -> None:
    tells(office, ana)
    ana.clicks("Share it")
    ana.waits_for("Shared with the team")

    ana.clicks("Keep it private")
    ana.waits_for("Kept private")

    assert "price" not in bo.commands("/coach stories").text
    assert of_the_week(office, east) is None


def test_who_is_not_named_in_public_shares_without_a_name(office: Office, ana: Member, bo: Member) -> None:
    ana.commands("/coach naming off")
    tells(office, ana)
    assert "without your name" in text_of(ana.dm[-1])
    ana.clicks("Share it")
    ana.waits_for("Shared with the team")

    listed = bo.commands("/coach stories").text

    assert "price" in listed and "Ana" not in listed


def test_other_teams_do_not_read_it(office: Office, ana: Member) -> None:
    tells(office, ana)
    ana.clicks("Share it")
    ana.waits_for("Shared with the team")
    wes = office.hires("Wes", Role.AE, office.team("West"))

    assert "No stories yet" in wes.commands("/coach stories").text


@pytest.mark.parametrize("choice", ["share_story", "keep_story"])
def test_nobody_decides_on_anothers_story(office: Office, ana: Member, bo: Member, choice: str) -> None:
    tells(office, ana)
    tells(office, bo, "I let them talk")
    with office.db.begin() as session:
        ana_id = session.exec(select(Person.id).where(Person.name == "Ana")).one()
        theirs = session.exec(select(Story.id).where(Story.author_id == ana_id)).one()
    own = next(message for message in bo.dm if "Share it with the team?" in text_of(message))
    for block in own.blocks:
        for element in block.get("elements", []):
            if element.get("action_id") == choice:
                element["value"] = str(theirs)

    bo.clicks("Share it" if choice == "share_story" else "Keep it private", own)
    bo.waits_for("not yours to share")


def test_stories_are_looked_for_by_words_topic_outcome_and_product(
    office: Office, ana: Member, bo: Member
) -> None:
    shares(office, "Bo", "I asked what waiting costs them", product="Atlas")
    shares(office, "Bo", "We waited too long with the price", outcome=Outcome.LOST)
    shares(office, "Bo", "They brought the CFO", tag="authority")

    assert "won" in (told := ana.commands("/coach stories pricing lost").text)
    assert "too long with the price" in told and "what waiting costs" not in told
    assert "I asked what waiting costs them (Atlas) – Bo" in ana.commands("/coach stories atlas").text
    assert "They brought the CFO" in ana.commands("/coach stories authority won").text
    assert "Nobody has shared a story about atlas lost yet." in ana.commands("/coach stories atlas lost").text


def test_who_is_new_reads_what_helped_most_of_each_topic(office: Office, ana: Member, bo: Member) -> None:
    shares(office, "Bo", "The older on price", days=20)
    shares(office, "Bo", "The newer on price")
    shares(office, "Bo", "Who signs", tag="authority", days=30)
    with office.db.begin() as session:
        helped = session.exec(select(Story).where(Story.told == "The older on price")).one()
        reader = session.exec(select(Person.id).where(Person.name == "Ana")).one()
        session.add(
            StoryShown(
                workspace_id=office.workspace_id,
                story_id=helped.id,
                person_id=reader,
                tag="pricing",
                shown_at=office.clock(),
                helped=True,
            )
        )

    told = ana.commands("/coach stories start").text

    order = [told.index(one) for one in ("The older on price", "Who signs", "The newer on price")]
    assert order == sorted(order), "the most helpful, another topic, then the rest"


def test_what_a_story_is_about_is_told_with_it(office: Office, ana: Member) -> None:
    office.call_ended(ana)
    ana.clicks("Debrief")
    ana.submits(outcome="Continued", tags=["Pricing"])
    ana.waits_for("Add more")
    ana.clicks("Add more")
    ana.submits(story=TOLD, product="Atlas")
    office.tick()
    ana.clicks("Share it")
    ana.waits_for("Shared with the team")

    assert "She asked for the ∗price∗ first (Atlas) – Ana" in ana.commands("/coach stories").text


def test_home_points_who_is_new_to_what_to_read_first(
    office: Office, ana: Member, bo: Member, east: int
) -> None:
    nia = office.hires("Nia", Role.SDR, east, started_on=date(2026, 11, 9))
    assert "/coach stories start" not in text_of(nia.opens_home())
    shares(office, "Bo", "I asked what waiting costs them")

    assert "New here? `/coach stories start`" in text_of(nia.opens_home())
    assert "New here?" not in text_of(ana.opens_home())
