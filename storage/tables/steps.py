"""Steps of Slack workflows that were reached, and whether Slack has been told how they ended."""

from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Field

from storage.tables.base import Row, unique
from storage.types import UTCDateTime


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
