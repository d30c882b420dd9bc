"""Files that wait for a person to say that they are read rightly."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field

from storage.tables.base import Row, refers
from storage.types import UTCDateTime


class ImportDraft(Row, table=True):
    """A file that somebody sent, and how it will be read; the file itself stays with Slack."""

    __tablename__ = "import_draft"
    __table_args__ = (
        refers("person_id", "person"),
        sa.Index("ix_import_draft_person", "workspace_id", "person_id"),
    )

    person_id: int
    file_name: str
    url: str
    kind: str
    """An `ImportKind`."""
    header: dict[str, Any] = Field(sa_type=sa.JSON)
    """Under `columns`: the file's column names, in order."""
    answers: dict[str, Any] = Field(sa_type=sa.JSON)
    """Under `map`: what a MAP.toml would say; nothing there: the file is recognised anew."""
    sent_at: datetime = Field(sa_type=UTCDateTime)
