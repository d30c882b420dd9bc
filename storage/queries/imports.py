"""What an import asks and writes: rows by their keys, in batches, through Core because a file has many rows."""

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from itertools import repeat
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, col, select

from bot.core.enums import PromptStatus
from storage.books import Books
from storage.tables import Answers, Deal, Debrief, DebriefTag, DebriefVersion, Handoff, ImportDraft, Prompt
from storage.types import UTCDateTime

Key = tuple[Any, ...]
Values = dict[str, Any]


def stored(
    books: Books, table: sa.Table, asked_by: Sequence[str], keys: Collection[Key], *, by: Sequence[str]
) -> dict[Key, Values]:
    """The rows whose fields `asked_by` are one of the keys, by their fields `by`.

    One question for all keys that differ in one field only. (A list of tuples costs PostgreSQL a third of a second
    a thousand, and a list for each field finds every combination of them.)
    """
    ours = sa.select(table).where(table.c.workspace_id == books.workspace_id)
    columns = [table.c[name] for name in asked_by]
    return {
        tuple([row[name] for name in by]): dict(row)
        for condition in _conditions(books.session.get_bind().dialect, columns, keys)
        for row in books.session.connection().execute(ours.where(condition)).mappings()
    }


def take_stock(session: Session, table: sa.Table) -> None:
    """Has PostgreSQL look at the table, which it knows as empty: it reads all of it for each key else."""
    dialect = session.get_bind().dialect
    if dialect.name == "postgresql":
        name = dialect.identifier_preparer.format_table(table)
        session.connection().exec_driver_sql(f"ANALYZE {name}")


def _conditions(
    dialect: sa.Dialect, columns: Sequence[sa.Column[Any]], keys: Collection[Key]
) -> Iterator[sa.ColumnElement[bool]]:
    parts = list(zip(*keys, strict=True))
    widest = max(range(len(columns)), key=lambda place: len(set(parts[place])))
    among = parts.pop(widest)
    groups: dict[Key, set[Any]] = defaultdict(set)
    for rest, value in zip(zip(*parts, strict=True) if parts else repeat(()), among, strict=False):
        groups[rest].add(value)
    others = [column for place, column in enumerate(columns) if place != widest]
    for rest, values in groups.items():
        same = (column == value for column, value in zip(others, rest, strict=True))
        yield sa.and_(*same, _is_among(dialect, columns[widest], list(values)))


def _is_among(dialect: sa.Dialect, column: sa.Column[Any], values: list[Any]) -> sa.ColumnElement[bool]:
    """The values as one parameter: a list of signs takes longer to write and to read than the look-up itself."""
    if dialect.name == "sqlite":
        listed = sa.func.json_each(json.dumps(_driven(dialect, column, values))).table_valued("value")
        return column.in_(sa.select(listed.c.value))
    return column == sa.any_(sa.literal(values, postgresql.ARRAY(column.type)))


def insert(session: Session, table: sa.Table, rows: Sequence[Values], *, unique: Iterable[str]) -> None:
    """Adds the rows; one that somebody else has added since we looked is overwritten instead."""
    dialect = session.get_bind().dialect
    fields = [column.name for column in table.columns if column.name in rows[0]]
    statement = (sqlite if dialect.name == "sqlite" else postgresql).insert(table)
    upsert = statement.on_conflict_do_update(
        index_elements=["workspace_id", *unique],
        set_={name: statement.excluded[name] for name in fields},
    )
    _executemany(session, upsert, table, fields, rows)


def _executemany(
    session: Session, statement: sa.Insert, table: sa.Table, fields: Sequence[str], rows: Sequence[Values]
) -> None:
    """Executes the statement for each row, turning values into the driver's own a column at a time.

    SQLAlchemy does so a row at a time, which takes as long as the insertion.
    """
    dialect = session.get_bind().dialect
    compiled = statement.compile(dialect=dialect, column_keys=fields)
    columns = [_driven(dialect, table.c[name], [row[name] for row in rows]) for name in fields]
    values: list[Any] = list(zip(*columns, strict=True))
    if not dialect.positional:
        values = [dict(zip(fields, row, strict=True)) for row in values]
    session.connection().exec_driver_sql(str(compiled), values)


def _driven(dialect: sa.Dialect, column: sa.Column[Any], values: list[Any]) -> list[Any]:
    """Each value turned once, however many rows hold it; moments are of one row each."""
    process = column.type.dialect_impl(dialect).bind_processor(dialect)
    if process is None:
        return values
    if isinstance(column.type, UTCDateTime):
        return list(map(process, values))
    driven = {value: process(value) for value in set(values)}
    return [driven[value] for value in values]


def update(session: Session, table: sa.Table, rows: Sequence[Values]) -> None:
    """Writes every field of the rows, which bring their `id`."""
    fields = [name for name in rows[0] if name in table.c and name not in ("id", "workspace_id")]
    statement = (
        sa.update(table)
        .where(table.c.id == sa.bindparam("its_id"))
        .values({name: sa.bindparam(name) for name in fields})
    )
    session.connection().execute(
        statement, [{"its_id": row["id"], **{name: row[name] for name in fields}} for row in rows]
    )


def some_amounts(books: Books, *, limit: int = 500) -> list[float]:
    """Of deals that were stored last and are worth something."""
    table = Deal.__table__  # type: ignore[attr-defined]
    query = (
        sa.select(table.c.amount)
        .where(table.c.workspace_id == books.workspace_id, table.c.amount > Decimal(0))
        .order_by(table.c.id.desc())
        .limit(limit)
    )
    return [float(amount) for amount in books.session.connection().execute(query).scalars()]


def handoff_ids(books: Books, keys: Collection[str]) -> dict[str, int]:
    """By the handoff's key in its file."""
    found = books.session.exec(
        select(Handoff.handoff_key, Handoff.id).where(
            Handoff.workspace_id == books.workspace_id, col(Handoff.handoff_key).in_(keys)
        )
    )
    return dict(found.all())


def reasons_given(books: Books) -> Sequence[tuple[int, str, bool]]:
    """Id, reason and whether it teaches, of all decisions, in their order."""
    return books.session.exec(
        select(Handoff.id, Handoff.reason, Handoff.teaches)
        .where(Handoff.workspace_id == books.workspace_id, col(Handoff.decided_at).is_not(None))
        .order_by(col(Handoff.decided_at), col(Handoff.id))
    ).all()


def flag_teaching(books: Books, ids: Collection[int], *, teaches: bool) -> None:
    books.session.execute(
        sa.update(Handoff)
        .where(col(Handoff.workspace_id) == books.workspace_id, col(Handoff.id).in_(ids))
        .values(teaches=teaches)
        .execution_options(synchronize_session=False)
    )


def move_debriefs(books: Books, starts: Mapping[int, datetime]) -> None:
    """To the starts of their calls, by the call's id."""
    for call_id, started_at in starts.items():
        books.session.execute(
            sa.update(Debrief)
            .where(col(Debrief.workspace_id) == books.workspace_id, col(Debrief.call_id) == call_id)
            .values(call_started_at=started_at)
        )


def debriefs_of(books: Books, call_ids: Collection[int]) -> list[Values]:
    table = Debrief.__table__  # type: ignore[attr-defined]
    query = sa.select(table).where(table.c.workspace_id == books.workspace_id, table.c.call_id.in_(call_ids))
    return [dict(row) for row in books.session.connection().execute(query).mappings()]


def tags_of(books: Books, debrief_ids: Collection[int]) -> dict[int, str]:
    """In order, between commas, by the debrief's id."""
    found = books.session.exec(
        select(DebriefTag.debrief_id, DebriefTag.tag).where(
            DebriefTag.workspace_id == books.workspace_id, col(DebriefTag.debrief_id).in_(debrief_ids)
        )
    )
    tags: dict[int, list[str]] = defaultdict(list)
    for debrief_id, tag in found:
        tags[debrief_id].append(tag)
    return {debrief_id: ",".join(sorted(its)) for debrief_id, its in tags.items()}


def keep_versions(session: Session, debriefs: Iterable[Values]) -> None:
    """Each debrief as it read before an edit; `tags` between commas."""
    fields = (*Answers.model_fields, "workspace_id", "version", "tags")
    versions = [
        {name: debrief[name] for name in fields}
        | {"debrief_id": debrief["id"], "written_at": debrief["edited_at"] or debrief["submitted_at"]}
        for debrief in debriefs
    ]
    if versions:
        session.connection().execute(sa.insert(DebriefVersion.__table__), versions)  # type: ignore[attr-defined]


def replace_tags(books: Books, tags: Mapping[int, Iterable[str]]) -> None:
    """By the id of the debrief's call."""
    table = DebriefTag.__table__  # type: ignore[attr-defined]
    ids = {debrief["call_id"]: debrief["id"] for debrief in debriefs_of(books, tags.keys())}
    of_these = sa.and_(table.c.workspace_id == books.workspace_id, table.c.debrief_id.in_(ids.values()))
    books.session.connection().execute(sa.delete(table).where(of_these))
    rows = [
        {"workspace_id": books.workspace_id, "debrief_id": ids[call_id], "tag": tag}
        for call_id, its in tags.items()
        for tag in its
        if tag
    ]
    if rows:
        books.session.connection().execute(sa.insert(table), rows)


def answer_prompts(books: Books, call_ids: Collection[int]) -> None:
    """Nothing more is said about calls that a debrief has come for."""
    books.session.execute(
        sa.update(Prompt)
        .where(col(Prompt.workspace_id) == books.workspace_id, col(Prompt.call_id).in_(call_ids))
        .values(status=PromptStatus.ANSWERED, next_at=None)
    )


def by_id(books: Books, draft_id: int) -> ImportDraft | None:
    return books.session.exec(
        select(ImportDraft).where(ImportDraft.workspace_id == books.workspace_id, ImportDraft.id == draft_id)
    ).first()


def drop_older(books: Books, *, sent_before: datetime) -> None:
    books.session.execute(
        sa.delete(ImportDraft).where(
            col(ImportDraft.workspace_id) == books.workspace_id, col(ImportDraft.sent_at) < sent_before
        )
    )
