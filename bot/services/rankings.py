"""Who is top of a role, of a team or of the workspace, with the certainty of it."""

from collections.abc import Callable, Hashable
from datetime import datetime
from typing import TypeVar

from sqlmodel import Session

from bot.domain.estimates import RoleEstimates, estimate
from bot.domain.evidence import RoleEvidence, gather
from bot.domain.periods import Period
from bot.domain.ranking import Weights, rank_estimates, seed_of
from bot.domain.scorecard import Board
from bot.services import roles, stints, tallies, workspaces
from bot.services import weights as weight_sets
from bot.words import Role

_T = TypeVar("_T")
_READ = "what this session has read of roles"


def evidence(
    session: Session, workspace_id: int, role: Role, period: Period, *, as_of: datetime
) -> RoleEvidence:
    """What everybody who holds the role at the period's end showed in it."""

    def read() -> RoleEvidence:
        rows = tallies.of_role(session, workspace_id, role, period, as_of=as_of)
        cost = workspaces.settings(session, workspace_id).tool_cost
        return gather(role, rows, monthly_tool_cost=cost)

    return _once(session, ("evidence", workspace_id, role, period, as_of), read)


def estimates(
    session: Session, workspace_id: int, role: Role, period: Period, *, as_of: datetime
) -> RoleEstimates:
    """The role's figures with chance taken out, by priors of the trailing 52 weeks."""

    def read() -> RoleEstimates:
        return estimate(
            evidence(session, workspace_id, role, period, as_of=as_of),
            history=roles.year(session, workspace_id, role, period, as_of=as_of),
            pseudo_trials=workspaces.settings(session, workspace_id).prior_trials,
        )

    return _once(session, ("estimates", workspace_id, role, period, as_of), read)


def remember(session: Session) -> None:
    """From now on the session reads a role once: for many teams told at one moment, in a session that only reads."""
    session.info[_READ] = {}


def _once(session: Session, key: Hashable, read: Callable[[], _T]) -> _T:
    kept: dict[Hashable, _T] | None = session.info.get(_READ)
    if kept is None:
        return read()
    if key not in kept:
        kept[key] = read()
    return kept[key]


def of(
    session: Session,
    workspace_id: int,
    role: Role,
    period: Period,
    *,
    as_of: datetime,
    team_id: int | None = None,
    public: bool = False,
    weights: Weights | None = None,
) -> Board:
    """The ranking of a role in a team, or in the workspace.

    A `public` one leaves out whoever does not want to be named, as if they were not ranked. Other `weights`
    than those in force show what these would make of it.
    """
    used = weights or weight_sets.of_period(session, workspace_id, role, period, as_of=as_of)
    held = stints.of_role(session, workspace_id, role, period, as_of=as_of)
    reps = {stint.rep.id: stint.rep for stint in held if team_id in (None, stint.rep.team_id)}
    ranking = rank_estimates(
        estimates(session, workspace_id, role, period, as_of=as_of),
        seed=seed_of(workspace_id, team_id, period.label),
        weights=used,
        team=reps.keys(),
        hidden=[id for id, rep in reps.items() if public and not rep.named_publicly],
    )
    team = next((rep.team for rep in reps.values()), "") if team_id is not None else None
    return Board(team, period, ranking, reps, used)
