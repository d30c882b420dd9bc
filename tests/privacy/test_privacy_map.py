"""The data map of docs/privacy.md and the tables say the same."""

import re

import pytest
import sqlalchemy as sa
from sqlmodel import AutoString, SQLModel

import storage.tables  # noqa: F401  completes the metadata
from storage.queries.privacy import erasure
from tests.tree import ROOT

DOC = (ROOT / "docs" / "privacy.md").read_text(encoding="utf-8")
MAP = {
    row[1]: set(re.findall(r"`(\w+)`", row[2]))
    for row in re.finditer(r"^\| `(\w+)` \| [^|]* \|([^|]*)\|", DOC.partition("## The map")[2], re.MULTILINE)
}
TECHNICAL = {
    "account", "base", "bot_scopes", "country", "crm", "currency", "key", "kind", "locale", "method", "request_id",
    "scopes", "source", "time_zone",
}  # fmt: skip
"""Texts that tell of nobody: words of a list, zones, random keys."""
SLACKS_OWN = {"slack_bots", "slack_installations", "slack_oauth_states"}
"""Of these the secrets and people have to be on the map; the rest names the app."""


PEOPLE = {"person_id", "coach_id", "learner_id", "sdr_id", "ae_id", "am_id", "author_id", "said_by_id"}


def tells(column: sa.Column[object]) -> bool:
    """Whether a column may tell of a person: it refers to one, or holds words."""
    kind = column.type
    refers = (
        any(key.column.table.name == "person" for key in column.foreign_keys)
        and column.name != "workspace_id"
    )
    holds_words = isinstance(kind, sa.String | AutoString | sa.JSON | sa.LargeBinary) and not isinstance(
        kind, sa.Enum
    )
    return refers or (holds_words and column.name not in TECHNICAL)


def test_every_table_is_on_the_map_and_nothing_else() -> None:
    assert set(MAP) == set(SQLModel.metadata.tables)


@pytest.mark.parametrize("name", sorted(set(SQLModel.metadata.tables) - SLACKS_OWN))
def test_every_field_that_tells_of_a_person_is_on_the_map(name: str) -> None:
    missing = {column.name for column in SQLModel.metadata.tables[name].columns if tells(column)} - MAP[name]

    assert missing == set(), f"docs/privacy.md, row {name}"


@pytest.mark.parametrize("name", sorted(SQLModel.metadata.tables))
def test_the_map_names_no_field_that_is_gone(name: str) -> None:
    assert MAP[name] <= set(SQLModel.metadata.tables[name].columns.keys())


def test_every_secret_of_slacks_own_tables_is_on_the_map() -> None:
    for name in SLACKS_OWN:
        columns = SQLModel.metadata.tables[name].columns.keys()
        assert {column for column in columns if column.endswith("token") or column == "user_id"} <= MAP[
            name
        ], name


def test_every_reference_to_a_person_is_erased_or_known_to_be_shared() -> None:
    """So that the map's promise holds for a table of tomorrow."""
    found = {(table.name, column) for table, column, _weak in erasure.references("person")}
    on_the_map = {
        (name, column.name)
        for name, table in SQLModel.metadata.tables.items()
        for column in table.columns
        if column.name in PEOPLE
    }
    assert on_the_map - found <= {("erasure", "person_id"), ("rep_touched", "person_id")}, "numbers alone"
