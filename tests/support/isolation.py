"""Which statements could read or change rows of a workspace that nobody asked for."""

import inspect
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import ORMExecuteState
from sqlalchemy.sql import operators, visitors
from sqlalchemy.sql.elements import BinaryExpression, ColumnClause
from sqlmodel import Session

OF_EVERYBODY = {
    "delivery.inbox.claim_due": "workers work all workspaces' events",
    "delivery.inbox.is_due": "the same",
    "delivery.inbox.next_due": "the same",
    "delivery.inbox.wait_no_longer_than": "the clock is everybody's",
    "delivery.inbox.bring_forward": "the clock is everybody's",
    "delivery.inbox.waiting": "a restored database is everybody's",
    "delivery.inbox.counts": "for the monitor, numbers only",
    "delivery.inbox.oldest_waiting": "the same",
    "delivery.errands.claim_due": "workers run all workspaces' errands",
    "delivery.errands.is_due": "the same",
    "delivery.errands.next_due": "the same",
    "delivery.inbox.set_aside": "for whoever runs the program",
    "delivery.outbox_due.claim_due": "workers send all workspaces' messages",
    "delivery.outbox_due.claim_doubtful": "the same",
    "delivery.outbox_due.is_due": "the same",
    "delivery.outbox_due.next_due": "the same",
    "delivery.outbox.wait_no_longer_than": "the clock is everybody's",
    "delivery.outbox.bring_forward": "the clock is everybody's",
    "delivery.outbox.is_sending": "workers send all workspaces' messages",
    "delivery.outbox.unsent": "a restored database is everybody's",
    "delivery.restored.let_rest": "the same",
    "delivery.outbox.counts": "for the monitor, numbers only",
    "delivery.outbox.oldest_unsent": "the same",
    "delivery.outbox.set_aside": "for whoever runs the program",
    "calls.sources.last_delivery": "for whoever runs the program",
    "calls.sources.trouble_fetching": "the same",
    "calls.sources.unread_lately": "the same",
    "calls.sources.all_gaps": "the same",
    "crm.slack_teams": "which workspace a CRM belongs to",
}
BY_ROW = {
    "pipeline.deal_history.record": "takes rows that were read for their workspace",
    "pipeline.deal_history.keep": "the same",
    "imports.insert": "rows bear their workspace",
    "imports.update": "the same",
    "imports.keep_versions": "the same",
    "imports.take_stock": "has the database count its own rows",
    "privacy.erasure.delete_installations": "by Slack's id of the team",
}


def unbound(statement: Any) -> set[str]:
    """The tables of a statement whose rows no condition holds to one workspace.

    A table is held by its `workspace_id` being equal to a value or to that of a table that is held, and by its `id`
    being equal to a reference in such a table: references never leave their workspace.
    """
    held: set[Any] = set()
    links: list[tuple[Any, Any]] = []
    for comparison in _comparisons(statement):
        sides = [_owner(side) for side in (comparison.left, comparison.right)]
        if all(map(_is_workspace, (comparison.left, comparison.right))) or _refers(comparison):
            links.append((sides[0], sides[1]))
        elif any(_is_workspace(side) for side in (comparison.left, comparison.right)):
            held |= {side for side in sides if side is not None}
    while more := {b for pair in links for a, b in (pair, pair[::-1]) if a in held and b not in held}:
        held |= more
    return {str(getattr(table, "name", table)) for table in _tables(statement) if table not in held}


@contextmanager
def watched() -> Iterator[list[str]]:
    """What went to the database meanwhile without being held to a workspace: tables and statement."""
    found: list[str] = []

    def look(state: ORMExecuteState) -> None:
        if state.is_column_load or state.is_relationship_load:
            return  # of a row that is at hand
        if (loose := unbound(state.statement)) and not _is_excused():
            found.append(f"{', '.join(sorted(loose))}: {state.statement}")

    sa.event.listen(Session, "do_orm_execute", look)
    try:
        yield found
    finally:
        sa.event.remove(Session, "do_orm_execute", look)


def _is_excused() -> bool:
    """Whether a test asks by itself, or a question of storage.queries that says why it is everybody's."""
    files = [(Path(frame.filename), frame.function) for frame in inspect.stack(0)]
    ours = [
        (file, name) for file, name in files if "site-packages" not in file.parts and file != Path(__file__)
    ]
    asked = {f"{_module(file)}.{name}" for file, name in ours if "queries" in file.parts}
    return "tests" in ours[0][0].parts or bool(asked & {*OF_EVERYBODY, *BY_ROW})


def _module(file: Path) -> str:
    """As `storage.queries` names it: `calls.sources`, or `imports`."""
    parts = file.with_suffix("").parts
    return ".".join(parts[parts.index("queries") + 1 :])


def _comparisons(statement: Any) -> Iterator[BinaryExpression[Any]]:
    for element in visitors.iterate(statement):
        if isinstance(element, BinaryExpression) and element.operator in (operators.eq, operators.in_op):
            yield element


def _tables(statement: Any) -> Iterator[Any]:
    """Tables and their aliases that rows are taken from, wherever in the statement."""
    for element in visitors.iterate(statement):
        if isinstance(element, sa.Select):
            for source in element.get_final_froms():
                yield from _leaves(source)
        elif isinstance(element, sa.Update | sa.Delete):
            yield from _leaves(element.table)


def _leaves(source: Any) -> Iterator[Any]:
    if isinstance(source, sa.Join):
        yield from _leaves(source.left)
        yield from _leaves(source.right)
    elif isinstance(source, sa.Table | sa.Alias) and "workspace_id" in source.c:
        yield source


def _owner(side: Any) -> Any:
    return getattr(side, "table", None) if isinstance(side, ColumnClause) else None


def _is_workspace(side: Any) -> bool:
    return isinstance(side, ColumnClause) and side.name == "workspace_id"


def _refers(comparison: BinaryExpression[Any]) -> bool:
    """Whether one side is a reference to the other's row that includes the workspace."""
    for side, other in ((comparison.left, comparison.right), (comparison.right, comparison.left)):
        if isinstance(side, sa.Column) and isinstance(other, sa.Column) and other.name == "id":
            target = getattr(other.table, "element", other.table)
            keys = {key.column.table.name for key in side.foreign_keys if key.column.name == "id"}
            if getattr(target, "name", None) in keys:
                return True
    return False
