"""Who coaches: topics, invitations, rules, and help asked for at once."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Field

from storage.tables.base import Row, check, found_by, owned, refers, unique
from storage.types import UTCDateTime


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
        unique("person_id", "quarter"),
    )

    person_id: int
    quarter: date
    """Its first day."""
    accepted: bool | None = None


class CoachingRules(Row, table=True):
    """A workspace's own limits about coaching; without a row the defaults hold."""

    __tablename__ = "coaching_rules"
    __table_args__ = (unique(), check("debt_days", "debt_days BETWEEN 7 AND 365"))

    debt_days: int = 28
    """Days without coaching after which a rep's manager is told."""
    least_gap: float = Field(default=0.5, sa_column_kwargs={"server_default": "0.5"})
    """How far below the role's middle a figure is, in standard deviations, before it is worth four weeks of a coach."""


class HelpRequest(Row, table=True):
    """A rep on the phone asks for somebody strong on a topic; while `next_at` stands, teammates are asked in turn."""

    __tablename__ = "help_request"
    __table_args__ = (
        owned(),
        refers("asker_id", "person"),
        refers("helper_id", "person"),
        sa.Index("ix_help_request_due", "next_at"),
        sa.Index("ix_help_request_asker", "workspace_id", "asker_id", "asked_at"),
    )

    asker_id: int
    topic: str
    asked_at: datetime = Field(sa_type=UTCDateTime)
    next_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    """When the next teammate is asked; None once somebody helps or nobody is left."""
    helper_id: int | None = None


class HelpAsk(Row, table=True):
    """One teammate who was asked; nobody is asked twice in an hour."""

    __tablename__ = "help_ask"
    __table_args__ = (
        refers("request_id", "help_request"),
        refers("person_id", "person"),
        refers("message_id", "outbox_message", weak=True),
        unique("request_id", "person_id"),
        sa.Index("ix_help_ask_person", "workspace_id", "person_id", "asked_at"),
    )

    request_id: int
    person_id: int
    asked_at: datetime = Field(sa_type=UTCDateTime)
    message_id: int | None = None


class MondayPick(Row, table=True):
    """A manager heard of the person in the week that began on `week`, a Monday: others come next."""

    __tablename__ = "monday_pick"
    __table_args__ = (
        refers("manager_id", "person"),
        refers("person_id", "person"),
        unique("manager_id", "person_id", "week"),
        found_by("monday_pick", "person_id"),
    )

    manager_id: int
    person_id: int
    week: date
