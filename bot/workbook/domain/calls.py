"""The sheets of calls: what reps say about them, and how many there were."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import NamedTuple

from bot.core.enums import Outcome
from bot.debriefs.domain.debrief import TAGS
from bot.workbook.domain.sheets import Column, Plain, Sheet, Style, records_sheet


class DebriefWords(NamedTuple):
    """What a debrief says in the rep's own words: for those alone who may read it."""

    reason: str
    went_well: str
    tags: tuple[str, ...]
    improve: str
    measure: str
    next_step: str
    next_step_on: date | None


class DebriefRecord(NamedTuple):
    """`words` is None where the reader may not see them."""

    rep: str
    team: str
    call_started_at: datetime
    company: str
    contact: str
    talk_seconds: int
    outcome: Outcome
    timeline_agreed: bool | None
    authority_reached: bool | None
    words: DebriefWords | None


class ActivityRecord(NamedTuple):
    """One rep's calls of one day; prompts count on the day of their call."""

    rep: str
    day: date
    calls: int
    talk_seconds: int
    prompted: int
    debriefed: int


def _own(read: Callable[[DebriefWords], Plain]) -> Callable[[DebriefRecord], Plain]:
    """Of the rep's own words; nothing where the reader may not see them."""
    return lambda record: None if record.words is None else read(record.words)


_DEBRIEFS: Sequence[Column[DebriefRecord]] = (
    Column("Rep", lambda one: one.rep, width=22),
    Column("Team", lambda one: one.team, width=16),
    Column("Call", lambda one: one.call_started_at, Style.MOMENT, 17),
    Column("Company", lambda one: one.company, width=22),
    Column("Contact", lambda one: one.contact, width=20),
    Column("Talk minutes", lambda one: one.talk_seconds / 60, Style.DECIMAL, 9),
    Column("Outcome", lambda one: one.outcome.replace("_", " "), width=13),
    Column("Timeline agreed", lambda one: one.timeline_agreed, width=10),
    Column("Authority reached", lambda one: one.authority_reached, width=10),
    Column("Reason if lost", _own(lambda words: words.reason), Style.LONG, 28),
    Column("What went well", _own(lambda words: words.went_well), Style.LONG, 36),
    Column("To work on", _own(lambda words: _labels(words.tags)), Style.LONG, 24),
    Column("In own words", _own(lambda words: words.improve), Style.LONG, 36),
    Column("How we will see it", _own(lambda words: words.measure), Style.LONG, 30),
    Column("Next step", _own(lambda words: words.next_step), Style.LONG, 28),
    Column("Next step on", _own(lambda words: words.next_step_on), Style.DAY, 12),
)


def debriefs(records: Iterable[DebriefRecord]) -> Sheet:
    note = "One line per debrief, by the start of its call. A rep's own words show only to those they are meant for."
    return records_sheet("Debriefs", "What reps say about their calls", note, _DEBRIEFS, records)


def _labels(tags: Iterable[str]) -> str:
    return ", ".join(TAGS.get(tag, tag.replace("_", " ")) for tag in tags)


_ACTIVITY: Sequence[Column[ActivityRecord]] = (
    Column("Rep", lambda one: one.rep, width=22),
    Column("Day", lambda one: one.day, Style.DAY, 12),
    Column("Calls", lambda one: one.calls, Style.WHOLE, 8),
    Column("Talk minutes", lambda one: one.talk_seconds / 60, Style.DECIMAL, 10),
    Column("Prompted", lambda one: one.prompted, Style.WHOLE, 10),
    Column("Debriefed", lambda one: one.debriefed, Style.WHOLE, 10),
)


def activity(records: Iterable[ActivityRecord]) -> Sheet:
    note = "Completed calls of each rep and day. Prompted: calls asked about; Debriefed: those that were answered."
    return records_sheet("Activity", "Calls, day by day", note, _ACTIVITY, records)
