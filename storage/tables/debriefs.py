"""What reps wrote about their calls, its versions and drafts, and what coaches and stories made of it."""

from datetime import date, datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from bot.core.enums import Outcome, Resolved, StoryKind
from storage.tables.base import Row, check, found_by, owned, refers, unique
from storage.types import UTCDateTime, one_of


class Answers(SQLModel):
    """What a rep says about a call; blank means unasked or unanswered."""

    outcome: Outcome = Field(sa_type=one_of(Outcome))
    reason: str = ""
    went_well: str = ""
    improve: str = ""
    measure: str = ""
    timeline_agreed: bool | None = None
    authority_reached: bool | None = None
    pinned_by: str = Field(default="", sa_column_kwargs={"server_default": ""})
    """Who decides, by role or name, and by when, in one line."""
    competitor: str = Field(default="", sa_column_kwargs={"server_default": ""})
    """Whom a lost call was lost to."""
    lost_stage: str = Field(default="", sa_column_kwargs={"server_default": ""})
    """Where in the sale it was lost."""
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
        found_by("debrief", "next_step_on", called="step"),
        found_by("debrief", "step_moved_to", called="moved"),
    )

    call_id: int
    person_id: int
    call_started_at: datetime = Field(sa_type=UTCDateTime)
    """Copied from the call, which never moves: a scorecard counts debriefs by it without joining."""
    version: int = 1
    submitted_at: datetime = Field(sa_type=UTCDateTime)
    edited_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    resolved: Resolved | None = Field(default=None, sa_type=one_of(Resolved))
    """What became of `measure`, asked at the next call with the same people; the rep's own, and in no score."""
    resolved_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    step_done_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    """When the rep said that the next step is done."""
    step_moved_to: date | None = None
    """The day to which the rep moved the next step since; None: it is due on `next_step_on`."""


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
    """Something to work on, in one word of the list of `bot.debriefs.domain.debrief`."""

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
    product: str = Field(default="", sa_column_kwargs={"server_default": ""})
    """What was sold, in the author's words; blank where they did not say."""
    shared: bool = False
    told_at: datetime = Field(sa_type=UTCDateTime)


class StoryShown(Row, table=True):
    """A story that a rep was shown in answer to what they picked, and what they said of it; a story once a rep."""

    __tablename__ = "story_shown"
    __table_args__ = (
        refers("story_id", "story"),
        refers("person_id", "person"),
        unique("story_id", "person_id"),
    )

    story_id: int
    person_id: int
    tag: str
    shown_at: datetime = Field(sa_type=UTCDateTime)
    helped: bool | None = None
    """None: they have said nothing."""


class StoryTag(Row, table=True):
    __tablename__ = "story_tag"
    __table_args__ = (refers("story_id", "story"), unique("story_id", "tag"))

    story_id: int
    tag: str


class Screen(StrEnum):
    """Of the debrief's form."""

    FIRST = "first"
    SECOND = "second"


class DebriefDraft(Row, table=True):
    """A screen of a debrief's form as it stood, unsaved; the other screen's fields are blank in it."""

    __tablename__ = "debrief_draft"
    __table_args__ = (
        refers("call_id", "call"),
        refers("deal_id", "deal"),
        unique("call_id", "screen"),
    )

    call_id: int
    screen: Screen = Field(sa_type=one_of(Screen))
    outcome: Outcome | None = Field(default=None, sa_type=one_of(Outcome))
    reason: str = ""
    went_well: str = ""
    tags: str = ""
    """Comma-separated."""
    improve: str = ""
    measure: str = ""
    timeline_agreed: bool | None = None
    authority_reached: bool | None = None
    pinned_by: str = Field(default="", sa_column_kwargs={"server_default": ""})
    competitor: str = Field(default="", sa_column_kwargs={"server_default": ""})
    lost_stage: str = Field(default="", sa_column_kwargs={"server_default": ""})
    next_step: str = ""
    next_step_on: date | None = None
    story: str = ""
    product: str = Field(default="", sa_column_kwargs={"server_default": ""})
    contact: str = ""
    deal_id: int | None = None
    kept_at: datetime = Field(sa_type=UTCDateTime)


class HabitTold(Row, table=True):
    """A rep was told, in the week that began on `week` (a Monday), of a tag that keeps coming back."""

    __tablename__ = "habit_told"
    __table_args__ = (refers("person_id", "person"), unique("person_id", "tag", "week"))

    person_id: int
    tag: str
    week: date
