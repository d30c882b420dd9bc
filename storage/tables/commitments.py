"""The one question that follows each commitment: was it kept?"""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field

from storage.tables.base import Row, check, owned, refers, unique
from storage.types import UTCDateTime


class CommitmentQuestion(Row, table=True):
    """Asked of the learner once; it is about a coaching session or about a coach's feedback, which keep the answer."""

    __tablename__ = "commitment_question"
    __table_args__ = (
        owned(),
        refers("learner_id", "person"),
        refers("session_id", "coaching_session"),
        refers("feedback_id", "feedback"),
        refers("message_id", "outbox_message", weak=True),
        unique("session_id"),
        unique("feedback_id"),
        check("one_origin", "(session_id IS NULL) <> (feedback_id IS NULL)"),
        sa.Index("ix_commitment_question_due", "next_at"),
        sa.Index("ix_commitment_question_learner", "workspace_id", "learner_id", "asked_at"),
    )

    learner_id: int
    session_id: int | None = None
    feedback_id: int | None = None
    next_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    """When to ask; None once asked, or when it is too late to."""
    asked_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    answered_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    message_id: int | None = None
