"""Who is top of a team and by how much certainty, what each rep alone is told, and who improved most."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.calendar.periods import Period, trailing_weeks
from bot.core.enums import Role
from bot.digest.domain.digest import FACT_METRIC, Likely, Result, Top, facts
from bot.people.domain.someone import Someone
from bot.scorecards.domain.definitions.counting import Measure, results
from bot.scorecards.domain.evidence import RepTally
from bot.scorecards.domain.improvement import Gains, gains
from bot.scorecards.domain.improvement import most_improved as choose_most_improved
from bot.scorecards.domain.league import OwnLine, RankedRep, Ranking, place
from bot.scorecards.domain.ranking import Weights, rank_estimates, seed_of
from bot.scorecards.services import estimates as role_estimates
from bot.scorecards.services import rankings, targets
from storage.books import Books

WEEKS = 13
"""Weeks that a digest ranks on."""
LATELY, SPANS = 4, 4
"""Weeks that an improvement shows in, and the equal spans that are compared: the last one with those before."""


@dataclass(frozen=True, slots=True, eq=False)
class Ranks:
    """A role in a team: `public` without those who are not named, `private` with everybody."""

    role: Role
    ids: Collection[int]
    public: Ranking
    private: Ranking
    gained: Gains
    weights: Weights


def ranks(
    books: Books,
    team_id: int,
    role: Role,
    week: Period,
    reps: Mapping[int, Someone],
    ids: Collection[int],
    *,
    as_of: datetime,
) -> Ranks:
    """The role's standing on the 13 weeks up to the end of `week`."""
    period, *spans = periods(week)
    told = [role_estimates.evidence(books, role, one, as_of=as_of) for one in spans]
    now = role_estimates.of_role(books, role, period, as_of=as_of)
    counted = targets.weights_of_period(books, role, week, as_of=as_of)
    return Ranks(
        role,
        ids,
        public=rankings.judged(
            books,
            role,
            period,
            as_of=as_of,
            team_id=team_id,
            team=ids,
            hidden=[id for id in ids if not reps[id].named],
            weights=counted,
        ),
        private=rank_estimates(
            now, seed=rankings.seed_of_days(books, team_id, period), weights=counted, team=ids
        ),
        gained=gains(told[0], told[1:], weights=counted),
        weights=counted,
    )


def periods(week: Period) -> list[Period]:
    """What a standing is told on, then the spans that gains are counted over, the latest first."""
    spans = [trailing_weeks(week.end, week.zone, LATELY)]
    while len(spans) < SPANS:
        spans.append(trailing_weeks(spans[-1].start, week.zone, LATELY))
    return [trailing_weeks(week.end, week.zone, WEEKS), *spans]


def tops(
    standing: Mapping[Role, Ranks], told: Mapping[int, RepTally], reps: Mapping[int, Someone]
) -> tuple[Top, ...]:
    """Per role the judgement and the week's facts, in the order of the roles."""
    return tuple(
        Top(
            role,
            named=_likely(found.public.named, reps),
            contenders=_likely(found.public.contenders, reps),
            too_close=found.public.too_close,
            too_few=found.public.too_few,
            facts=facts(role, _results(found, told, reps), _middle(found)),
            overdue=found.public.overdue,
            silent=found.public.silent,
            judged_by=tuple(found.weights),
        )
        for role, found in standing.items()
    )


def own_lines(standing: Mapping[Role, Ranks], reps: Mapping[int, Someone]) -> tuple[OwnLine, ...]:
    """What each rep alone is told, by role."""
    return tuple(
        OwnLine(reps[row.rep], role, place(found.private, row.rep), row.ramping)
        for role, found in standing.items()
        for row in found.private.reps
        if row.rep in reps
    )


def most_improved(
    workspace_id: int,
    team_id: int,
    week: Period,
    standing: Mapping[Role, Ranks],
    reps: Mapping[int, Someone],
) -> Someone | None:
    rep = choose_most_improved(
        [found.gained for found in standing.values()],
        seed=seed_of(workspace_id, team_id, week.label),
        team=reps.keys(),
        hidden=[id for id, person in reps.items() if not person.named],
    )
    return None if rep is None else reps[rep]


def _likely(rows: Collection[RankedRep], reps: Mapping[int, Someone]) -> tuple[Likely, ...]:
    return tuple(Likely(reps[row.rep], row.probability_top or 0.0, _chief(row)) for row in rows)


def _chief(row: RankedRep) -> Measure | None:
    if not row.named_for:
        return None
    key = row.named_for[0]
    shown = row.estimates[key]
    return Measure(key, shown.raw, shown.numerator, shown.denominator)


def _results(found: Ranks, told: Mapping[int, RepTally], reps: Mapping[int, Someone]) -> list[Result]:
    """The week of those who may be named, each as its role counts it."""
    return [
        Result(reps[id], results(found.role, told[id].tally) or 0, _of(found.role, told[id]))
        for id in found.ids
        if id in told and reps[id].named
    ]


def _of(role: Role, row: RepTally) -> int | None:
    match role:
        case Role.SDR:
            return row.tally.decided
        case Role.AE:
            return row.tally.won + row.tally.lost
        case _:
            return None


def _middle(found: Ranks) -> float | None:
    column = found.public.estimates.columns.get(FACT_METRIC[found.role])
    return column.middle if column else None
