"""What a workbook tells of each role: the figures of the reps it may show, beside the whole role's."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlmodel import Session

from bot.calendar.periods import Period
from bot.calendar.wallclock import local_date
from bot.core.enums import SELLING_ROLES, Role
from bot.people.domain.stints import Rep, Stint, part
from bot.people.services import people
from bot.people.services.workspace import WorkspaceSettings
from bot.scorecards.domain.definitions import measures
from bot.scorecards.domain.estimates import estimate
from bot.scorecards.domain.evidence import RepTally, gather
from bot.scorecards.domain.inference.priors import History
from bot.scorecards.services import estimates as role_estimates
from bot.scorecards.services import tallies, targets
from bot.scorecards.services.money import with_takings
from bot.workbook.domain.roles import RepFigures, RoleFigures
from bot.workbook.services.reach import Shown
from storage.books import Books


@dataclass(frozen=True, slots=True)
class Figures:
    """Per role what the sheets show, without roles that nobody shown holds; `shown` by the reps' ids."""

    roles: tuple[RoleFigures, ...]
    shown: Mapping[int, Shown]
    former: Mapping[int, Shown]


@dataclass(frozen=True, slots=True)
class Asked:
    """For whom and when; `labels` name everybody."""

    session: Session
    settings: WorkspaceSettings
    period: Period
    as_of: datetime
    labels: Mapping[int, str]

    @property
    def books(self) -> Books:
        return Books(self.session, self.settings.id, self.as_of)


def of(asked: Asked, may_show: Callable[[Rep], bool]) -> Figures:
    """The figures of everybody who holds a selling role at the period's end and whom the reader may see; the AEs too
    who have left by then."""
    roles, shown = [], {}
    for role in SELLING_ROLES:
        held = people.who_held(asked.books, role, asked.period, as_of=asked.as_of)
        own = {
            stint.rep.id: Shown(stint, known)
            for stint in held
            if may_show(stint.rep) and (known := part(asked.period, stint, asked.as_of))
        }
        if own:
            shown.update(own)
            roles.append(_role(asked, role, held, own))
    return Figures(tuple(roles), shown, _former(asked, may_show, shown))


def _former(asked: Asked, may_show: Callable[[Rep], bool], shown: Mapping[int, Shown]) -> dict[int, Shown]:
    """AEs of the period who are none at its end, from the day on which they began: deals still close in their names."""
    found = {}
    for stint in people.ever_in_role(asked.books, Role.AE, asked.period, as_of=asked.as_of):
        stays = stint.rep.id in shown and shown[stint.rep.id].rep.role is Role.AE
        known = part(asked.period, replace(stint, ended_on=None), asked.as_of)
        if known and not stays and may_show(stint.rep):
            found[stint.rep.id] = Shown(stint, known)
    return found


def _role(asked: Asked, role: Role, held: list[Stint], own: Mapping[int, Shown]) -> RoleFigures:
    rows = tallies.of_stints(asked.books, held, asked.period, as_of=asked.as_of)
    evidence = gather(role, rows, monthly_tool_cost=asked.settings.tool_cost)
    before = role_estimates.before_period(asked.books, role, asked.period, as_of=asked.as_of)
    estimates = estimate(evidence, history=History(before, evidence))
    return RoleFigures(
        role,
        sorted(
            (_rep(asked, own[row.rep], row) for row in _with_takings(asked, rows, own)),
            key=lambda rep: rep.label.casefold(),
        ),
        estimates,
        targets.weights_of_period(asked.books, role, asked.period, as_of=asked.as_of),
        asked.settings.currency,
    )


def _with_takings(asked: Asked, rows: list[RepTally], own: Mapping[int, Shown]) -> list[RepTally]:
    """Of the reps that are shown."""
    shown = [row for row in rows if row.rep in own]
    held = [own[row.rep].stint for row in shown]
    return with_takings(asked.books, shown, held, asked.period, as_of=asked.as_of)


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
        targets=targets.targets_of_period(
            asked.books, shown.rep, asked.period, row.presence, as_of=asked.as_of
        ),
        note=_note(row),
        counts_accounts=not row.tally.currencies.unrated,
    )


def _note(row: RepTally) -> str:
    if row.tally.currencies.unrated:
        return "several currencies"
    return "first weeks" if row.ramping else ""
