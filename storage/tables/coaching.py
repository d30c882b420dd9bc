"""Who coaches whom on what, and what came of it."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Field

from bot.words import Metric, PairingStatus
from storage.tables.base import Row, check, owned, refers, unique
from storage.types import UTCDateTime, one_of


class Pairing(Row, table=True):
    """A coach and a learner for the week that begins on `week` (a Monday); a learner has one pair a week."""

    __tablename__ = "pairing"
    __table_args__ = (
        owned(),
        refers("team_id", "team"),
        refers("coach_id", "person"),
        refers("learner_id", "person"),
        unique("week", "learner_id"),
        check("two_people", "coach_id <> learner_id"),
        sa.Index("ix_pairing_coach", "workspace_id", "coach_id", "week"),
    )

    week: date
    team_id: int
    coach_id: int
    learner_id: int
    metric: Metric = Field(sa_type=one_of(Metric))
    value: float
    reason: str
    status: PairingStatus = Field(default=PairingStatus.PROPOSED, sa_type=one_of(PairingStatus))
    proposed_at: datetime = Field(sa_type=UTCDateTime)


class CoachingSession(Row, table=True):
    __tablename__ = "coaching_session"
    __table_args__ = (
        owned(),
        refers("coach_id", "person"),
        refers("learner_id", "person"),
        unique("session_key"),
        check("two_people", "coach_id <> learner_id"),
        check("minutes", "minutes BETWEEN 1 AND 480"),
        check("rating", "rating BETWEEN 1 AND 5"),
        sa.Index("ix_coaching_session_coach", "workspace_id", "coach_id", "held_on"),
        sa.Index("ix_coaching_session_learner", "workspace_id", "learner_id", "held_on"),
    )

    session_key: str
    coach_id: int
    learner_id: int
    metric: Metric = Field(sa_type=one_of(Metric))
    held_on: date
    minutes: int = 30
    commitment: str = ""
    due_on: date
    kept: bool | None = None
    """None: waiting for the learner's answer."""
    rating: int | None = None


class Digest(Row, table=True):
    """The digest of one team and week: the unique row is the claim, so that it is posted once."""

    __tablename__ = "digest"
    __table_args__ = (
        refers("team_id", "team"),
        refers("message_id", "outbox_message", weak=True),
        unique("team_id", "week"),
    )

    team_id: int
    week: date
    claimed_at: datetime = Field(sa_type=UTCDateTime)
    message_id: int | None = None
    skipped: str = ""
    """Why nothing was posted, in a sentence; blank when it was."""
