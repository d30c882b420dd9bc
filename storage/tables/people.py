"""Who there is: workspaces, people, teams, and who was what, where and when."""

from datetime import date, datetime, time
from decimal import Decimal

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from bot.core.coaching_enums import PaidBy
from bot.core.enums import Role, Unasked
from storage.tables.base import Row, check, owned, refers, unique
from storage.types import Money, UTCDateTime, known_as, one_of


class Workspace(SQLModel, table=True):
    """One customer with their settings. Imports may come before Slack is connected: then `slack_team_id` is blank."""

    __tablename__ = "workspace"
    __table_args__ = (
        check("prompts_per_day", "prompts_per_day >= 0"),
        check("work_hours", "work_starts < work_ends"),
        check("tool_cost", "tool_cost >= 0"),
        check("credit_rate", "credit_rate >= 0"),
        check("stale_days", "stale_days > 0"),
    )

    id: int = Field(default=None, primary_key=True)
    slack_team_id: str | None = Field(default=None, unique=True)
    name: str
    bot_user_id: str | None = None
    scopes: str | None = None
    """What the app was granted there, with commas; None until Slack has told."""
    time_zone: str = "UTC"
    currency: str = "USD"
    tool_cost: Decimal = Field(default=Decimal(564), sa_type=Money)
    credit_rate: Decimal = Field(default=Decimal(0), sa_type=Money)
    paid_by: PaidBy = Field(
        default=PaidBy.MONEY, sa_type=known_as(PaidBy), sa_column_kwargs={"server_default": "money"}
    )
    """How coaching is paid for."""
    stale_days: int = 14
    prompts_per_day: int = 6
    min_talk_seconds: int = 60
    work_starts: time = time(9)
    work_ends: time = time(18)
    reads_transcripts: bool = Field(default=False, sa_column_kwargs={"server_default": sa.false()})
    """An admin has agreed that what was said on calls is counted."""
    topics: str = Field(default="", sa_column_kwargs={"server_default": ""})
    """What a debrief offers to work on, one a line; blank: the program's own list."""
    keep_raw_days: int = 30
    """How long what Slack and call sources sent is kept, unless it still waits to be worked."""
    keep_messages_days: int = 30
    """How long the words of a message are kept, once sent."""
    keep_words_months: int = 18
    """How long debriefs' own words, feedback, disputes and contacts' names are kept; numbers stay."""


class Team(Row, table=True):
    __tablename__ = "team"
    __table_args__ = (
        owned(),
        unique("name"),
        check("digest_weekday", "digest_weekday BETWEEN 0 AND 6"),
        check("fiscal_start", "fiscal_start BETWEEN 1 AND 12"),
    )

    name: str
    time_zone: str
    country: str | None = None
    channel: str | None = None
    digest_weekday: int = 0
    digest_time: time = time(9)
    digest_next_at: datetime | None = Field(default=None, sa_type=UTCDateTime, index=True)
    """When the next digest is due; None while the team has no channel."""
    pairs_next_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    """When the pairs of the next week are made; None until the bot has looked."""
    locale: str | None = None
    """How the channel reads dates and numbers, such as `de-DE`; None reads as English."""
    fiscal_start: int = 1
    topics: str = Field(default="", sa_column_kwargs={"server_default": ""})
    """What a debrief of the team offers to work on, one a line; blank: what every team's does."""
    draws_lots: bool = Field(default=True, sa_column_kwargs={"server_default": sa.true()})
    """Whether a coach's scarce places are drawn by lot among learners of like need."""


class Person(Row, table=True):
    """A rep or a manager. Without an email the exact name is the key."""

    __tablename__ = "person"
    __table_args__ = (
        owned(),
        unique("email"),
        unique("slack_user_id"),
        sa.Index(
            "uq_person_name_without_email",
            "workspace_id",
            "name",
            unique=True,
            sqlite_where=sa.text("email IS NULL"),
            postgresql_where=sa.text("email IS NULL"),
        ),
        check("coach_capacity", "coach_capacity >= 0"),
        check("email_is_lower", "email = lower(email)"),
    )

    name: str
    email: str | None = None
    slack_user_id: str | None = None
    time_zone: str | None = None
    locale: str | None = None
    is_admin: bool = False
    willing: bool = False
    """Has opted in as a coach."""
    coach_capacity: int = 2
    """Learners a week."""
    named_publicly: bool = True
    wants_coaching: bool = True
    work_starts: time | None = None
    work_ends: time | None = None
    quiet_until: datetime | None = Field(default=None, sa_type=UTCDateTime)
    """Wants to hear nothing unasked before."""
    enough_said_on: date | None = None
    """The day, on their wall, on which they last heard that the rest of its calls wait in Home."""
    welcome_due: bool = Field(default=False, sa_column_kwargs={"server_default": sa.false()})
    """New here: what this is has still to be told, before anything else unasked."""
    dm_channel: str | None = None
    is_former: bool = False
    """Erased: a nameless row that only keeps its number from being given again."""


class FormerEmail(Row, table=True):
    """What somebody's email was before: files, phone systems and CRMs may go on using it."""

    __tablename__ = "former_email"
    __table_args__ = (
        owned(),
        refers("person_id", "person"),
        unique("email"),
        check("email_is_lower", "email = lower(email)"),
    )

    person_id: int
    email: str


class Membership(Row, table=True):
    """A person in a team and role from a day to a day: a change never rewrites older numbers.

    A membership in the role `manager` says that the person leads that team.
    """

    __tablename__ = "membership"
    __table_args__ = (
        owned(),
        refers("person_id", "person"),
        refers("team_id", "team"),
        sa.UniqueConstraint("workspace_id", "person_id", "team_id", "role", "started_on"),
        check("order", "ended_on IS NULL OR ended_on >= started_on"),
        sa.Index("ix_membership_team", "workspace_id", "team_id", "role"),
        sa.Index("ix_membership_person", "workspace_id", "person_id"),
    )

    person_id: int
    team_id: int
    role: Role = Field(sa_type=one_of(Role))
    started_on: date
    """`EVER` where nobody said since when."""
    ended_on: date | None = None
    """The last day, included."""
    since_added: bool = Field(default=False, sa_column_kwargs={"server_default": sa.false()})
    """Nobody said since when: since they were added, or since their first record where that came before."""


EVER = date(1970, 1, 1)


class Leave(Row, table=True):
    __tablename__ = "leave"
    __table_args__ = (
        refers("person_id", "person"),
        unique("person_id", "first_day"),
        check("order", "last_day >= first_day"),
    )

    person_id: int
    first_day: date
    last_day: date


class Unwanted(Row, table=True):
    """A kind of gathered message that a person has turned off."""

    __tablename__ = "unwanted"
    __table_args__ = (refers("person_id", "person"), unique("person_id", "kind"))

    person_id: int
    kind: Unasked = Field(sa_type=known_as(Unasked))


class Gathered(Row, table=True):
    """A gathered message that a person was sent on a day of theirs: the row is the claim."""

    __tablename__ = "gathered"
    __table_args__ = (refers("person_id", "person"), unique("person_id", "kind", "day"))

    person_id: int
    kind: Unasked = Field(sa_type=known_as(Unasked))
    day: date
