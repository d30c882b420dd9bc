"""Who is top of a team and by how much certainty, what each rep alone is told, and who improved most."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from bot.domain.digest import (
    FACT_METRIC,
    Likely,
    Moved,
    OwnLine,
    Result,
    Top,
    facts,
    moved,
)
from bot.domain.estimates import RoleEstimates
from bot.domain.evidence import RepTally
from bot.domain.improvement import Gains, gains
from bot.domain.improvement import most_improved as choose_most_improved
from bot.domain.metrics import results
from bot.domain.periods import Period, trailing_weeks
from bot.domain.plans import Someone
from bot.domain.ranking import RankedRep, Ranking, Weights, place, rank_estimates, seed_of
from bot.services import rankings, weights
from bot.services.remembered import once
from bot.words import Metric, Role

WEEKS, LATELY = 13, 4
"""Weeks that a digest ranks on, and those of them that an improvement shows in."""

_WEEK = timedelta(weeks=1)


@dataclass(frozen=True, slots=True, eq=False)
class Ranks:
    """A role in a team: `public` without those who are not named, `private` with everybody, and a week earlier."""

    role: Role
    ids: Collection[int]
    public: Ranking
    private: Ranking
    before: RoleEstimates
    gained: Gains
    weights: Weights


def ranks(
    session: Session,
    workspace_id: int,
    team_id: int,
    role: Role,
    week: Period,
    reps: Mapping[int, Someone],
    ids: Collection[int],
    *,
    as_of: datetime,
) -> Ranks:
    """The role's standing on the 13 weeks up to the end of `week`."""

    def trailing(end: datetime, count: int) -> Period:
        return trailing_weeks(end, week.zone, count)

    lately = trailing(week.end, LATELY)
    now = rankings.estimates(session, workspace_id, role, trailing(week.end, WEEKS), as_of=as_of)
    counted = once(
        session,
        ("weights", workspace_id, role, week, as_of),
        lambda: weights.of_period(session, workspace_id, role, week, as_of=as_of),
    )
    seed = seed_of(workspace_id, team_id, week.label)
    hidden = [id for id in ids if not reps[id].named]
    return Ranks(
        role,
        ids,
        public=rank_estimates(now, seed=seed, weights=counted, team=ids, hidden=hidden),
        private=rank_estimates(now, seed=seed, weights=counted, team=ids),
        before=rankings.estimates(session, workspace_id, role, trailing(week.start, WEEKS), as_of=as_of),
        gained=gains(
            rankings.evidence(session, workspace_id, role, lately, as_of=as_of),
            rankings.evidence(
                session, workspace_id, role, trailing(lately.start, WEEKS - LATELY), as_of=as_of
            ),
            weights=counted,
        ),
        weights=counted,
    )


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
        )
        for role, found in standing.items()
    )


def own_lines(standing: Mapping[Role, Ranks], reps: Mapping[int, Someone]) -> tuple[OwnLine, ...]:
    """What each rep alone is told, by role."""
    return tuple(
        OwnLine(reps[row.rep], role, place(found.private, row.rep), row.ramping, changes.get(row.rep))
        for role, found in standing.items()
        for changes in [_changes(found)]
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
    return tuple(Likely(reps[row.rep], row.probability_top or 0.0) for row in rows)


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


def _changes(found: Ranks) -> dict[int, Moved]:
    now, before = (_weighted(one, found.weights) for one in (found.private.estimates, found.before))
    return {rep: change for rep, parts in now.items() if (change := moved(parts, before.get(rep, {})))}


def _weighted(estimates: RoleEstimates, weights: Weights) -> dict[int, dict[Metric, float]]:
    """Per rep what each metric adds to the score."""
    return {
        rep: {metric: weights[metric] * z for metric, z in parts.items() if metric in weights}
        for rep, parts in estimates.z_by_rep().items()
    }
