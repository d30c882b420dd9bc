"""What was typed and not saved, and what was noticed about what is saved."""

from datetime import date, datetime

from sqlmodel import Field

from bot.words import Outcome
from storage.tables.base import Row, refers, unique
from storage.types import UTCDateTime, one_of


class DebriefDraft(Row, table=True):
    """A debrief as its form stood when it was closed unsaved; gone once the debrief is saved."""

    __tablename__ = "debrief_draft"
    __table_args__ = (refers("call_id", "call"), unique("call_id"))

    call_id: int
    outcome: Outcome | None = Field(default=None, sa_type=one_of(Outcome))
    reason: str = ""
    went_well: str = ""
    tags: str = ""
    """Comma-separated."""
    improve: str = ""
    measure: str = ""
    timeline_agreed: bool | None = None
    authority_reached: bool | None = None
    next_step: str = ""
    next_step_on: date | None = None
    story: str = ""
    contact: str = ""
    kept_at: datetime = Field(sa_type=UTCDateTime)


class HabitTold(Row, table=True):
    """A rep was told, in the week that began on `week` (a Monday), of a tag that keeps coming back."""

    __tablename__ = "habit_told"
    __table_args__ = (refers("person_id", "person"), unique("person_id", "tag", "week"))

    person_id: int
    tag: str
    week: date
