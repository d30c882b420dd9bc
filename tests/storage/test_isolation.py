"""No row of one workspace is ever readable from another: every table, every question, two workspaces."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from enum import Enum
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin
from zoneinfo import ZoneInfo

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError, NoResultFound
from sqlmodel import AutoString, Session, SQLModel

import storage.queries
from storage.books import Books
from storage.database import Database
from storage.queries.scorecards import tallies
from storage.queries.scorecards.spans import Span
from storage.tables import BOTS, INSTALLATIONS, OAUTH_STATES, Workspace
from storage.types import Money, UTCDateTime
from tests.support.databases import SQLiteFiles
from tests.support.isolation import BY_ROW, OF_EVERYBODY, unbound, watched

NOW = datetime(2026, 11, 16, 9, tzinfo=UTC)
HERE, THERE = 1, 2
Question = Callable[..., Any]


def questions() -> dict[str, Question]:
    """Every public function of storage.queries that is given a session or books."""
    found: dict[str, Question] = {}
    for module in pkgutil.walk_packages(storage.queries.__path__, "storage.queries."):
        for name, function in inspect.getmembers(importlib.import_module(module.name), inspect.isfunction):
            asks = not inspect.signature(function).parameters.keys().isdisjoint({"session", "books"})
            if function.__module__ == module.name and not name.startswith("_") and asks:
                found[f"{module.name.removeprefix('storage.queries.')}.{name}"] = function
    return found


OWNED = [table for table in SQLModel.metadata.sorted_tables if "workspace_id" in table.c]
ASKED = {name: question for name, question in questions().items() if name not in {*OF_EVERYBODY, *BY_ROW}}


def test_every_table_belongs_to_a_workspace() -> None:
    slacks_own = {BOTS.name, INSTALLATIONS.name, OAUTH_STATES.name}
    for table in SQLModel.metadata.tables.values():
        if table.name not in {"workspace", *slacks_own}:
            assert not table.c.workspace_id.nullable, table.name


def test_references_cannot_leave_their_workspace() -> None:
    for table in SQLModel.metadata.tables.values():
        for constraint in table.foreign_key_constraints:
            if constraint.referred_table.name != "workspace":
                assert "workspace_id" in constraint.column_keys, f"{table.name}: {constraint.column_keys}"


def test_every_question_names_a_workspace_or_says_why_not() -> None:
    held = {"workspace_id", "books"}
    assert {
        name for name, ask in ASKED.items() if inspect.signature(ask).parameters.keys().isdisjoint(held)
    } == set()


def test_every_table_holds_rows_of_both(two: Database) -> None:
    with two.read() as session:
        for table in OWNED:
            owners = session.execute(sa.select(table.c.workspace_id)).scalars().all()
            assert {*owners} == {HERE, THERE}, table.name


@pytest.mark.parametrize("name", ASKED)
def test_a_question_reads_and_changes_rows_of_its_workspace_alone(name: str, two: Database) -> None:
    """Asked for the first workspace about rows of the second: the statement is held to the first, and finds none."""
    with two.read() as session, watched() as loose, suppress(IntegrityError, NoResultFound, KeyError):
        answer = ASKED[name](**arguments(ASKED[name], session))
        told = repr(list(answer) if isinstance(answer, Iterable) else answer)
        assert f"of {THERE}" not in told

    assert loose == []


@pytest.fixture(scope="module")
def two(sqlite_files: SQLiteFiles) -> Iterator[Database]:
    """Two workspaces with a row in every table; every row of the second has the id 2."""
    with sqlite_files.fresh() as db:
        with Session(db.engine.execution_options(writes=True)) as session, session.begin():
            session.add_all([Workspace(id=HERE, name="Acme"), Workspace(id=THERE, name="Globex")])
            session.flush()
            session.execute(
                sa.text("PRAGMA ignore_check_constraints = ON")
            )  # what rows mean does not matter here
            for table in OWNED:
                for owner in (HERE, THERE):
                    row = {column.name: value(column, owner) for column in table.c if column.name != "id"}
                    session.execute(sa.insert(table).values(row))
        yield db


def value(column: sa.Column[Any], owner: int) -> Any:
    """References point to the workspace's own row, which has the workspace's number; words say whose they are."""
    if column.foreign_keys:
        return owner
    if isinstance(column.type, sa.Enum):
        return column.type.enums[0]
    return next(said for kind, said in VALUES if isinstance(column.type, kind))(owner)


VALUES: list[tuple[Any, Callable[[int], Any]]] = [
    (UTCDateTime, lambda _owner: NOW),
    (Money, lambda _owner: Decimal(1)),
    (sa.Date, lambda _owner: NOW.date()),
    (sa.Time, lambda _owner: time(9)),
    (sa.Boolean, lambda _owner: False),
    (sa.Float, lambda _owner: 0.5),
    (sa.Integer, lambda _owner: 1),
    (sa.JSON, lambda _owner: {}),
    (sa.LargeBinary, lambda _owner: b""),
    (sa.String | AutoString, lambda owner: f"of {owner}"),
]


def arguments(question: Question, session: Session) -> dict[str, Any]:
    """Something of the right kind for everything it asks for; every id is one of the other workspace."""
    known = {"session": session, "workspace_id": HERE, "books": Books(session, HERE, NOW)}
    asked = inspect.signature(question, eval_str=True).parameters
    return {
        name: known[name] if name in known else something(parameter.annotation, name)
        for name, parameter in asked.items()
        if parameter.kind is not parameter.VAR_KEYWORD
    }


def something(kind: Any, name: str) -> Any:
    if get_origin(kind) in (UnionType, Union):
        return something(next(one for one in get_args(kind) if one is not NoneType), name)
    if get_origin(kind) in (Collection, Sequence, Iterable):
        return [something(get_args(kind)[0], name)]
    if get_origin(kind) is Mapping:
        return {something(get_args(kind)[0], name): something(get_args(kind)[1], name)}
    if get_origin(kind) is tuple:
        return tuple(something(one, name) for one in get_args(kind) if one is not ...)
    if get_origin(kind) is Callable:
        return tallies.calls
    if inspect.isclass(kind) and issubclass(kind, Enum):
        return next(iter(kind))
    made = {
        int: THERE,
        bool: True,
        float: 1.0,
        str: "name",
        Any: "anything",
        datetime: NOW,
        date: NOW.date(),
        timedelta: timedelta(days=1),
        ZoneInfo: ZoneInfo("UTC"),
        Span: Span(THERE, NOW, NOW, NOW.date(), NOW.date()),
        sa.Table: SQLModel.metadata.tables["person"],
    }
    return made[kind]


def test_the_watch_sees_what_it_is_there_for() -> None:
    person, membership, team = (SQLModel.metadata.tables[name] for name in ("person", "membership", "team"))

    mine = person.c.workspace_id == 1
    assert unbound(sa.select(person).where(mine)) == set()
    assert unbound(sa.select(person)) == {"person"}
    assert unbound(sa.delete(person).where(person.c.id == 1)) == {"person"}
    assert unbound(sa.update(team).where(team.c.name == "East").values(name="West")) == {"team"}
    by_key = membership.c.person_id == person.c.id
    assert unbound(sa.select(person).join(membership, by_key).where(mine)) == set()
    assert unbound(sa.select(person).join(membership, by_key).where(person.c.name == "Ana")) != set()
    assert unbound(sa.select(team).join(membership, sa.true()).where(team.c.workspace_id == 1)) == {
        "membership"
    }
    another = sa.select(team.c.id).where(team.c.name == "East")
    assert unbound(sa.select(person).where(mine, person.c.id.in_(another))) == {"team"}
