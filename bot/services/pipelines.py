"""The Plunger: which deals of a team or a rep are stuck or slipped, as it was known at a moment."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlmodel import Session

from bot.domain.periods import Period
from bot.domain.pipeline import ExpectedClose, Pipeline, Recorded, WorkedDeal, inspect
from bot.services import stints, workspaces
from bot.services.remembered import once
from bot.words import Role
from storage.queries import pipelines as queries
from storage.queries.deal_history import from_text
from storage.tables import Deal, DealChange, DealField

_History = Mapping[DealField, Sequence[DealChange]]
"""Changes of one deal by field, oldest first."""


def of_team(
    session: Session, workspace_id: int, team_id: int, period: Period, *, as_of: datetime
) -> Pipeline:
    """Of the AEs who are in the team at the period's end."""
    held = stints.of_role(session, workspace_id, Role.AE, period, as_of=as_of)
    aes = [stint.rep.id for stint in held if stint.rep.team_id == team_id]
    return _of(session, workspace_id, aes, period, as_of=as_of)


def of_rep(
    session: Session, workspace_id: int, person_id: int, period: Period, *, as_of: datetime
) -> Pipeline:
    return _of(session, workspace_id, [person_id], period, as_of=as_of)


def _of(
    session: Session, workspace_id: int, aes: Collection[int], period: Period, *, as_of: datetime
) -> Pipeline:
    known = period.until(as_of)
    return inspect(
        worked(session, workspace_id, aes, known),
        period=period,
        as_of=as_of,
        recorded=recorded(session, workspace_id, known.last),
        stale_days=workspaces.settings(session, workspace_id).stale_days,
    )


def recorded(session: Session, workspace_id: int, moment: datetime) -> Recorded:
    """Which columns of deals the workspace filled in at all by the moment."""
    has = once(
        session,
        ("recorded", workspace_id, moment),
        lambda: queries.recorded(session, workspace_id, as_of=moment),
    )
    return Recorded(
        expected_close=has[DealField.EXPECTED_CLOSE],
        timeline=has[DealField.TIMELINE_CONFIRMED],
        authority=has[DealField.AUTHORITY_CONFIRMED],
        activity=has[DealField.LAST_ACTIVITY_AT],
    )


def worked(session: Session, workspace_id: int, aes: Collection[int], known: Period) -> list[WorkedDeal]:
    """The AEs' deals that were open at any moment of the period, as they were known at its last one."""
    if not aes:
        return []
    histories: dict[int, dict[DealField, list[DealChange]]] = defaultdict(lambda: defaultdict(list))
    for change in queries.changes(session, workspace_id, aes, known.start):
        histories[change.deal_id][change.field].append(change)
    found = queries.worked(session, workspace_id, aes, known.start, known.end)
    return [_deal(deal, opened, histories[deal.id], known.last) for deal, opened in found]


def _deal(deal: Deal, open_since: datetime, history: _History, moment: datetime) -> WorkedDeal:
    def stood(field: DealField) -> Any:
        return _stood(deal, field, history, moment)

    return WorkedDeal(
        deal_id=deal.id,
        ae_id=deal.ae_id,
        open_since=open_since,
        closed_at=deal.closed_at,
        expected_closes=_expected(deal, history, moment),
        timeline_confirmed=stood(DealField.TIMELINE_CONFIRMED),
        authority_confirmed=stood(DealField.AUTHORITY_CONFIRMED),
        last_activity_at=stood(DealField.LAST_ACTIVITY_AT),
        next_meeting_at=stood(DealField.NEXT_MEETING_AT),
        company=deal.company,
        amount=stood(DealField.AMOUNT),
        currency=deal.currency,
    )


def _stood(deal: Deal, field: DealField, history: _History, moment: datetime) -> Any:
    """The field's value at the moment: what the next change found, else what stands."""
    later = next((change for change in history.get(field, ()) if change.changed_at > moment), None)
    return from_text(field, later.old) if later else getattr(deal, field)


def _expected(deal: Deal, history: _History, moment: datetime) -> tuple[ExpectedClose, ...]:
    """Every day on which the deal was expected to close, and that it no longer was, as written down by the moment."""
    field = DealField.EXPECTED_CLOSE
    changes = history.get(field, ())
    oldest = from_text(field, changes[0].old) if changes else deal.expected_close
    written = [(oldest, None), *((from_text(field, one.new), one.changed_at) for one in changes)]
    known = [(day, since) for day, since in written if since is None or since <= moment]
    return tuple(ExpectedClose(day, since) for day, since in known) if any(day for day, _ in known) else ()
