"""Who is top of a role, of a team or of the workspace, with the certainty of it."""

from datetime import datetime

from sqlmodel import Session

from bot.domain.estimates import RoleEstimates, estimate
from bot.domain.evidence import RepTally, RoleEvidence, gather
from bot.domain.periods import Period
from bot.domain.ranking import Weights, rank_estimates, seed_of
from bot.domain.scorecard import Board
from bot.services import roles, stints, tallies, workspaces
from bot.services import weights as weight_sets
from bot.services.remembered import once
from bot.words import Role


def shown(
    session: Session, workspace_id: int, role: Role, period: Period, *, as_of: datetime
) -> list[RepTally]:
    """What everybody who holds the role at the period's end did in it."""
    return once(
        session,
        ("shown", workspace_id, role, period, as_of),
        lambda: tallies.of_role(session, workspace_id, role, period, as_of=as_of),
    )


def evidence(
    session: Session, workspace_id: int, role: Role, period: Period, *, as_of: datetime
) -> RoleEvidence:
    """What that says of them."""

    def read() -> RoleEvidence:
        rows = shown(session, workspace_id, role, period, as_of=as_of)
        cost = workspaces.settings(session, workspace_id).tool_cost
        return gather(role, rows, monthly_tool_cost=cost)

    return once(session, ("evidence", workspace_id, role, period, as_of), read)


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

    return once(session, ("estimates", workspace_id, role, period, as_of), read)


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
