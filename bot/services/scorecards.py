"""One rep's scorecard."""

from datetime import datetime

from sqlmodel import Session

from bot.domain.estimates import estimate
from bot.domain.evidence import gather, renewed
from bot.domain.metrics import measures
from bot.domain.periods import Period
from bot.domain.scorecard import Scorecard, compare
from bot.domain.stints import in_zone
from bot.services import roles, stints, tallies, targets, weights, workspaces


def of(session: Session, workspace_id: int, person_id: int, period: Period, *, as_of: datetime) -> Scorecard:
    """A person's numbers in the role and team held at the period's end; raises NotFound for one who held none.

    The period's days are those of that team's zone.
    """
    settings = workspaces.settings(session, workspace_id)
    stint = stints.of_person(session, workspace_id, person_id, period, as_of=as_of)
    role = stint.rep.role
    period = in_zone(period, stint.zone)
    (own,) = tallies.of_stints(session, workspace_id, [stint], period, as_of=as_of)
    estimates = estimate(
        renewed(
            roles.peers(session, workspace_id, role, period, as_of=as_of),
            gather(role, [own], monthly_tool_cost=settings.tool_cost),
        ),
        history=roles.year(session, workspace_id, role, period, as_of=as_of),
        pseudo_trials=settings.prior_trials,
    )
    return compare(
        stint.rep,
        own.tally,
        measures(role, own.tally, own.presence, monthly_tool_cost=settings.tool_cost),
        estimates,
        period=period,
        as_of=as_of,
        currency=settings.currency,
        weights=weights.of_period(session, workspace_id, role, period, as_of=as_of),
        targets=targets.of_period(session, workspace_id, role, person_id, period, own.presence, as_of=as_of),
    )
