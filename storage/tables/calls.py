"""Calls as they ended, in parts and whole, whose they are, and who was asked about them."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field

from bot.core.enums import Direction, PromptStatus
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
    message_id: int | None = None


class CallConversation(Row, table=True):
    """A call's conversation in numbers, from a transcript that was read and forgotten. In seconds, but for counts."""

    __tablename__ = "call_conversation"
    __table_args__ = (
        refers("call_id", "call"),
        refers("person_id", "person"),
        unique("call_id"),
        check("rep_spoken", "rep_spoken >= 0 AND rep_spoken <= spoken"),
        sa.Index("ix_call_conversation_person", "workspace_id", "person_id"),
    )

    call_id: int
    person_id: int
    spoken: float
    rep_spoken: float
    length: float
    longest_rep: float
    longest_other: float
    questions: int | None = None
    """None where the rep's script has no sign for one."""
    first_question: float | None = None
    turns: int
    read_at: datetime = Field(sa_type=UTCDateTime)


class CallAgent(Row, table=True):
    """Somebody as a source knows them. Without a person nobody has said yet who that is."""

    __tablename__ = "call_agent"
    __table_args__ = (
        owned(),
        refers("person_id", "person"),
        unique("source", "account", "agent"),
        check("either_mapped_or_not_ours", "person_id IS NULL OR NOT not_ours"),
        sa.Index("ix_call_agent_person", "workspace_id", "person_id"),
    )

    source: str
    account: str = ""
    """Blank: whatever account of the source."""
    agent: str
    """The source's own key (an extension, a number, a user id); an email where it tells no key."""
    email: str = Field(default="", sa_column_kwargs={"server_default": ""})
    """In lower case, where the source tells one beside its key: whoever joins with it is this agent."""
    name: str = ""
    """As the source calls them."""
    person_id: int | None = None
    learned: bool = False
    """Taken from a call that told the key together with the email of a rep, not said by a person."""
    not_ours: bool = False
    """Somebody has said that these calls are nobody's."""


class StrayCall(Row, table=True):
    """A call of an agent without a person, as its source told it; it becomes a call once the agent is mapped."""

    __tablename__ = "stray_call"
    __table_args__ = (
        refers("agent_id", "call_agent"),
        unique("agent_id", "account", "call_key", "is_hint"),
        sa.Index("ix_stray_call_heard", "workspace_id", "heard_at"),
    )

    agent_id: int
    account: str = ""
    call_key: str
    started_at: datetime = Field(sa_type=UTCDateTime)
    ended_at: datetime = Field(sa_type=UTCDateTime)
    talk_seconds: int | None = None
    direction: Direction | None = Field(default=None, sa_type=one_of(Direction))
    contact: str = ""
    company: str = ""
    disposition: str = ""
    is_hint: bool = False
    heard_at: datetime = Field(sa_type=UTCDateTime)


class CallNotice(Row, table=True):
    """One piece of what a source tells of a session; kept for some days after it came."""

    __tablename__ = "call_notice"
    __table_args__ = (
        unique("source", "session_key", "notice_key"),
        sa.Index("ix_call_notice_told", "workspace_id", "told_at"),
    )

    source: str
    account: str = ""
    session_key: str
    notice_key: str
    said: str
    """What the source's adapter needs of it, as JSON."""
    told_at: datetime = Field(sa_type=UTCDateTime)


class CallUnread(Row, table=True):
    """Deliveries of a source that said nothing of a call, counted by what kind they were; none of them is kept."""

    __tablename__ = "call_unread"
    __table_args__ = (unique("source", "kind"),)

    source: str
    kind: str
    """As the source calls it, such as `meeting.started`."""
    deliveries: int
    last_at: datetime = Field(sa_type=UTCDateTime)


class CallToFetch(Row, table=True):
    """A call that a source named without its fields; the row goes once they are here."""

    __tablename__ = "call_to_fetch"
    __table_args__ = (
        unique("source", "account", "call_key"),
        sa.Index("ix_call_to_fetch_due", "workspace_id", "source", "next_at"),
    )

    source: str
    account: str = ""
    call_key: str
    next_at: datetime = Field(sa_type=UTCDateTime)
    attempts: int = 0
    error: str = ""


class WorkflowStep(Row, table=True):
    """One run of one step. The unique execution is the claim: a second delivery of it asks for nothing again."""

    __tablename__ = "workflow_step"
    __table_args__ = (unique("execution"), sa.Index("ix_workflow_step_due", "workspace_id", "next_at"))

    execution: str
    """Slack's id of this run."""
    refusal: str = ""
    """Why it failed, in a sentence; blank: it succeeded."""
    attempts: int = 0
    next_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    """When to tell Slack; None once it knows, or does not want to."""


class Pulse(Row, table=True):
    """The bot was running at `beaten_at`: what lies between two beats, it may have missed."""

    __tablename__ = "pulse"
    __table_args__ = (unique(),)

    beaten_at: datetime = Field(sa_type=UTCDateTime)


class CallGap(Row, table=True):
    """A time in which a source told of fewer calls than it usually does."""

    __tablename__ = "call_gap"
    __table_args__ = (unique("source", "since"), check("order", "until > since"))

    source: str
    since: datetime = Field(sa_type=UTCDateTime)
    until: datetime = Field(sa_type=UTCDateTime)
    was_down: bool = False
    """The bot did not run; else it did, and the source was silent."""
    usual: int
    """Calls in the same hours of the weeks before, their mean."""
    heard: int
