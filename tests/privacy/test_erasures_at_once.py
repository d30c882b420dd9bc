"""Erasures beside each other and beside a running bot: exact sums, and a receipt for whoever asked."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from typer.testing import CliRunner

from bot import cli
from bot.calendar import periods
from bot.core.enums import ErasureCause, FormerCount, Role
from bot.people.services import erasure_requests
from bot.privacy import jobs as erasing
from bot.privacy.services.erasure import people, sums
from storage.database import Database
from storage.tables import Erasure, FormerSum, Person
from tests.support.builders import Builder, workspace
from tests.support.databases import PostgreSQL

NOW = datetime(2026, 11, 16, 9, tzinfo=UTC)
OCTOBER = datetime(2026, 10, 6, 12, tzinfo=UTC)
LEAVING, CALLS_EACH = 4, 12


@pytest.fixture
def postgres(postgresql: PostgreSQL) -> Iterator[Database]:
    with postgresql.fresh() as db:
        yield db


def crowd(db: Database) -> tuple[Builder, int, list[int]]:
    """Twelve SDRs of one team, four of whom are to be forgotten."""
    with db.begin() as session:
        build = workspace(session)
        team = build.team()
        reps = [build.rep(f"Rep {n}", Role.SDR, team) for n in range(12)]
        for rep in reps[:LEAVING]:
            for n in range(CALLS_EACH):
                build.debrief(rep, OCTOBER + timedelta(hours=n), outcome="advanced")
        return build, team, reps[:LEAVING]


def test_the_sums_are_exact_though_several_processes_erase_at_once(
    postgres: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(people, "BATCH", 2)
    build, team, leaving = crowd(postgres)
    with postgres.writing(build.workspace_id, NOW) as books:
        asked = [erasure_requests.ask(books, person, ErasureCause.OPERATOR).id for person in leaving]
    begin = threading.Barrier(LEAVING)

    def erase(erasure_id: int) -> None:
        begin.wait()
        erasing.work(postgres, build.workspace_id, erasure_id, now=NOW, tell=False)

    with ThreadPoolExecutor(LEAVING) as processes:
        for done in [processes.submit(erase, one) for one in asked]:
            done.result()

    october = periods.parse("2026-10", now=NOW, zone=ZoneInfo("Europe/Berlin"))
    with postgres.reading(build.workspace_id, NOW) as books:
        kept = sums.of_months(books, team, october)
        nameless = books.session.scalar(sa.select(sa.func.count()).where(Person.name == "Former colleagues"))  # type: ignore[arg-type]
        rows = books.session.scalar(sa.select(sa.func.count()).select_from(FormerSum))
    assert kept[Role.SDR, FormerCount.CALLS] == LEAVING * CALLS_EACH
    assert kept[Role.SDR, FormerCount.ADVANCED] == LEAVING * CALLS_EACH
    assert (nameless or 0) <= 1
    assert rows == len(kept)


def test_forget_prints_its_receipt_though_a_bot_has_the_erasure_in_hand(
    postgres: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    build, _team, leaving = crowd(postgres)
    monkeypatch.setenv("DATABASE_URL", postgres.url.render_as_string(hide_password=False))
    with postgres.writing(build.workspace_id, NOW) as books:
        erasure_requests.ask(books, leaving[0], ErasureCause.OPERATOR)
    held, let_go = threading.Event(), threading.Event()

    def another() -> None:
        with postgres.begin() as session:
            session.execute(sa.select(Erasure.id).with_for_update())  # type: ignore[call-overload]
            held.set()
            let_go.wait(20)

    bot = threading.Thread(target=another)
    bot.start()
    held.wait(20)
    threading.Timer(1, let_go.set).start()

    done = CliRunner().invoke(cli.app, ["forget", "Rep 0", "--yes"])
    bot.join()

    assert done.exit_code == 0, done.output
    assert "Erased: Rep 0, at " in done.output
