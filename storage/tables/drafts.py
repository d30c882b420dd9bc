"""What was typed and not saved, and what was noticed about what is saved."""

from datetime import date, datetime
from enum import StrEnum

from sqlmodel import Field

from bot.words import Outcome
from storage.tables.base import Row, refers, unique
from storage.types import UTCDateTime, one_of


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
    next_step: str = ""
    next_step_on: date | None = None
    story: str = ""
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
