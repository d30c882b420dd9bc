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
from bot.services import stints, tallies, targets, weights
from bot.services.exports.reach import Shown
from bot.services.workspaces import WorkspaceSettings
from bot.words import SELLING_ROLES, Role


@dataclass(frozen=True, slots=True)
class Figures:
    """Per role what the sheets show, without roles that nobody shown holds; `shown` by the reps' ids."""

    roles: tuple[RoleFigures, ...]
    shown: Mapping[int, Shown]


@dataclass(frozen=True, slots=True)
class Asked:
    """For whom and when; `labels` name everybody."""

    session: Session
    settings: WorkspaceSettings
    period: Period
    as_of: datetime
    labels: Mapping[int, str]


def of(asked: Asked, may_show: Callable[[Rep], bool]) -> Figures:
    """The figures of everybody who holds a selling role at the period's end and whom the reader may see."""
    roles, shown = [], {}
    for role in SELLING_ROLES:
        held = stints.of_role(asked.session, asked.settings.id, role, asked.period, as_of=asked.as_of)
        own = {
            stint.rep.id: Shown(stint, known)
            for stint in held
            if may_show(stint.rep) and (known := part(asked.period, stint, asked.as_of))
        }
        if own:
            shown.update(own)
            roles.append(_role(asked, role, held, own))
    return Figures(tuple(roles), shown)


def _role(asked: Asked, role: Role, held: list[Stint], own: Mapping[int, Shown]) -> RoleFigures:
    given = asked.session, asked.settings.id
    rows = tallies.of_stints(*given, held, asked.period, as_of=asked.as_of)
    estimates = estimate(
        gather(role, rows, monthly_tool_cost=asked.settings.tool_cost),
        history=whole_roles.year(*given, role, asked.period, as_of=asked.as_of),
        pseudo_trials=asked.settings.prior_trials,
    )
    return RoleFigures(
        role,
        sorted(
            (_rep(asked, own[row.rep], row) for row in rows if row.rep in own),
            key=lambda rep: rep.label.casefold(),
        ),
        estimates,
        weights.of_period(*given, role, asked.period, as_of=asked.as_of),
    )


def _rep(asked: Asked, shown: Shown, row: RepTally) -> RepFigures:
    role, days = shown.rep.role, shown.part
    return RepFigures(
        id=row.rep,
        label=asked.labels[row.rep],
        team=shown.rep.team,
        first_day=local_date(days.start, days.zone),
        last_day=local_date(days.last, days.zone),
        presence=row.presence,
        measures=measures(role, row.tally, row.presence, monthly_tool_cost=asked.settings.tool_cost),
        targets=targets.of_period(
            asked.session,
            asked.settings.id,
            role,
            row.rep,
            asked.period,
            row.presence,
            as_of=asked.as_of,
        ),
        note=_note(row),
        counts_accounts=not row.tally.currencies.unrated,
    )


def _note(row: RepTally) -> str:
    if row.tally.currencies.unrated:
        return "several currencies"
    return "first weeks" if row.ramping else ""
