"""One person, twice in the same moment: a form sent again since Slack was slow, a button pressed on two devices.

The second is answered as if it had come a little later.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import SQLModel, select

from bot.core.enums import Outcome, PairingStatus
from bot.sandbox import Member, text_of
from bot.sandbox.state import ChannelKind
from storage.database import Database
from storage.tables import (
    Debrief,
    DebriefVersion,
    Feedback,
    Handoff,
    OutboxMessage,
    Pairing,
    Worksheet,
)
from tests.support.at_once import at_once
from tests.support.closers import Team, team_of_closers
from tests.support.office import Office, open_office
from tests.support.roster import paired


@pytest.fixture
def office(any_db: Database, tmp_path: Path) -> Iterator[Office]:
    with open_office(any_db, tmp_path) as office:
        yield office


def rows(office: Office, table: type[SQLModel]) -> list[Any]:
    with office.db.read() as session:
        return list(session.exec(select(table)))


def sends_twice(office: Office, table: type[SQLModel], sender: Member, **values: object) -> None:
    """The form before them; both times it is taken."""
    sender.enters(**values)
    view = sender.modal
    assert view is not None
    sent = at_once(
        office.db, str(table.__tablename__), lambda: sender.sends(view), lambda: sender.sends(view)
    )
    assert not any(one.errors or one.error for one in sent)
    assert "Something broke" not in sender.sees()
    office.tick()


def said(person: Member) -> list[str]:
    told = [text_of(message) for message in person.dm]
    assert not any("Something broke" in one for one in told)
    return told


def presses_twice(office: Office, table: type[SQLModel], press: Callable[[], Any]) -> None:
    done = at_once(office.db, str(table.__tablename__), press, press)
    assert not any(one.error for one in done)
    office.tick()


def test_a_debrief_that_is_sent_twice_is_one(office: Office, ana: Member) -> None:
    office.call_ended(ana)
    ana.clicks("Debrief")

    sends_twice(office, Debrief, ana, outcome="Continued", went_well="They talked", tags=["Authority"])

    assert [row.went_well for row in rows(office, Debrief)] == ["They talked"]
    assert rows(office, DebriefVersion) == []
    assert len(said(ana)) == 1


def test_a_question_that_is_answered_twice_has_one_answer(office: Office, ana: Member) -> None:
    office.call_ended(ana)
    [question] = ana.dm

    presses_twice(office, Debrief, lambda: ana.clicks("Meeting booked", question))

    assert [row.outcome for row in rows(office, Debrief)] == [Outcome.ADVANCED]
    assert len(said(ana)) == 1


def test_two_answers_of_which_one_is_first(office: Office, ana: Member) -> None:
    """The other is told so, kindly."""
    office.call_ended(ana)
    [question] = ana.dm

    at_once(
        office.db,
        "debrief",
        lambda: ana.clicks("Meeting booked", question),
        lambda: ana.clicks("No-show", question),
    )
    office.tick()

    ana.waits_for("You have debriefed this call already.")
    assert len(rows(office, Debrief)) == 1
    said(ana)


def test_a_debrief_that_is_changed_twice_has_one_version_more(office: Office, ana: Member) -> None:
    office.call_ended(ana)
    ana.clicks("Meeting booked")
    office.tick()
    ana.clicks("Edit")

    sends_twice(office, DebriefVersion, ana, went_well="She laughed")

    assert [row.went_well for row in rows(office, Debrief)] == ["She laughed"]
    assert [row.version for row in rows(office, DebriefVersion)] == [1]
    said(ana)


def test_feedback_that_is_sent_twice_is_told_once(office: Office, ana: Member, bo: Member, east: int) -> None:
    paired(office, east, coach="Bo", learner="Ana")
    office.call_ended(ana)
    ana.clicks("Debrief")
    ana.submits(outcome="Continued", went_well="She talked")
    office.tick()
    bo.clicks("Give feedback")

    sends_twice(office, Feedback, bo, what_worked="You let her talk", commitment="Ask who signs")

    assert len(rows(office, Feedback)) == 1
    assert sum("You let her talk" in one for one in said(ana)) == 1
    said(bo)


def test_a_lead_that_is_passed_twice_is_one(office: Office, ana: Member, bo: Member) -> None:
    ana.commands("/handoff")

    sends_twice(office, Handoff, ana, ae=bo.person.name, company="Acme", contact="Dana")

    assert len(rows(office, Handoff)) == 1
    assert sum("Acme" in one for one in said(bo)) == 1
    said(ana)


@pytest.fixture
def ben(office: Office, east: int) -> Team:
    """A learner who is proposed a coach."""
    team = team_of_closers(office, east)
    team.told()
    return team


def test_a_pair_that_is_agreed_to_twice_is_agreed_to(office: Office, ben: Team) -> None:
    presses_twice(office, OutboxMessage, lambda: ben.ben.clicks("Accept"))

    assert any(row.status is PairingStatus.ACCEPTED for row in rows(office, Pairing))
    said(ben.ben)


def test_a_worksheet_that_is_sent_twice_is_read_once(office: Office, ben: Team) -> None:
    ben.ben.clicks("Accept")
    office.tick()
    [group] = [one for one in office.sandbox.workspace.channels.values() if one.kind is ChannelKind.MPIM]
    [opening] = ben.ben.reads(group)
    ben.ben.clicks("Worksheet", opening)

    sends_twice(office, Worksheet, ben.ben, what_worked="Openings")

    assert len(rows(office, Worksheet)) == 1
    assert len([one for one in ben.ben.reads(group) if "’s worksheet" in text_of(one)]) == 1
    said(ben.ben)
