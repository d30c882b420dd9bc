"""What in a team needs its manager's eye this week."""

from collections.abc import Mapping
from datetime import datetime

from sqlmodel import Session

from bot.domain.digest import Clogged, ManagersPage
from bot.domain.evidence import RepTally
from bot.domain.periods import Period
from bot.domain.pipeline import Pipeline
from bot.domain.plans import Someone
from bot.services import coaching_debt
from storage.queries import digest_risks as queries

MOST_CLOGGED = 3
"""Reps with stuck deals that a manager's page names."""


def page(
    session: Session,
    workspace_id: int,
    team_id: int,
    week: Period,
    pipeline: Pipeline,
    told: Mapping[int, RepTally],
    reps: Mapping[int, Someone],
    *,
    as_of: datetime,
) -> ManagersPage:
    """`told` is what each of the team's `reps` did in the week."""
    days = week.dates()
    return ManagersPage(
        _clogged(pipeline, reps),
        debriefed=sum(row.tally.prompted_debriefed for row in told.values()),
        prompted=sum(row.tally.prompted for row in told.values()),
        pairs_not_met=queries.pairs_not_met(session, workspace_id, team_id, days[0]),
        commitments_unanswered=queries.commitments_unanswered(
            session, workspace_id, reps.keys(), until=days[-1]
        ),
        disputes=queries.disputes_open(session, workspace_id, reps.keys(), as_of=as_of),
        owed=coaching_debt.owed(session, workspace_id, reps, days[-1]),
        debt_days=coaching_debt.limit(session, workspace_id),
    )


def _clogged(pipeline: Pipeline, reps: Mapping[int, Someone]) -> tuple[Clogged, ...]:
    stuck: dict[int, int] = {}
    for one in pipeline.stuck_deals:
        stuck[one.deal.ae_id] = stuck.get(one.deal.ae_id, 0) + 1
    worst = sorted((id for id in stuck if id in reps), key=lambda id: (-stuck[id], id))
    return tuple(Clogged(reps[id], stuck[id]) for id in worst[:MOST_CLOGGED])
