"""The sheets of calls: what reps say about them, and how many there were."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import NamedTuple

from bot.domain.debriefs import TAGS
from bot.domain.workbook.sheets import Column, Row, Sheet, Style, records_sheet
from bot.words import Outcome


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


def debriefs(records: Iterable[DebriefRecord]) -> Sheet:
    columns = (
        Column("Rep", width=22),
        Column("Team", width=16),
        Column("Call", Style.MOMENT, 17),
        Column("Company", width=22),
        Column("Contact", width=20),
        Column("Talk minutes", Style.DECIMAL, 9),
        Column("Outcome", width=13),
        Column("Timeline agreed", width=10),
        Column("Authority reached", width=10),
        Column("Reason if lost", Style.LONG, 28),
        Column("What went well", Style.LONG, 36),
        Column("To work on", Style.LONG, 24),
        Column("In own words", Style.LONG, 36),
        Column("How we will see it", Style.LONG, 30),
        Column("Next step", Style.LONG, 28),
        Column("Next step on", Style.DAY, 12),
    )
    note = "One line per debrief, by the start of its call. A rep's own words show only to those they are meant for."
    return records_sheet("Debriefs", "What reps say about their calls", note, columns, map(_debrief, records))


def _debrief(record: DebriefRecord) -> Row:
    own = record.words
    return (
        *record[:5],
        record.talk_seconds / 60,
        *(record.outcome.replace("_", " "), record.timeline_agreed, record.authority_reached),
        *((None,) * 7 if own is None else (own[0], own[1], _labels(own.tags), *own[3:])),
    )


def _labels(tags: Iterable[str]) -> str:
    return ", ".join(TAGS.get(tag, tag.replace("_", " ")) for tag in tags)


def activity(records: Iterable[ActivityRecord]) -> Sheet:
    columns = (
        Column("Rep", width=22),
        Column("Day", Style.DAY, 12),
        Column("Calls", Style.WHOLE, 8),
        Column("Talk minutes", Style.DECIMAL, 10),
        Column("Prompted", Style.WHOLE, 10),
        Column("Debriefed", Style.WHOLE, 10),
    )
    note = "Completed calls of each rep and day. Prompted: calls asked about; Debriefed: those that were answered."
    return records_sheet("Activity", "Calls, day by day", note, columns, _days(records))


def _days(records: Iterable[ActivityRecord]) -> Iterator[Row]:
    for one in records:
        yield one.rep, one.day, one.calls, one.talk_seconds / 60, one.prompted, one.debriefed
