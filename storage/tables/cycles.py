"""The four weeks of a pair: when they meet, what the learner brings, whether they go on; and who is asked to coach."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Field

from storage.tables.base import Row, check, refers, unique
from storage.types import UTCDateTime


class Meeting(Row, table=True):
    """The week's meeting of a pair, opened once; a learner who is matched anew gets another with the new coach."""

    __tablename__ = "meeting"
    __table_args__ = (
        refers("pairing_id", "pairing"),
        refers("coach_id", "person"),
        unique("pairing_id", "coach_id"),
        sa.Index("ix_meeting_ask", "workspace_id", "asked_at", "ask_at"),
    )

    pairing_id: int
    coach_id: int
    opened_at: datetime = Field(sa_type=UTCDateTime)
    starts_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    """None: the two share no free half hour this week."""
    ask_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    """When the learner is asked whether they met; None: not asked."""
    asked_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    channel: str | None = None
    """Their group message in Slack, where there is one."""


class Worksheet(Row, table=True):
    """What the learner notes before the week's meeting, for the two of them."""

    __tablename__ = "worksheet"
    __table_args__ = (refers("pairing_id", "pairing"), unique("pairing_id"))

    pairing_id: int
    worked: str = ""
    did_not: str = ""
    will_try: str = ""
    written_at: datetime = Field(sa_type=UTCDateTime)


class GoOn(Row, table=True):
    """Whether a pair wants four more weeks from `week` (a Monday) on; it does when both say so."""

    __tablename__ = "go_on"
    __table_args__ = (
        refers("coach_id", "person"),
        refers("learner_id", "person"),
        unique("coach_id", "learner_id", "week"),
        check("two_people", "coach_id <> learner_id"),
        sa.Index("ix_go_on_week", "workspace_id", "week"),
    )

    coach_id: int
    learner_id: int
    week: date
    asked_at: datetime = Field(sa_type=UTCDateTime)
    coach_says: bool | None = None
    learner_says: bool | None = None


class CoachTopic(Row, table=True):
    """What a coach offers to help with; a coach without topics helps with whatever they are strong in."""

    __tablename__ = "coach_topic"
    __table_args__ = (refers("person_id", "person"), unique("person_id", "topic"))

    person_id: int
    topic: str


class CoachInvitation(Row, table=True):
    """A question whether one would coach, once a quarter at most, whoever had the idea."""

    __tablename__ = "coach_invitation"
    __table_args__ = (
        refers("person_id", "person"),
        refers("proposed_by_id", "person"),
        unique("person_id", "quarter"),
    )

    person_id: int
    quarter: date
    """Its first day."""
    proposed_by_id: int | None = None
    """The manager who proposed it; None: the ranking did."""
    invited_at: datetime = Field(sa_type=UTCDateTime)
    accepted: bool | None = None


class CoachingRules(Row, table=True):
    """A workspace's own limits about coaching; without a row the defaults hold."""

    __tablename__ = "coaching_rules"
    __table_args__ = (unique(), check("debt_days", "debt_days BETWEEN 7 AND 365"))

    debt_days: int = 28
    """Days without coaching after which a rep's manager is told."""
