"""The Plunger: which deals of a team or a rep are stuck or slipped, as it was known at a moment, and what has
changed.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import datetime, timedelta
from typing import Any

from bot.calendar.periods import Period
from bot.core.enums import DealStatus, Role, SlipCause
from bot.core.errors import NotFound
from bot.core.i18n import gettext as _
from bot.core.session_cache import is_missing, keep, read_once
from bot.people.domain.stints import days_over
from bot.people.services import people
from bot.people.services import workspace as workspaces
from bot.people.services.members import Member
from bot.pipeline.domain.plunger import ASKED_FROM, Moved
from bot.pipeline.domain.stuck import ExpectedClose, Pipeline, Recorded, WorkedDeal, inspect
from bot.pipeline.services import deals
from storage.books import Books, insert_once
from storage.queries.pipeline import stuck as queries
from storage.queries.pipeline.deal_history import from_text
from storage.queries.pipeline.stuck import Worked
from storage.queries.scorecards.spans import Span
from storage.tables import Deal, DealChange, DealField, SlipReason

_History = Mapping[DealField, Sequence[DealChange]]
"""Changes of one deal by field, oldest first."""


def of_team(books: Books, team_id: int | None, period: Period, *, as_of: datetime) -> Pipeline:
    """Of the AEs who are in the team at the period's end; None: in any."""
    held = people.who_held(books, Role.AE, period, as_of=as_of)
    aes = [stint.rep.id for stint in held if team_id in (None, stint.rep.team_id)]
    return _of(books, aes, period, as_of=as_of)


def of_rep(books: Books, person_id: int, period: Period, *, as_of: datetime) -> Pipeline:
    return _of(books, [person_id], period, as_of=as_of)


def _of(books: Books, aes: Collection[int], period: Period, *, as_of: datetime) -> Pipeline:
    known = period.until(as_of)
    return inspect(
        worked(books, aes, known, as_of=as_of),
        period=period,
        as_of=as_of,
        recorded=recorded(books, known.last),
        stale_days=workspaces.settings(books).stale_days,
        said=said_of_slips(books, known.last),
    )


@read_once
def said_of_slips(books: Books, moment: datetime) -> Mapping[int, AbstractSet[SlipCause]]:
    """By deal, what its AE had said by the moment of why it moved."""
    found: dict[int, set[SlipCause]] = defaultdict(set)
    for deal_id, cause in queries.causes(books, as_of=moment):
        found[deal_id].add(cause)
    return found


@read_once
def recorded(books: Books, moment: datetime) -> Recorded:
    """Which columns of deals the workspace filled in at all by the moment."""
    has = queries.recorded(books, as_of=moment)
    return Recorded(
        expected_close=has[DealField.EXPECTED_CLOSE],
        timeline=has[DealField.TIMELINE_CONFIRMED],
        authority=has[DealField.AUTHORITY_CONFIRMED],
        activity=has[DealField.LAST_ACTIVITY_AT],
    )


Asked = tuple[Sequence[int], Period]
"""AEs, and the known part of a period."""


def worked(books: Books, aes: Collection[int], known: Period, *, as_of: datetime) -> list[WorkedDeal]:
    """The AEs' deals that were open at any moment of the period, as they were known at its last one.

    Who closed a deal keeps it; an open one is whose it was at the period's end.
    """
    return _worked(books, tuple(aes), known, as_of)


def read_ahead(books: Books, asked: Sequence[Asked], *, as_of: datetime) -> None:
    """What is worked in several periods, at one go."""
    new = [one for one in asked if is_missing(_worked, books, tuple(one[0]), one[1], as_of)]
    for (aes, known), found in zip(new, _over(books, new, as_of), strict=True):
        keep(found, _worked, books, tuple(aes), known, as_of)


@read_once
def _worked(books: Books, aes: tuple[int, ...], known: Period, as_of: datetime) -> list[WorkedDeal]:
    [found] = _over(books, [(aes, known)], as_of)
    return found


def _over(books: Books, asked: Sequence[Asked], as_of: datetime) -> list[list[WorkedDeal]]:
    spans = [
        (n, Span(ae, known.start, known.end, *days_over(known)))
        for n, (aes, known) in enumerate(asked)
        for ae in aes
    ]
    found: list[list[WorkedDeal]] = [[] for _ in asked]
    for one in queries.worked(books, [span for _n, span in spans], as_of=as_of) if spans else ():
        n, _span = spans[one.span]
        found[n].append(_deal(one, asked[n][1].last, as_of))
    return found


def _deal(one: Worked, moment: datetime, as_of: datetime) -> WorkedDeal:
    deal = one.deal
    history: dict[DealField, list[DealChange]] = defaultdict(list)
    for change in one.changes:
        history[change.field].append(change)
    priced_at = as_of if one.closed_at else moment

    def stood(field: DealField) -> Any:
        return _stood(deal, field, history, moment)

    return WorkedDeal(
        deal_id=deal.id,
        ae_id=one.rep,
        open_since=one.open_since,
        closed_at=one.closed_at,
        expected_closes=_expected(deal, history, moment),
        timeline_confirmed=stood(DealField.TIMELINE_CONFIRMED),
        authority_confirmed=stood(DealField.AUTHORITY_CONFIRMED),
        last_activity_at=stood(DealField.LAST_ACTIVITY_AT),
        next_meeting_at=stood(DealField.NEXT_MEETING_AT),
        company=deal.company,
        amount=_stood(deal, DealField.AMOUNT, history, priced_at),
        currency=deal.currency,
        from_lead=deal.handoff_id is not None,
        won=one.status is DealStatus.WON,
        opened_at=deal.opened_at,
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


ASKED_FOR = timedelta(days=14)
"""How long after the move the question stands."""


def asks_why(books: Books, deal_id: int) -> bool:
    """Whether the next move of its expected close is one of which it is asked what changed."""
    return len(queries.moves(books, [deal_id])) + 1 >= ASKED_FROM


def unexplained(books: Books, ae: Member) -> list[Moved]:
    """The AE's own open deals that moved lately, not for the first time, and of which they have not said why."""
    if not (moved := queries.moved_since(books, ae.id, books.now - ASKED_FOR)):
        return []
    ids = [deal.id for deal in moved]
    moved_at: dict[int, list[datetime]] = defaultdict(list)
    for move in queries.moves(books, ids):
        moved_at[move.deal_id].append(move.changed_at)
    explained = set(queries.explained(books, ids))
    return [
        Moved(deal.id, deal.company, times, deal.expected_close)
        for deal in moved
        if (times := len(moved_at[deal.id])) >= ASKED_FROM
        and (deal.id, moved_at[deal.id][-1]) not in explained
    ]


def unexplained_one(books: Books, ae: Member, deal_id: int) -> Moved | None:
    """The one deal, where it is to be asked about."""
    return next((one for one in unexplained(books, ae) if one.deal_id == deal_id), None)


def explain(books: Books, ae: Member, deal_id: int, cause: SlipCause) -> None:
    """Of the latest move, once; raises NotFound for a deal that is not the AE's."""
    deals.draft_of(books, ae, deal_id)
    moves = queries.moves(books, [deal_id])
    if not moves:
        raise NotFound(_("Its expected close has not moved."))
    row = SlipReason(
        workspace_id=books.workspace_id,
        deal_id=deal_id,
        moved_at=moves[-1].changed_at,
        cause=cause,
        said_at=books.now,
    )
    insert_once(books.session, row)
