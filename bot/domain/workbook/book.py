"""The whole workbook: which sheets, in which order, and which of them formulas may count."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.domain.effect import Effect
from bot.domain.workbook import calls, coaching, figures, glossary, pipeline, reps, summary
from bot.domain.workbook.calls import ActivityRecord, DebriefRecord
from bot.domain.workbook.coaching import SessionRecord
from bot.domain.workbook.formulas import MOST_COUNTED
from bot.domain.workbook.glossary import Colophon
from bot.domain.workbook.pipeline import AccountRecord, DealRecord, HandoffRecord
from bot.domain.workbook.roles import RoleFigures
from bot.domain.workbook.sheets import Sheet, Workbook
from bot.domain.workbook.summary import Totals
from bot.words import Role


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
    totals: Totals,
    sessions: Sequence[SessionRecord],
    effects: Iterable[tuple[Role, Effect]],
    given: Records,
) -> Workbook:
    """The workbook, with the records or, where the colophon says so, without them."""
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
        sheets=(
            summary.sheet(about, roles, totals, live),
            *_of_roles(roles, live),
            *raw,
            credit,
            coaching.effects(effects, currency=colophon.currency),
            glossary.sheet(about, {one.role: one.weights for one in roles}),
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
