"""Calls, the question asked about each, and what the rep answered."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from bot.words import Direction, Outcome, PromptStatus, StoryKind
from storage.tables.base import Row, check, found_by, owned, refers, unique
from storage.types import UTCDateTime, one_of


class Call(Row, table=True):
    """A call of one rep. Source, account, call key and rep are its key: delivered twice is stored once."""

    __tablename__ = "call"
    __table_args__ = (
        owned(),
        refers("person_id", "person"),
        refers("deal_id", "deal", weak=True),
        refers("joins_id", "call"),
        unique("source", "account", "call_key", "person_id"),
        check("talk_seconds", "talk_seconds >= 0"),
        check("order", "ended_at >= started_at"),
        found_by("call", "deal_id"),
        found_by("call", "joins_id"),
        sa.Index(
            "ix_call_person_started", "workspace_id", "person_id", "started_at", "completed", "talk_seconds"
        ),
    )

    person_id: int
    source: str
    account: str = ""
    call_key: str
    started_at: datetime = Field(sa_type=UTCDateTime)
    ended_at: datetime = Field(sa_type=UTCDateTime)
    talk_seconds: int = 0
    direction: Direction | None = Field(default=None, sa_type=one_of(Direction))
    contact: str = ""
    company: str = ""
    disposition: str = ""
    completed: bool = True
    imported: bool = False
    """Came from a file: history never prompts."""
    hinted: bool = Field(default=False, sa_column_kwargs={"server_default": sa.false()})
    """Known from a hint at hang-up only: a record that follows knows better."""
    deal_id: int | None = None
    joins_id: int | None = None
    """The earlier call with the same contact whose prompt and debrief this one shares."""


class Prompt(Row, table=True):
    """The question about one call, asked at most once: the unique call is the claim."""

    __tablename__ = "prompt"
    __table_args__ = (
        owned(),
        refers("call_id", "call"),
        refers("person_id", "person"),
        refers("message_id", "outbox_message", weak=True),
        unique("call_id"),
        sa.Index("ix_prompt_due", "next_at"),
        found_by("prompt", "message_id"),
        sa.Index("ix_prompt_person", "workspace_id", "person_id", "asked_at"),
    )

    call_id: int
    person_id: int
    status: PromptStatus = Field(default=PromptStatus.WAITING, sa_type=one_of(PromptStatus))
    next_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    """When to look at it next; None when nothing more will be said."""
    asked_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    snoozed: bool = False
    message_id: int | None = None


class Answers(SQLModel):
    """What a rep says about a call; blank means unasked or unanswered."""

    outcome: Outcome = Field(sa_type=one_of(Outcome))
    reason: str = ""
    went_well: str = ""
    improve: str = ""
    measure: str = ""
    timeline_agreed: bool | None = None
    authority_reached: bool | None = None
    next_step: str = ""
    next_step_on: date | None = None


class Debrief(Answers, Row, table=True):
    __tablename__ = "debrief"
    __table_args__ = (
        owned(),
        refers("call_id", "call"),
        refers("person_id", "person"),
        unique("call_id"),
        sa.Index("ix_debrief_person", "workspace_id", "person_id", "call_started_at"),
    )

    call_id: int
    person_id: int
    call_started_at: datetime = Field(sa_type=UTCDateTime)
    """Copied from the call, which never moves: a scorecard counts debriefs by it without joining."""
    version: int = 1
    submitted_at: datetime = Field(sa_type=UTCDateTime)
    edited_at: datetime | None = Field(default=None, sa_type=UTCDateTime)


class DebriefVersion(Answers, Row, table=True):
    """A debrief as it read before an edit."""

    __tablename__ = "debrief_version"
    __table_args__ = (refers("debrief_id", "debrief"), unique("debrief_id", "version"))

    debrief_id: int
    version: int
    tags: str = ""
    """Comma-separated, as they stood."""
    written_at: datetime = Field(sa_type=UTCDateTime)


class DebriefTag(Row, table=True):
    """Something to work on, in one word of the list of `domain.debriefs`."""

    __tablename__ = "debrief_tag"
    __table_args__ = (refers("debrief_id", "debrief"), unique("debrief_id", "tag"))

    debrief_id: int
    tag: str


class Feedback(Row, table=True):
    """A coach's note on a debrief, with at most one commitment asked."""

    __tablename__ = "feedback"
    __table_args__ = (
        owned(),
        refers("debrief_id", "debrief"),
        refers("coach_id", "person"),
        unique("debrief_id", "coach_id"),
        check("rating", "rating BETWEEN 1 AND 5"),
        check("self_rating", "self_rating BETWEEN 1 AND 5"),
    )

    debrief_id: int
    coach_id: int
    what_worked: str
    commitment: str = ""
    due_on: date | None = None
    kept: bool | None = None
    """None: waiting for the learner's answer."""
    rating: int | None = None
    self_rating: int | None = None
    """The learner's own, given before the coach's is shown."""
    given_at: datetime = Field(sa_type=UTCDateTime)


class Story(Row, table=True):
    """A win or a loss told in one paragraph."""

    __tablename__ = "story"
    __table_args__ = (
        owned(),
        refers("author_id", "person"),
        refers("debrief_id", "debrief", weak=True),
        unique("debrief_id"),
    )

    author_id: int
    debrief_id: int | None = None
    kind: StoryKind = Field(sa_type=one_of(StoryKind))
    told: str
    shared: bool = False
    told_at: datetime = Field(sa_type=UTCDateTime)


class StoryTag(Row, table=True):
    __tablename__ = "story_tag"
    __table_args__ = (refers("story_id", "story"), unique("story_id", "tag"))

    story_id: int
    tag: str
