"""A year of a company of SDRs, written past the ORM and past the triggers: ten million calls in minutes, not hours.

The weeks are counted by the program itself afterwards, as after a restore.
"""

import random
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col, func, select

from bot.core.enums import Role
from storage import rollup_upkeep, triggers
from storage.database import Database
from storage.tables import (
    EVER,
    Call,
    Debrief,
    Handoff,
    Membership,
    Person,
    Prompt,
    RepWeek,
    Team,
)
from tests.bench.table import demand

NOW = datetime(2026, 11, 18, 9, tzinfo=UTC)
YEAR = timedelta(weeks=52)
CALLS_PER_REP, TEAM = 1_000, 10
ASKED_EVERY = 6
"""Of a rep's calls each sixth was asked about and answered."""
LEADS = 60
AT_ONCE = 100
"""Reps whose rows are written together."""


def fill(db: Database, home: int, known: Sequence[int], reps: int) -> None:
    """So many SDRs with a thousand calls each, in teams of ten; the people `known` are the first of them."""
    with db.begin() as session:
        people = [*known, *_hired(session, home, reps - len(known))]
        ae = _ae(session, home)
    for at in range(0, reps, AT_ONCE):
        with db.begin() as session:
            connection = session.connection()
            _without_triggers(connection)
            _write(connection, home, people[at : at + AT_ONCE], ae, first=at * CALLS_PER_REP + 1)
            if db.is_sqlite:
                triggers.install(connection)
    if not db.is_sqlite:
        with db.begin() as session:
            session.connection().exec_driver_sql(
                "SELECT setval(pg_get_serial_sequence('call', 'id'), (SELECT max(id) FROM call))"
            )
    _count(db, reps)


def _count(db: Database, reps: int) -> None:
    with db.begin() as session:
        rollup_upkeep.rebuild(session)
    with db.begin() as session:
        counted = session.scalar(select(func.sum(RepWeek.calls)))
        demand(counted == reps * CALLS_PER_REP, f"the weeks count {counted} calls")
        if not db.is_sqlite:  # PostgreSQL looks by itself, a little later; a SQLite file is never analyzed
            session.connection().exec_driver_sql("ANALYZE")


def _hired(session: Session, home: int, count: int) -> list[int]:
    teams = [
        {"workspace_id": home, "name": f"Team {n}", "time_zone": "UTC"} for n in range(-(-count // TEAM))
    ]
    session.execute(sa.insert(Team), teams)
    team_ids = session.exec(select(Team.id).where(col(Team.name).like("Team %"))).all()
    names = [{"workspace_id": home, "name": f"Rep {n}", "email": f"rep{n}@example.com"} for n in range(count)]
    session.execute(sa.insert(Person), names)
    ids = list(session.exec(select(Person.id).where(col(Person.name).like("Rep %"))).all())
    session.execute(
        sa.insert(Membership),
        [
            {"workspace_id": home, "person_id": one, "team_id": team_ids[n // TEAM], "role": Role.SDR,
             "started_on": EVER}
            for n, one in enumerate(ids)
        ],
    )  # fmt: skip
    return ids


def _ae(session: Session, home: int) -> int:
    person = Person(workspace_id=home, name="Bo", email="bo@example.com")
    session.add(person)
    session.flush()
    return person.id


def _without_triggers(connection: sa.Connection) -> None:
    if connection.dialect.name == "sqlite":
        triggers.remove(connection)
    else:
        connection.exec_driver_sql("SET LOCAL session_replication_role = replica")


def _write(connection: sa.Connection, home: int, reps: Sequence[int], ae: int, *, first: int) -> None:
    dice = random.Random(first)
    calls = [
        (first + n * CALLS_PER_REP + at, rep, NOW - YEAR * dice.random())
        for n, rep in enumerate(reps)
        for at in range(CALLS_PER_REP)
    ]
    asked = calls[::ASKED_EVERY]
    _copy(
        connection,
        Call,
        ("id", "workspace_id", "person_id", "source", "account", "call_key", "started_at", "ended_at",
         "talk_seconds", "contact", "company", "disposition", "completed", "imported", "hinted"),
        ((id, home, rep, "x", "", str(id), at, at, 100, f"Dana {id % 997}", "Acme", "completed", True, False,
          False) for id, rep, at in calls),
    )  # fmt: skip
    _copy(
        connection,
        Prompt,
        ("workspace_id", "call_id", "person_id", "status", "asked_at"),
        ((home, id, rep, "answered", at) for id, rep, at in asked),
    )
    _copy(
        connection,
        Debrief,
        ("workspace_id", "call_id", "person_id", "version", "reason", "call_started_at", "submitted_at",
         "measure", "went_well", "improve", "next_step", "timeline_agreed", "outcome"),
        ((home, id, rep, 1, "", at, at, "Ask who signs", "They talked", "", "", True,
          dice.choice(("advanced", "continued"))) for id, rep, at in asked),
    )  # fmt: skip
    _copy(
        connection,
        Handoff,
        ("workspace_id", "handoff_key", "sdr_id", "ae_id", "passed_at", "decided_at", "decision", "reason",
         "company"),
        (
            (home, f"{rep} {n}", rep, ae, passed, passed + timedelta(days=1),
             "accepted" if dice.random() < 0.4 else "rejected", "", "Acme")
            for rep in reps
            for n in range(LEADS)
            for passed in [NOW - timedelta(days=6 * n + 2)]
        ),
    )  # fmt: skip


def _copy(
    connection: sa.Connection, table: Any, names: tuple[str, ...], rows: Iterable[tuple[Any, ...]]
) -> None:
    """By the driver's shortest way; what is not named has its column's default of a plain row."""
    columns = table.__table__.columns
    rest = {
        column.name: column.default.arg
        for column in columns
        if column.name not in names and column.default is not None and column.default.is_scalar
    }
    every = (*names, *rest)
    lines = ((*row, *rest.values()) for row in rows)
    driver: Any = connection.connection.driver_connection
    if connection.dialect.name == "sqlite":
        marks = ", ".join("?" * len(every))
        written = ([_as_text(value) for value in line] for line in lines)
        driver.executemany(
            f'INSERT INTO "{table.__tablename__}" ({", ".join(every)}) VALUES ({marks})', written
        )
    else:
        with driver.cursor().copy(f'COPY "{table.__tablename__}" ({", ".join(every)}) FROM STDIN') as copy:
            for line in lines:
                copy.write_row(line)


def _as_text(value: Any) -> Any:
    return value.replace(tzinfo=None).isoformat(" ", "microseconds") if isinstance(value, datetime) else value
