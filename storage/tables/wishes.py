"""What people have said about being paired: by it the weekly pairing is bound."""

from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlmodel import Field

from storage.tables.base import Row, check, refers, unique
from storage.types import UTCDateTime, one_of


class WishKind(StrEnum):
    """EXCLUSION: "never pair me with", confidential, holds both ways; who said it stands as the coach.

    BLOCK and PIN: a manager's. DECLINED: a no.
    """

    EXCLUSION = "exclusion"
    BLOCK = "block"
    PIN = "pin"
    DECLINED = "declined"


class PairWish(Row, table=True):
    """A wish about a coach and a learner; with a week (a Monday) it speaks of that week alone."""

    __tablename__ = "pair_wish"
    __table_args__ = (
        refers("coach_id", "person"),
        refers("learner_id", "person"),
        refers("said_by_id", "person"),
        unique("kind", "coach_id", "learner_id", "week"),
        check("two_people", "coach_id <> learner_id"),
        sa.Index("ix_pair_wish_learner", "workspace_id", "learner_id", "week"),
        sa.Index(
            "uq_pair_wish_lasting",
            "workspace_id",
            "kind",
            "coach_id",
            "learner_id",
            unique=True,
            sqlite_where=sa.text("week IS NULL"),
            postgresql_where=sa.text("week IS NULL"),
        ),
    )

    kind: WishKind = Field(sa_type=one_of(WishKind))
    coach_id: int
    learner_id: int
    week: date | None = None
    said_by_id: int | None = None
    said_at: datetime = Field(sa_type=UTCDateTime)
