"""A whole process under bad conditions: it stops in time, tells the truth about itself, and comes back."""

import io
import json
import resource
import statistics
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, redirect_stderr
from pathlib import Path

import httpx
import pytest
import sqlalchemy as sa
from sqlmodel import func, select
from typer.testing import CliRunner

from bot import cli
from bot.core.enums import OutboxKind, Role
from bot.core.errors import BadInput, Misconfigured
from bot.core.logs import LogStyle, configure
from bot.delivery import inbox, outbox
from bot.delivery.outbox import Message
from bot.runtime import Runtime
from bot.sandbox import Member
from storage.backup import back_up
from storage.database import Database
from storage.tables import Call, InboxEvent, OutboxMessage, OutboxState
from tests.support import web
from tests.support.databases import PostgreSQL, SQLiteFiles
from tests.support.office import UNHURRIED, Office, open_office

SLACK_TAKES = 5.0
HOME = {"type": "app_home_opened", "tab": "messages"}


def eventually(true: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + UNHURRIED
    while not true():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def get(office: Office, path: str) -> httpx.Response:
    return web.get(f"{office.url}{path}", timeout=60)


def stored(office: Office) -> int:
    with office.db.read() as session:
        return session.exec(select(func.count()).select_from(InboxEvent)).one()


@pytest.fixture
def office(db: Database, tmp_path: Path) -> Iterator[Office]:
    with open_office(db, tmp_path) as office:
        yield office


@pytest.fixture
def ana(office: Office) -> Member:
    return office.hires("Ana", Role.SDR, office.team())


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


@pytest.fixture
def logs_now() -> Iterator[Callable[[], str]]:
    """What has been logged so far."""
    written = io.StringIO()
    with redirect_stderr(written):
        configure(LogStyle.JSON)
    yield written.getvalue
    configure(LogStyle.JSON)


@contextmanager
def full_disk() -> Iterator[None]:
    """No file of this process may grow, as on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_full_disk_acknowledges_nothing_and_is_survived(office: Office, ana: Member) -> None:
    assert get(office, "/readyz").text == "ready"
    with full_disk():
        assert eventually(lambda: get(office, "/readyz").status_code == 503)
        assert office.sandbox.emit(HOME).status == 500
        answer = office.posts(_call(ana))
        assert answer.status_code == 503, answer.text
    assert stored(office) == 0

    assert eventually(lambda: get(office, "/readyz").is_success)
    office.call_ended(ana)
    assert len(ana.dm) == 1


def _call(rep: Member) -> dict[str, object]:
    return {"call_id": "1", "rep_email": rep.email, "started_at": "2026-11-16T08:40:00Z", "duration_s": 900}


def test_a_database_that_is_away_for_a_while_is_survived(
    postgresql: PostgreSQL, tmp_path: Path, logs_now: Callable[[], str]
) -> None:
    with postgresql.fresh() as db, open_office(db, tmp_path) as office:
        ana = office.hires("Ana", Role.SDR, office.team())
        with _away(postgresql, str(db.url.database)):
            assert office.sandbox.emit(HOME).status == 500
            assert get(office, "/readyz").status_code == 503
            assert eventually(lambda: "a worker failed" in logs_now())
        assert eventually(lambda: get(office, "/readyz").is_success)

        office.call_ended(ana)
        assert ana.waits_for("How did your call")


@contextmanager
def _away(server: PostgreSQL, name: str) -> Iterator[None]:
    engine = sa.create_engine(server.root, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.exec_driver_sql(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
        connection.exec_driver_sql(
            f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'"
        )
        yield
        connection.exec_driver_sql(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")
    engine.dispose()


def test_a_socket_that_went_silent_is_opened_anew_and_the_new_one_carries_events(
    db: Database, tmp_path: Path
) -> None:
    with open_office(db, tmp_path, by_socket=True) as office:
        socket = office.runtime._socket
        assert socket is not None
        assert socket.look() is False, "it has just said hello"

        assert socket.look(silence=0) is True

        assert eventually(lambda: office.sandbox.sockets.connected == 1)
        assert not office.sandbox.emit(HOME).error
        assert stored(office) == 1


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


def test_a_notice_that_events_are_held_back_is_acknowledged(office: Office) -> None:
    notice = {"type": "app_rate_limited", "minute_rate_limited": 1, "team_id": "T0SANDBOX", "token": "x"}
    payload = notice | {"api_app_id": "A0SANDBOX"}

    delivery = office.sandbox.courier.deliver_event("app_rate_limited", payload)

    assert (delivery.error, stored(office)) == ("", 0)


def test_metrics_tell_what_waits_and_name_nobody(office: Office, ana: Member) -> None:
    office.sandbox.emit({"type": "user_change_of_some_new_kind", "user": ana.id})
    office.call_ended(ana, contact="Dana Secret")
    page = get(office, "/metrics").text

    for name in (
        'cornerman_events_in_total{name="calls/generic"}',
        'cornerman_events_worked_total{name="calls/generic",state="done"}',
        'cornerman_outbox_tries_total{kind="prompt",outcome="Sent"}',
        'cornerman_outbox_messages{state="sent"} 1.0',
        "cornerman_inbox_oldest_seconds 0.0",
        'cornerman_ack_seconds_bucket{le="3.0",road="http"}',
    ):
        assert name in page, name
    for secret in ("Secret", "ana", ana.id, "some_new_kind"):
        assert secret not in page


def test_a_request_id_leads_from_a_delivery_to_its_message(
    office: Office, ana: Member, logs_now: Callable[[], str]
) -> None:
    office.call_ended(ana)
    office.call_ended(ana, minutes=1)
    with office.db.read() as session:
        requests = {row.request_id for row in session.exec(select(InboxEvent))}
        updates = session.exec(select(OutboxMessage).where(OutboxMessage.kind == "update")).all()

    assert {row.request_id for row in updates} <= requests
    told = [json.loads(line) for line in logs_now().splitlines() if '"kind": "update"' in line]
    assert {line["request_id"] for line in told} <= requests
    assert updates and told


def test_logs_hold_no_words_of_people_even_when_the_database_refuses_them(
    office: Office, ana: Member, logs_now: Callable[[], str]
) -> None:
    with office.db.begin() as session:
        session.connection().exec_driver_sql(
            "CREATE TRIGGER refuse BEFORE INSERT ON call BEGIN SELECT RAISE(ABORT, 'refused'); END"
        )

    office.call_ended(ana, contact="Dana Secret")

    told = logs_now()
    assert "event failed" in told
    assert "Secret" not in told


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


def test_a_backup_made_while_people_work_holds_all_of_one_moment(
    office: Office, ana: Member, tmp_path: Path
) -> None:
    stop = threading.Event()

    def work() -> None:
        while not stop.is_set():
            office.sandbox.emit(HOME)

    working = threading.Thread(target=work)
    office.call_ended(ana, contact="Dana")
    working.start()
    eventually(lambda: stored(office) > 5)
    before = stored(office)

    back_up(office.db, tmp_path / "copy.db")
    stop.set()
    working.join()

    restored = Database(f"sqlite:///{tmp_path / 'copy.db'}")
    with restored.read() as session:
        assert session.connection().exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
        assert session.exec(select(Call.contact)).all() == ["Dana"]
        assert session.exec(select(func.count()).select_from(InboxEvent)).one() >= before
    with restored.begin() as session:
        session.add(session.exec(select(Call)).one())
    restored.close()
    with pytest.raises(BadInput, match="exists already"):
        back_up(office.db, tmp_path / "copy.db")


def test_it_is_not_ready_while_deliveries_cannot_be_stored(
    office: Office, ana: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A small write may still fit where a delivery does not: what cannot be stored speaks louder than the probe."""
    monkeypatch.setattr(inbox, "FAILING_FOR", 600)
    with office.db.begin() as session:
        session.connection().exec_driver_sql(
            "CREATE TRIGGER full BEFORE INSERT ON inbox_event BEGIN SELECT RAISE(ABORT, 'disk is full'); END"
        )
    assert office.posts(_call(ana)).status_code == 503
    told = get(office, "/readyz")
    assert (told.status_code, told.text) == (503, "Deliveries cannot be stored.")
    with office.db.begin() as session:
        session.connection().exec_driver_sql("DROP TRIGGER full")

    assert office.posts(_call(ana)).is_success
    assert get(office, "/readyz").text == "ready"


def test_locked_tables_cost_a_sender_seconds_and_the_monitor_nothing(
    postgresql: PostgreSQL, tmp_path: Path
) -> None:
    with postgresql.fresh() as db, open_office(db, tmp_path) as office:
        ana = office.hires("Ana", Role.SDR, office.team())
        engine = sa.create_engine(postgresql.url(str(db.url.database)))
        with engine.begin() as holder, ThreadPoolExecutor(30) as senders:
            holder.exec_driver_sql("LOCK TABLE inbox_event, outbox_message IN ACCESS EXCLUSIVE MODE")
            began = time.monotonic()
            answers = [senders.submit(office.posts, _call(ana) | {"call_id": str(n)}) for n in range(25)]
            time.sleep(0.5)
            alive = time.monotonic()
            assert get(office, "/healthz").text == "ok"
            assert time.monotonic() - alive < 10, "it needs no thread and no database"
            assert {answer.result().status_code for answer in answers} == {503}
            took = time.monotonic() - began
            assert get(office, "/readyz").status_code == 503
        engine.dispose()

        assert took < 45, "five seconds each, on a machine that does nothing else"
        assert eventually(lambda: office.posts(_call(ana)).is_success)
