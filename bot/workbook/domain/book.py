"""The whole workbook: which sheets, in which order, which of them formulas may count, and names that tell
everybody apart.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from bot.coaching.domain.effect import Effect
from bot.core.enums import Role
from bot.workbook.domain import calls, coaching, figures, glossary, pictures, pipeline, reps
from bot.workbook.domain import over_time as over_times
from bot.workbook.domain.calls import ActivityRecord, DebriefRecord
from bot.workbook.domain.coaching import SessionRecord
from bot.workbook.domain.glossary import Colophon
from bot.workbook.domain.headline import Headline
from bot.workbook.domain.over_time import OfTeam
from bot.workbook.domain.pipeline import AccountRecord, DealRecord, HandoffRecord
from bot.workbook.domain.roles import RoleFigures
from bot.workbook.domain.sheets import MOST_COUNTED, Cell, Column, Sheet, Workbook
from bot.workbook.domain.summary import page

NAMED = ("Rep", "SDR", "AE", "AM", "Coach", "Learner")
"""Titles of columns that hold a person's name."""


@dataclass(frozen=True, slots=True)
class Records:
    """What the figures were made from; each is read once, from the first to the last. `counts` are rows per table."""

    debriefs: Iterable[DebriefRecord]
    handoffs: Iterable[HandoffRecord]
    deals: Iterable[DealRecord]
    accounts: Iterable[AccountRecord]
    activity: Iterable[ActivityRecord]
    counts: Mapping[str, int]


def compose(
    colophon: Colophon,
    roles: Sequence[RoleFigures],
    headline: Headline,
    sessions: Sequence[SessionRecord],
    effects: Iterable[tuple[Role, Effect]],
    given: Records,
    emails: Mapping[str, str],
    over_time: Sequence[OfTeam] = (),
) -> Workbook:
    """The workbook, with the records or, where the colophon says so, without them; `emails` go by people's labels."""
    long = {table: rows for table, rows in given.counts.items() if rows > MOST_COUNTED}
    raw = _records(given, sessions) if colophon.raw else []
    live = {table.name for sheet in raw for table in sheet.tables} - long.keys()
    about = replace(colophon, too_long=long) if colophon.raw else colophon
    credit = coaching.credits(
        sessions, rate=colophon.credit_rate, currency=colophon.currency, is_live="Sessions" in live
    )
    return Workbook(
        title=f"Scorecards of {colophon.scope}, {colophon.period.label}",
        author=colophon.exported_by,
        company=colophon.workspace,
        created=colophon.exported_at,
        sheets=tuple(
            _keyed(sheet, emails)
            for sheet in (
                page.sheet(about, headline, live),
                pictures.sheet(about, roles, headline, live),
                *over_times.sheets(over_time, colophon.currency),
                *_of_roles(roles, live),
                *raw,
                credit,
                coaching.effects(effects, currency=colophon.currency),
                glossary.sheet(about, {one.role: one.weights for one in roles}),
            )
        ),
    )


def _of_roles(roles: Sequence[RoleFigures], live: Collection[str]) -> list[Sheet]:
    return [reps.sheet(roles), *(figures.sheet(one, live) for one in roles)]


def _records(given: Records, sessions: Sequence[SessionRecord]) -> list[Sheet]:
    return [
        calls.debriefs(given.debriefs),
        pipeline.handoffs(given.handoffs),
        pipeline.deals(given.deals),
        pipeline.accounts(given.accounts),
        calls.activity(given.activity),
        coaching.sessions(sessions),
    ]


def _keyed(sheet: Sheet, emails: Mapping[str, str]) -> Sheet:
    """The e-mail beside each name, by which another system's tables can be joined."""
    tables = [replace(table, columns=list(_with_emails(table.columns, emails))) for table in sheet.tables]
    return replace(sheet, tables=tables)


def _with_emails(columns: Sequence[Column[Any]], emails: Mapping[str, str]) -> Iterator[Column[Any]]:
    for column in columns:
        yield column
        if column.title in NAMED:
            yield _email(column, emails)


def _email(column: Column[Any], emails: Mapping[str, str]) -> Column[Any]:
    def read(record: Any) -> str | None:
        name = column.read(record)
        return emails.get(str(name.value if isinstance(name, Cell) else name))

    longest = max(map(len, emails.values()), default=0)
    return Column(f"{column.title} e-mail", read, width=min(max(26, longest + 3), 44))


_LONGEST = 200
"""Characters; a formula looks for 255 at most."""


class Person(NamedTuple):
    id: int
    name: str
    email: str | None


def labels(people: Iterable[Person]) -> dict[int, str]:
    """A name for each, unique whatever the case: a namesake is told by the email, else by a number.

    Formulas take `*`, `?` and `~` for wildcards, and a leading `=`, `<` or `>` for a comparison: names go without.
    """
    taken: set[str] = set()
    found: dict[int, str] = {}
    for person in sorted(people):
        name = _searchable(person.name)[: _LONGEST // 2] or f"Person {person.id}"
        by_email = [_searchable(f"{name} ({person.email})")] if person.email else []
        choices = [name, *by_email, f"{name} ({person.id})", f"Person {person.id}"]
        label = next(one for one in choices if one.casefold() not in taken)
        taken.add(label.casefold())
        found[person.id] = label
    return found


def _searchable(name: str) -> str:
    plain = re.sub(r"[*?~\s\x00-\x1f]+", " ", name).strip()
    return re.sub(r"^[=<>\s]+", "", plain)[:_LONGEST].strip()
