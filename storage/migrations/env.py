"""Alembic's entry: the connection is handed in by `storage.schema`."""

from typing import Any, Literal

from alembic import context
from sqlmodel import AutoString, SQLModel

import storage.tables  # noqa: F401  completes the metadata


def rendered(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """Plain names in migrations, which outlive the libraries they were written with."""
    return "sa.String()" if kind == "type" and isinstance(item, AutoString) else False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    render_as_batch=True,
    compare_type=True,
    render_item=rendered,
)
with context.begin_transaction():
    context.run_migrations()
