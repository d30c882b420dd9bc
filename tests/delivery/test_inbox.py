"""The road in: whatever was acknowledged is worked, once, whoever dies, on both databases."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import sqlalchemy as sa
from alembic import command
from sqlmodel import col, select

from bot.core.errors import NotFound
from bot.delivery.inbox import MAX_ATTEMPTS
from bot.delivery.services import undelivered
from storage import schema, triggers
from storage.database import Database
from storage.queries.delivery import inbox as queries
from storage.tables import InboxEvent, InboxState, Person
from tests.delivery.inbox_desk import NOON, Desk, desk
from tests.http.running import eventually

OLD_COLUMNS = (
    "workspace_id", "source", "event_key", "body", "request_id", "received_at", "state", "next_at", "attempts", "error",
)  # fmt: skip
__all__ = ["desk"]


def test_events_are_worked_in_the_order_they_came(desk: Desk) -> None:
    for who in ("Ana", "Bo", "Cy"):
        desk.comes(who)

    assert desk.inbox.work_all() == 3
    assert desk.worked() == ["Ana", "Bo", "Cy"]


def test_events_that_wait_together_are_worked_with_one_commit_and_a_bad_one_fails_alone(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    _long_enough(monkeypatch, 60)
    everybody = [f"Rep {n}" for n in range(9)]
    for who in everybody:
        desk.comes(who)
    desk.comes("Cy", name="promoted")
    desk.broken = {"Rep 4"}

    assert desk.inbox.work_some() == 9

    assert desk.worked() == [who for who in everybody if who != "Rep 4"]
    assert desk.states()["Rep 4"] is desk.states()["Cy"] is InboxState.WAITING


def _long_enough(monkeypatch: pytest.MonkeyPatch, seconds: float) -> None:
    monkeypatch.setattr("bot.delivery.inbox.LONG_ENOUGH", seconds)
    monkeypatch.setattr("bot.delivery.inbox.LONG_ENOUGH_ON_SERVER", seconds)


def test_what_takes_long_leaves_the_rest_to_the_next_commit(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    _long_enough(monkeypatch, 0)
    for who in ("Ana", "Bo"):
        desk.comes(who)

    assert desk.inbox.work_some() == 1
    assert desk.states() == {"Ana": InboxState.DONE, "Bo": InboxState.WAITING}


def test_who_finds_another_worker_at_it_takes_the_next_after_it(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    _long_enough(monkeypatch, 0)
    for who in ("Ana", "Bo"):
        desk.comes(who)

    with ThreadPoolExecutor() as workers:
        worked = list(workers.map(lambda _worker: desk.inbox.work_some(), range(2)))

    assert worked == [1, 1], "neither looked in vain"


def test_an_event_delivered_again_with_another_body_changes_nothing(desk: Desk) -> None:
    assert desk.comes("Ana", key="Ev1") is True
    assert desk.comes("Mallory", key="Ev1") is False

    desk.inbox.work_all()
    assert desk.worked() == ["Ana"]


def test_what_one_process_holds_others_pass_over_and_do_not_overtake(desk: Desk) -> None:
    if desk.db.is_sqlite:
        pytest.skip("SQLite has one writer: there is nobody to pass over")
    for who, name in (("Ana", "hired"), ("Bo", "hired"), ("Cy", "promoted")):
        desk.comes(who, name=name)
    other = Database(desk.db.url.render_as_string(hide_password=False))

    with other.begin() as session:
        held = queries.claim_due(session, now=NOON)
        assert [row.event_key for row in held] == ["Ana"]
        desk.inbox.work_all()
        assert desk.worked() == ["Cy"], "Bo has the same name as Ana, and comes after her"
    other.close()

    assert eventually(lambda: desk.inbox.work_all() > 0), "it is left to the other for a moment"
    assert desk.worked() == ["Cy", "Ana", "Bo"]


def test_a_process_that_dies_half_way_leaves_the_event_as_it_was(desk: Desk) -> None:
    desk.comes("Ana")
    with pytest.raises(KeyboardInterrupt), desk.db.begin() as session:
        assert queries.claim_due(session, now=NOON)
        session.add(Person(workspace_id=desk.workspace_id, name="half", email="half@example.com"))
        session.flush()
        raise KeyboardInterrupt

    assert desk.inbox.work_all() == 1
    assert desk.worked() == ["Ana"]


def test_an_event_that_fails_leaves_nothing_behind_and_lets_the_others_pass(desk: Desk) -> None:
    desk.broken = {"Ana"}
    desk.comes("Ana")
    desk.comes("Bo")

    desk.inbox.work_all()
    assert desk.worked() == ["Bo"]

    desk.broken = set()
    desk.clock.advance(timedelta(seconds=5))
    desk.inbox.work_all()
    assert desk.worked() == ["Bo", "Ana"]


def test_after_many_failures_it_is_set_aside_until_a_person_says_again(desk: Desk) -> None:
    desk.broken = {"Ana"}
    desk.comes("Ana")
    for _ in range(MAX_ATTEMPTS):
        desk.inbox.work_all()
        desk.clock.advance(timedelta(hours=1))
    assert desk.states() == {"Ana": InboxState.DEAD}

    desk.broken = set()
    with desk.db.writing(desk.workspace_id, desk.clock()) as books:
        [dead] = undelivered.listed(books)
        undelivered.work_again(books, dead.id, None)
    desk.inbox.work_all()

    assert desk.states() == {"Ana": InboxState.DONE}
    with desk.db.writing(desk.workspace_id, desk.clock()) as books, pytest.raises(NotFound):
        undelivered.work_again(books, dead.id, None)


def test_what_cannot_be_done_as_it_stands_waits_for_a_person_and_keeps_its_body(desk: Desk) -> None:
    desk.comes("Nobody")
    desk.inbox.work_all()

    with desk.db.reading(desk.workspace_id, desk.clock()) as books:
        [parked] = undelivered.listed(books)
    assert (parked.state, parked.why) == ("parked", "Nobody knows Nobody.")
    assert desk.worked() == []


def test_a_clock_that_is_set_back_an_hour_delays_nothing_for_an_hour(desk: Desk) -> None:
    desk.comes("Ana")
    desk.clock.advance(timedelta(hours=-1))

    desk.inbox.look_at_the_clock()
    desk.clock.advance(timedelta(minutes=9))

    assert desk.inbox.work_all() == 1


def test_an_event_that_nobody_works_is_done(desk: Desk) -> None:
    desk.comes("Ana", name="app_uninstalled")
    desk.inbox.work_all()

    assert desk.states() == {"Ana": InboxState.DONE}


def test_what_an_older_program_stored_is_worked_after_the_upgrade(desk: Desk) -> None:
    config = schema.alembic_config()
    with schema.migrating(desk.db) as connection:
        config.attributes["connection"] = connection
        triggers.remove(connection)
        command.downgrade(config, "0002")
        stored = sa.table("inbox_event", *map(sa.column, OLD_COLUMNS))
        for key, source, body in (
            ("Ana", "slack", {"event": {"type": "hired", "who": "Ana"}}),
            ("c", "calls/x", {}),
        ):
            values = (
                desk.workspace_id,
                source,
                key,
                json.dumps(body),
                "r",
                "2026-11-18",
                "waiting",
                "2026-11-18",
                0,
                "",
            )
            connection.execute(stored.insert().values(dict(zip(OLD_COLUMNS, values, strict=True))))
    schema.upgrade(desk.db)

    desk.inbox.work_all()

    assert desk.worked() == ["Ana"]
    with desk.db.read() as session:
        assert session.exec(select(InboxEvent.name).order_by(col(InboxEvent.id))).all() == [
            "hired",
            "calls/x",
        ]
