"""A whole process: it answers people first, stops in time, and starts only where it can."""

import statistics
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import func, select
from typer.testing import CliRunner

from bot import cli
from bot.core.clock import Jumps
from bot.core.enums import OutboxKind
from bot.core.errors import Misconfigured
from bot.delivery import outbox
from bot.delivery.outbox import Message
from bot.runtime import Runtime
from bot.sandbox import Member
from storage.database import Database
from storage.tables import OutboxMessage, OutboxState
from tests.http.running import HOME, eventually, get, stored
from tests.support.databases import SQLiteFiles
from tests.support.office import Office, open_office

SLACK_TAKES = 5.0


def test_a_person_is_answered_in_between_while_a_burst_comes_in(office: Office, ana: Member) -> None:
    """Whoever asks does not wait behind it. 30,000 events an hour are what Slack sends at most, 8 a second."""
    burst_began = time.monotonic()
    with ThreadPoolExecutor(4) as slack:
        burst = [slack.submit(office.sandbox.emit, HOME) for _ in range(300)]
        assert eventually(lambda: stored(office) > 20)
        took = []
        while not all(delivery.done() for delivery in burst):
            began = time.monotonic()
            assert not ana.commands("/scorecard").error
            took.append(time.monotonic() - began)
    lasted = time.monotonic() - burst_began

    assert all(not delivery.result().error for delivery in burst)
    assert stored(office) == 300
    assert took and statistics.median(took) < lasted / 5


def test_it_stops_in_time_though_slack_does_not_answer_and_the_message_is_taken_up(
    office: Office, ana: Member
) -> None:
    office.sandbox.faults.delay("chat.postMessage", SLACK_TAKES)
    with office.db.writing(office.workspace_id, office.clock()) as books:
        hello = Message(OutboxKind.NOTICE, "Hello", channel=ana.dm_channel.id)
        outbox.put(books, hello)
    assert eventually(lambda: _sending(office) == 1)
    began = time.monotonic()

    assert office.runtime.stop(within=1) is False

    assert time.monotonic() - began < SLACK_TAKES
    assert "stopping" in office.runtime.unready()
    assert ana.waits_for("Hello")
    assert len(ana.dm) == 1


def _sending(office: Office) -> int:
    with office.db.read() as session:
        statement = select(func.count()).where(OutboxMessage.state == OutboxState.SENDING)
        return session.exec(statement.select_from(OutboxMessage)).one()


def test_a_process_that_has_nothing_to_do_stops_at_once(office: Office) -> None:
    assert office.runtime.stop(within=8) is True


def test_a_token_that_is_taken_away_ends_the_process_with_a_sentence(db: Database, tmp_path: Path) -> None:
    with open_office(db, tmp_path, by_socket=True) as office:
        assert get(office, "/readyz").is_success
        office.sandbox.renew_app_token()
        office.sandbox.sockets.drop()

        with pytest.raises(Misconfigured, match="SLACK_APP_TOKEN"):
            _waits(office.runtime)


def _waits(runtime: Runtime) -> None:
    assert runtime._asked_to_stop.wait(40)
    runtime.wait()


def test_a_clock_set_back_while_the_database_is_away_is_told_once_it_is_back(
    office: Office, logs_now: Callable[[], str]
) -> None:
    runtime, failures = office.runtime, ["away"]
    runtime._jumps = Jumps(office.clock, lambda: 0.0)
    office.clock.advance(-timedelta(hours=1))

    def is_away(*_asked: Any) -> None:
        if failures and threading.current_thread() is threading.main_thread():
            raise OSError(failures.pop())

    sa.event.listen(office.db.engine, "before_cursor_execute", is_away)
    with pytest.raises(OSError, match="away"):
        runtime._look_for_jumps()
    assert "the clock went back" not in logs_now()
    for _look in range(3):
        runtime._look_for_jumps()

    assert logs_now().count("the clock went back") == 1


def test_an_older_program_that_meets_a_newer_schema_says_so_and_stops(
    sqlite_files: SQLiteFiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    with sqlite_files.fresh() as db:
        with db.begin() as session:
            session.connection().exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
        monkeypatch.setenv("DATABASE_URL", db.url.render_as_string())
        monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-any")
        monkeypatch.setenv("SLACK_SIGNING_SECRET", "any")

        outcome = CliRunner().invoke(cli.app, ["run"])

    assert isinstance(outcome.exception, Misconfigured)
    assert "newer than this program knows" in str(outcome.exception)
