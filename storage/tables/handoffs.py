"""Leads on their way from an SDR to an AE, and the checklist that qualifies them."""

from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import Field

from bot.core.enums import CriterionKind, DealStatus, Decision
from storage.tables.base import Row, check, found_by, owned, refers, unique
from storage.types import UTCDateTime, known_as, one_of


class Handoff(Row, table=True):
    """A lead an SDR passed to an AE, and the AE's decision."""

    __tablename__ = "handoff"
    __table_args__ = (
        owned(),
        refers("sdr_id", "person"),
        refers("ae_id", "person"),
        refers("question_message_id", "outbox_message", weak=True),
        found_by("handoff", "question_message_id"),
        unique("handoff_key"),
        check("decision_is_dated", "(decision IS NULL) = (decided_at IS NULL)"),
        check("order", "decided_at IS NULL OR decided_at >= passed_at"),
        sa.Index("ix_handoff_sdr", "workspace_id", "sdr_id", "passed_at"),
        sa.Index("ix_handoff_ae", "workspace_id", "ae_id", "decided_at"),
    )

    handoff_key: str
    sdr_id: int
    ae_id: int
    company: str
    contact: str = ""
    notes: str = Field(default="", sa_column_kwargs={"server_default": ""})
    """What the SDR tells the AE beside the checklist."""
    passed_at: datetime = Field(sa_type=UTCDateTime)
    decision: Decision | None = Field(default=None, sa_type=one_of(Decision))
    reason: str = ""
    decided_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    criteria_met: bool | None = None
    """Whether every required criterion held; None: no criteria recorded, acceptance alone decides."""
    teaches: bool = False
    """Whether the reason teaches (domain.reasons.teaches), kept in step with the workspace's decisions."""
    told_of: DealStatus | None = Field(default=None, sa_type=one_of(DealStatus))
    """How the deal that came of it stood when its SDR last heard of it."""
    unhelpful_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    """When the SDR said that the reason did not help; from then on it teaches nothing."""
    asked_back_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    """When the SDR asked the AE back about the decision: once."""
    question_put_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    """When the AE was told of that: at once, or as soon as they are at work."""
    question_message_id: int | None = None
    """The message that asked the AE, which turns into the answer."""
    answer_back: str = Field(default="", sa_column_kwargs={"server_default": ""})
    """What the AE answered to that."""


class HandoffQuestion(Row, table=True):
    """What the AE was asked in Slack about one lead, and when they are to be reminded."""

    __tablename__ = "handoff_question"
    __table_args__ = (
        refers("handoff_id", "handoff"),
        refers("message_id", "outbox_message", weak=True),
        refers("reminder_id", "outbox_message", weak=True),
        refers("lesson_id", "outbox_message", weak=True),
        unique("handoff_id"),
        sa.Index("ix_handoff_question_due", "next_at"),
    )

    handoff_id: int
    next_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    """When to look at it next; None when nothing more will be said."""
    message_id: int | None = None
    reminder_id: int | None = None
    lesson_id: int | None = None
    """The message by which the SDR learned of the decision."""


class Criterion(Row, table=True):
    """One line of a qualification checklist, in force from a moment to a moment."""

    __tablename__ = "criterion"
    __table_args__ = (owned(), refers("team_id", "team"), unique("name", "added_at"))

    team_id: int | None = None
    """The team whose SDRs are asked for it; None: every team's."""

    name: str
    kind: CriterionKind = Field(sa_type=known_as(CriterionKind))
    bound: int | None = None
    """The least number that is enough; for AT_LEAST and BETWEEN, and of SEVERAL_OF how many choices."""
    most: int | None = None
    """The most; for AT_MOST and BETWEEN, and for DATE_WITHIN in days from when the lead is passed."""
    before: date | None = None
    """The first day that is too late; for DATE_BEFORE."""
    choices: str = ""
    """One choice a line; for ONE_OF and SEVERAL_OF."""
    required: bool = True
    position: int = 0
    added_at: datetime = Field(sa_type=UTCDateTime)
    retired_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    told_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    """When those who are asked for it last heard that it came, or went."""


class CriterionAnswer(Row, table=True):
    __tablename__ = "criterion_answer"
    __table_args__ = (
        refers("handoff_id", "handoff"),
        refers("criterion_id", "criterion"),
        unique("handoff_id", "criterion_id"),
    )

    handoff_id: int
    criterion_id: int
    answer: str
    met: bool
