"""Rows of a file find what is stored by their keys, and meet what somebody else has stored meanwhile."""

from datetime import UTC, date, datetime
from decimal import Decimal

from storage.database import Database
from storage.queries import imports as queries
from storage.queries.imports import Values
from storage.tables import AccountValue, Person, Workspace

TABLE = AccountValue.__table__  # type: ignore[attr-defined]
KEY = ("account_key", "as_of")


def held(db: Database, workspace: str = "Acme") -> Values:
    """A workspace with one AM, as the values that every account of theirs shares."""
    with db.begin() as session:
        acme = Workspace(name=workspace)
        session.add(acme)
        session.flush()
        cy = Person(workspace_id=acme.id, name="Cy")
        session.add(cy)
        session.flush()
        return {"workspace_id": acme.id, "am_id": cy.id, "currency": "USD"}


def put(db: Database, *rows: Values) -> None:
    with db.begin() as session:
        queries.insert(session, TABLE, rows, unique=KEY)


def worth(db: Database, workspace_id: int, keys: set[tuple[str, date]]) -> dict[tuple[str, date], Decimal]:
    with db.reading(workspace_id, datetime(2026, 11, 16, tzinfo=UTC)) as books:
        found = queries.stored(books, TABLE, KEY, keys, by=KEY)
    return {(key[0], key[1]): row["value"] for key, row in found.items()}


def test_only_the_keys_asked_for_are_found(any_db: Database) -> None:
    ours, theirs = held(any_db), held(any_db, "Globex")
    days = [date(2026, month, 1) for month in range(1, 13)]
    keys = {(account, day) for account in "ABC" for day in days}
    put(
        any_db,
        *(ours | {"account_key": a, "as_of": day, "value": Decimal(ord(a))} for a, day in sorted(keys)),
    )
    put(any_db, theirs | {"account_key": "A", "as_of": days[0], "value": Decimal(1)})
    asked = {("A", days[0]), ("B", days[1]), ("C", date(2025, 1, 1)), ("D", days[0])}

    assert worth(any_db, ours["workspace_id"], asked) == {
        ("A", days[0]): Decimal(65),
        ("B", days[1]): Decimal(66),
    }
    assert worth(any_db, ours["workspace_id"], keys).keys() == keys


def test_a_row_stored_meanwhile_is_overwritten_and_not_doubled(any_db: Database) -> None:
    row = held(any_db) | {"account_key": "A", "as_of": date(2026, 1, 1)}
    put(any_db, row | {"value": Decimal(100)})
    put(any_db, row | {"value": Decimal("130.25")})

    assert worth(any_db, row["workspace_id"], {("A", row["as_of"])}) == {
        ("A", row["as_of"]): Decimal("130.25")
    }
