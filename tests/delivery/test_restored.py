"""A database put back from a backup of an hour ago says nothing a second time."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import select
from typer.testing import CliRunner

from bot import cli
from bot.core.enums import OutboxKind, Role
from bot.delivery.outbox import File, Outbox
from bot.delivery.services import restored
from bot.sandbox import Sandbox
from bot.slack import client
from storage.backup import back_up
from storage.database import Database
from storage.tables import InboxEvent, InboxState, OutboxMessage, OutboxState, Prompt
from tests.delivery.posts import NOON, Post
from tests.support.office import Office, StoppedClock


@pytest.fixture
def post(db: Database) -> Iterator[Post]:
    clock = StoppedClock(NOON)
    with Sandbox(clock=clock) as sandbox:
        yield Post(db, sandbox, clock)


def test_what_was_said_since_the_backup_is_asked_for_and_what_was_not_is_said(
    post: Post, tmp_path: Path
) -> None:
    for n in range(3):
        post.put(f"number {n}")
    back_up(post.db, tmp_path / "copy.db")
    sender = post.outbox()
    sender.send_one()
    sender.send_one()
    post.later(3600)

    old = Database(f"sqlite:///{tmp_path / 'copy.db'}")
    with old.begin() as session:
        found = restored.settle(session, now=post.clock())
    slack = client(post.sandbox.api_url, post.token)
    again = Outbox(old, lambda _id: slack, post.clock, between_posts=timedelta())
    for _ in range(4):
        again.send_all()
        post.later(5)
    old.close()

    assert (found.asked_about, found.given_up) == (3, 0)
    assert post.said() == ["number 0", "number 1", "number 2"]


def test_a_file_bears_no_key_and_is_left_to_whoever_waits(post: Post) -> None:
    message_id = post.put("Your workbook", kind=OutboxKind.FILE, file=File("week.xlsx", b"sheets"))
    with post.db.begin() as session:
        assert restored.settle(session, now=post.clock()).given_up == 1
    post.outbox().send_all()

    assert post.row(message_id).state is OutboxState.UNKNOWN
    assert post.said() == []


def test_questions_whose_time_came_meanwhile_rest_and_deliveries_wait_for_an_admin(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    ana = office.hires("Ana", Role.SDR, office.team())
    office.call_ended(ana)
    asked = len(ana.dm)
    with office.db.begin() as session:
        prompt = session.exec(select(Prompt)).one()
        prompt.next_at = office.clock() - timedelta(minutes=1)
        message = session.exec(select(OutboxMessage)).first()
        assert message is not None
        event = session.exec(select(InboxEvent)).first()
        assert event is not None
        event.state, event.done_at = InboxState.WAITING, None
        event.next_at = office.clock() + timedelta(hours=1)
    monkeypatch.setenv("DATABASE_URL", office.db.url.render_as_string(hide_password=False))

    told = CliRunner().invoke(cli.app, ["db", "restored"])
    office.later(hours=2)

    assert told.exit_code == 0, told.output
    assert "1 deliveries: set aside" in told.output
    assert len(ana.dm) == asked
    with office.db.read() as session:
        assert session.exec(select(InboxEvent.state)).first() is InboxState.PARKED
