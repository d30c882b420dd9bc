"""Whoever waits for a message that Slack will not take is told, and what to do."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.core.enums import OutboxKind, Role
from bot.delivery import outbox
from bot.delivery.outbox import Message
from bot.people.services import members
from bot.sandbox import Member
from storage.database import Database
from tests.support.office import SCOPES, Office, open_office


def test_a_workbook_that_may_not_be_sent_falls_back_to_the_command_line(db: Database, tmp_path: Path) -> None:
    with open_office(db, tmp_path, scopes=SCOPES - {"files:write"}) as office:
        east = office.team("East")
        mia, _ana = office.hires("Mia", Role.MANAGER, east), office.hires("Ana", Role.SDR, east)
        mia.commands("/scorecard export")

        told = mia.waits_for("cornerman export", timeout=30)
        assert told
        assert "scope" in mia.sees()


@pytest.mark.parametrize("method", ["files.getUploadURLExternal", "files.completeUploadExternal"])
def test_nor_is_it_waited_for_in_vain_when_slack_knows_no_such_method(
    office: Office, mia: Member, ana: Member, method: str
) -> None:
    office.sandbox.faults.slack_error(method, "unknown_method")
    mia.commands("/scorecard export")

    assert mia.waits_for("cornerman export", timeout=30)


def say(office: Office, rep: Member, kind: OutboxKind) -> None:
    with office.db.writing(office.workspace_id, office.clock()) as books:
        person = members.me(books, rep.id)
        message = Message(kind, "How did your call go?", person_id=person.id)
        outbox.put(books, message)
    office.tick()


@pytest.mark.parametrize(
    "kind", [OutboxKind.PROMPT, OutboxKind.REMINDER, OutboxKind.PAIR, OutboxKind.FEEDBACK]
)
def test_a_rep_whom_slack_does_not_let_us_reach_is_told_of_to_the_manager_once_a_day(
    office: Office, ana: Member, mia: Member, kind: OutboxKind
) -> None:
    for _ in range(3):
        office.sandbox.faults.slack_error("conversations.open", "user_disabled")
        say(office, ana, kind)

    about = [message.text for message in mia.dm if "Ana did not get" in message.text]
    assert len(about) == 1
    assert "How did your call go" not in about[0], "whose words they are is not told"
    office.clock.advance(timedelta(days=2))
    office.sandbox.faults.slack_error("conversations.open", "user_disabled")
    say(office, ana, kind)
    assert len([message for message in mia.dm if "Ana did not get" in message.text]) == 2


def test_a_notice_about_a_refusal_that_is_refused_itself_ends_there(
    office: Office, ana: Member, mia: Member
) -> None:
    office.sandbox.faults.slack_error("conversations.open", "user_disabled", times=20)
    say(office, ana, OutboxKind.PROMPT)
    for _ in range(5):
        office.later(minutes=10)

    assert len(office.sandbox.calls("conversations.open")) < 6
