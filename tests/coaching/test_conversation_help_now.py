"""A rep on the phone asks for help: one teammate after the other, and the best stories at once."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from bot.core.enums import Outcome, Role, StoryKind
from bot.sandbox import Member, text_of
from storage.tables import Call, Debrief, DebriefTag, Leave, PairWish, Person, Story, WishKind
from tests.support.office import Office

ASKED = "needs help with *Pricing*, right now"


def tells(office: Office, author: str, story: str, *, kind: StoryKind = StoryKind.WIN) -> None:
    """A shared story on pricing."""
    with office.db.begin() as session:
        person = session.exec(select(Person.id).where(Person.name == author)).one()
        now, home = office.clock() - timedelta(days=3), office.workspace_id
        call = Call(
            workspace_id=home, person_id=person, source="x", call_key=story, started_at=now, ended_at=now
        )
        session.add(call)
        session.flush()
        debrief = Debrief(
            workspace_id=home,
            call_id=call.id,
            person_id=person,
            call_started_at=now,
            outcome=Outcome.ADVANCED,
            submitted_at=now,
        )
        session.add(debrief)
        session.flush()
        session.add(DebriefTag(workspace_id=home, debrief_id=debrief.id, tag="pricing"))
        session.add(
            Story(
                workspace_id=home,
                author_id=person,
                debrief_id=debrief.id,
                kind=kind,
                told=story,
                shared=True,
                told_at=now,
            )
        )


def questions(person: Member) -> int:
    return len([message for message in person.dm if ASKED in text_of(message)])


@pytest.fixture
def strong(office: Office, ana: Member, bo: Member, cy: Member) -> None:
    """Bo is strong on pricing, and Cy a little less."""
    tells(office, "Bo", "I named the price first")
    tells(office, "Bo", "I let the price stand")
    tells(office, "Cy", "I asked what it costs to wait")


def test_the_best_stories_come_at_once_and_the_strongest_teammate_is_asked(
    office: Office, ana: Member, bo: Member, cy: Member, strong: None
) -> None:
    tells(office, "Cy", "I talked the price down", kind=StoryKind.LOSS)
    told = ana.commands("/coach now pricing").text
    office.tick()

    assert "I named the price first – Bo" in told
    assert "I asked what it costs to wait – Cy" in told
    assert "I talked the price down" not in told, "three, and wins come first"
    assert (questions(bo), questions(cy)) == (1, 0)


def test_after_a_minute_the_next_is_asked_and_the_first_click_wins(
    office: Office, ana: Member, bo: Member, cy: Member, strong: None
) -> None:
    ana.commands("/coach now pricing")
    office.tick()
    office.later(seconds=59)
    assert questions(cy) == 0
    office.later(seconds=1)
    assert questions(cy) == 1

    cy.clicks("I'm on it")

    ana.waits_for(f"@{cy.id} is on it")
    cy.waits_for(f"Write to @{ana.id}")
    bo.waits_for("Cy is on it already. Thank you")
    office.later(minutes=5)
    assert questions(bo) == 0, "the question has turned into thanks"
    assert len([message for message in ana.dm if f"@{cy.id} is on it" in text_of(message)]) == 1


def test_the_asker_is_told_when_nobody_is_left(
    office: Office, ana: Member, bo: Member, cy: Member, strong: None
) -> None:
    ana.commands("/coach now pricing")
    for _ in range(3):
        office.tick()
        office.clock.advance(timedelta(minutes=1))
    office.tick()

    ana.waits_for("Nobody else who is strong on *Pricing* is free")
    assert (questions(bo), questions(cy)) == (1, 1)
    bo.clicks("I'm on it")
    ana.waits_for(f"@{bo.id} is on it")


def test_nobody_is_asked_twice_in_an_hour(
    office: Office, ana: Member, bo: Member, cy: Member, strong: None, east: int
) -> None:
    dot = office.hires("Dot", Role.SDR, east)
    ana.commands("/coach now pricing")
    office.tick()
    bo.clicks("I'm on it")
    ana.waits_for("is on it")

    dot.commands("/coach now pricing")
    office.tick()
    assert (questions(bo), questions(cy)) == (0, 1)
    cy.clicks("I'm on it")
    dot.waits_for("is on it")

    office.later(minutes=59)
    ana.commands("/coach now pricing")
    office.tick()
    ana.waits_for("Nobody who is strong on *Pricing* is free right now")
    office.later(minutes=2)
    ana.commands("/coach now pricing")
    office.tick()
    assert questions(bo) == 1


@pytest.mark.parametrize(
    "why", ["not willing", "on leave", "asleep", "undisturbed", "kept apart", "elsewhere"]
)
def test_who_cannot_or_should_not_be_asked_is_passed_over(
    office: Office, ana: Member, bo: Member, cy: Member, strong: None, why: str
) -> None:
    with office.db.begin() as session:
        people = {person.name: person for person in session.exec(select(Person))}
        first, home = people["Bo"], office.workspace_id
        today = office.clock().date()
        match why:
            case "not willing":
                first.willing = False
            case "on leave":
                session.add(Leave(workspace_id=home, person_id=first.id, first_day=today, last_day=today))
            case "asleep":
                first.time_zone = "America/Los_Angeles"
            case "undisturbed":
                bo.pauses_notifications(office.clock(), office.clock() + timedelta(hours=1))
            case "kept apart":
                session.add(
                    PairWish(
                        workspace_id=home,
                        kind=WishKind.EXCLUSION,
                        coach_id=first.id,
                        learner_id=people["Ana"].id,
                        said_by_id=first.id,
                        said_at=office.clock(),
                    )
                )
            case "elsewhere":
                first.slack_user_id = None

    ana.commands("/coach now pricing")
    office.tick()

    assert (questions(bo), questions(cy)) == (0, 1)


def test_asking_again_while_somebody_is_asked_starts_nothing_anew(
    office: Office, ana: Member, bo: Member, cy: Member, strong: None
) -> None:
    ana.commands("/coach now pricing")
    office.tick()

    assert "asking already" in ana.commands("/coach now pricing").text
    office.tick()
    assert (questions(bo), questions(cy)) == (1, 0)


def test_what_is_no_topic_is_answered_with_those_there_are(office: Office, ana: Member) -> None:
    assert "On what?" in ana.commands("/coach now").text
    assert "I know no topic called golf" in ana.commands("/coach now golf").text


def test_help_that_comes_too_late_is_told_so_kindly(
    office: Office, ana: Member, bo: Member, strong: None
) -> None:
    ana.commands("/coach now pricing")
    office.tick()
    office.clock.now = datetime(2026, 11, 16, 9, 45, tzinfo=UTC)

    bo.clicks("I'm on it")

    bo.waits_for("must be over by now. Thank you all the same")
