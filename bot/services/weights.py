"""The weights of a role's score: those in force, and new ones, which are looked at before they count."""

from collections.abc import Mapping
from datetime import date, datetime

from sqlmodel import Session

from bot.domain import weights as rules
from bot.domain.periods import Period
from bot.domain.ranking import SCORE_WEIGHTS, Weights
from bot.domain.targets import day_reached
from bot.errors import BadInput, NotFound
from bot.language import gettext as _
from bot.words import Metric, Role
from storage.queries import goals as queries
from storage.tables import Weight, WeightSet


def on(session: Session, workspace_id: int, role: Role, day: date) -> Weights:
    """In force on a day: those set last by then, else the ones Cornerman comes with."""
    found = queries.latest_set(session, workspace_id, role, day)
    return queries.shares(session, workspace_id, found.id) if found else SCORE_WEIGHTS.get(role, {})


def of_period(session: Session, workspace_id: int, role: Role, period: Period, *, as_of: datetime) -> Weights:
    """Those of the period's last day, so that a period that is over keeps its ranking."""
    return on(session, workspace_id, role, day_reached(period, as_of))


def propose(session: Session, workspace_id: int, role: Role, given: Mapping[Metric, float]) -> int:
    """Keep weights that do not count yet; returns their id. Raises BadInput."""
    shares = rules.shares(role, given)
    proposed = WeightSet(workspace_id=workspace_id, role=role)
    session.add(proposed)
    session.flush()
    session.add_all(
        Weight(workspace_id=workspace_id, weight_set_id=proposed.id, metric=metric, share=share)
        for metric, share in shares.items()
    )
    return proposed.id


def proposal(session: Session, workspace_id: int, set_id: int) -> tuple[Role, Weights]:
    row = _row(session, workspace_id, set_id)
    return row.role, queries.shares(session, workspace_id, set_id)


def confirm(session: Session, workspace_id: int, set_id: int, *, today: date) -> None:
    """Let them count from today; a second time changes nothing."""
    row = _row(session, workspace_id, set_id)
    if row.from_day is not None:
        return
    latest = queries.latest_set(session, workspace_id, row.role, today)
    if latest is not None and latest.id > set_id:
        raise BadInput(
            _(
                "Somebody has changed these weights meanwhile. Look at them with `/scorecard weights {role}`."
            ).format(role=row.role)
        )
    row.from_day = today


def _row(session: Session, workspace_id: int, set_id: int) -> WeightSet:
    row = queries.weight_set(session, workspace_id, set_id)
    if row is None:
        raise NotFound(_("These weights are not there any more."))
    return row
