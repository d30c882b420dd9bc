"""What a workbook tells of each role: the figures of the reps it may show, beside the whole role's."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session

from bot.domain.estimates import estimate
from bot.domain.evidence import RepTally, gather
from bot.domain.metrics import measures
from bot.domain.periods import Period
from bot.domain.stints import Rep, Stint, part
from bot.domain.wallclock import local_date
from bot.domain.workbook.roles import RepFigures, RoleFigures
from bot.services import roles as whole_roles
from bot.services import stints, tallies
from bot.services.exports.reach import Shown
from bot.services.workspaces import WorkspaceSettings
from bot.words import SELLING_ROLES, Role


@dataclass(frozen=True, slots=True)
class Figures:
    """Per role what the sheets show, without roles that nobody shown holds; `shown` by the reps' ids."""

    roles: tuple[RoleFigures, ...]
    shown: Mapping[int, Shown]


def of(
    session: Session,
    settings: WorkspaceSettings,
    period: Period,
    *,
    as_of: datetime,
    labels: Mapping[int, str],
    may_show: Callable[[Rep], bool],
) -> Figures:
    """The figures of everybody who holds a selling role at the period's end and whom the reader may see."""
    roles, shown = [], {}
    for role in SELLING_ROLES:
        held = stints.of_role(session, settings.id, role, period, as_of=as_of)
        own = {
            stint.rep.id: Shown(stint, known)
            for stint in held
            if may_show(stint.rep) and (known := part(period, stint, as_of))
        }
        if own:
            shown.update(own)
            roles.append(_role(session, settings, role, held, own, period, as_of, labels))
    return Figures(tuple(roles), shown)


def _role(
    session: Session,
    settings: WorkspaceSettings,
    role: Role,
    held: list[Stint],
    own: Mapping[int, Shown],
    period: Period,
    as_of: datetime,
    labels: Mapping[int, str],
) -> RoleFigures:
    rows = tallies.of_stints(session, settings.id, held, period, as_of=as_of)
    estimates = estimate(
        gather(role, rows, monthly_tool_cost=settings.tool_cost),
        history=whole_roles.year(session, settings.id, role, period, as_of=as_of),
        pseudo_trials=settings.prior_trials,
    )
    figures = [_rep(own[row.rep], row, labels[row.rep], settings) for row in rows if row.rep in own]
    return RoleFigures(role, sorted(figures, key=lambda rep: rep.label.casefold()), estimates)


def _rep(shown: Shown, row: RepTally, label: str, settings: WorkspaceSettings) -> RepFigures:
    role, days = shown.rep.role, shown.part
    return RepFigures(
        id=row.rep,
        label=label,
        team=shown.rep.team,
        first_day=local_date(days.start, days.zone),
        last_day=local_date(days.last, days.zone),
        presence=row.presence,
        measures=measures(role, row.tally, row.presence, monthly_tool_cost=settings.tool_cost),
        note=_note(row),
        counts_accounts=not row.tally.mixed_currencies,
    )


def _note(row: RepTally) -> str:
    if row.tally.mixed_currencies:
        return "several currencies"
    return "first weeks" if row.ramping else ""
