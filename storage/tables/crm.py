"""How far each CRM has been read, and the rows of it that were refused."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import Field

from storage.tables.base import Row, check, unique
from storage.types import UTCDateTime

_PULLED = "kind IN ('deals', 'accounts')"


class CrmPull(Row, table=True):
    """One kind of record of one CRM. `next_at` is the claim: who moves it on does the pull."""

    __tablename__ = "crm_pull"
    __table_args__ = (unique("crm", "kind"), check("kind", _PULLED))

    crm: str
    kind: str
    """An `ImportKind`: deals or accounts."""
    next_at: datetime = Field(sa_type=UTCDateTime)
    changed_until: datetime | None = Field(default=None, sa_type=UTCDateTime)
    """Everything that the CRM changed before has been read."""
    pulled_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    trouble: str = ""
    """Why the last pull broke off, in a sentence; blank: it did not."""


class CrmRefusal(Row, table=True):
    """A row that could not be taken in. It is tried again with every pull: what it lacks may have come meanwhile."""

    __tablename__ = "crm_refusal"
    __table_args__ = (unique("crm", "kind", "record_key"), check("kind", _PULLED))

    crm: str
    kind: str
    """An `ImportKind`: deals or accounts."""
    record_key: str
    cells: dict[str, Any] = Field(sa_type=sa.JSON)
    """By the CRM's own names."""
    reason: str
