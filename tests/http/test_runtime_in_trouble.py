"""A whole process under bad conditions: a full disk, a database that is away, a silent socket, locked tables."""

import resource
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlmodel import func, select

from bot.core.enums import Role
from bot.core.errors import BadInput
from bot.delivery import inbox
from bot.sandbox import Member
from storage.backup import back_up
from storage.database import Database
from storage.tables import Call, InboxEvent
from tests.http.running import HOME, eventually, get, stored
from tests.support.databases import PostgreSQL
from tests.support.office import Office, open_office


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


def test_a_notice_that_events_are_held_back_is_acknowledged(office: Office) -> None:
    notice = {"type": "app_rate_limited", "minute_rate_limited": 1, "team_id": "T0SANDBOX", "token": "x"}
    payload = notice | {"api_app_id": "A0SANDBOX"}

    delivery = office.sandbox.courier.deliver_event("app_rate_limited", payload)

    assert (delivery.error, stored(office)) == ("", 0)


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
