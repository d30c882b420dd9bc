"""Questions about what a team's manager should see: what it owes its people, and what came of what was accepted or
called advanced.
"""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlmodel import col

from bot.core.enums import Decision, DisputeStatus, Outcome, PairingStatus
from storage.books import Books
from storage.queries.scorecards.held_deals import open_since
from storage.tables import Call, CoachingSession, Deal, Debrief, Dispute, Handoff, Pairing


class Owed(NamedTuple):
    """Pairs of the week that did not meet, commitments that nobody answered, disputes that wait, and leads that were
    accepted and no deal came of.
    """

    pairs_not_met: int
    commitments_unanswered: int
    disputes: int
    leads_without_deal: int


def owed(
    books: Books,
    team_id: int,
    reps: Collection[int],
    *,
    week: date,
    last: date,
    is_over: bool,
    since: datetime,
    until: datetime,
    end: datetime,
    as_of: datetime,
) -> Owed:
    """Pairs are those of the team in the `week` from its Monday to the `last` day, disputes those of the moment, leads
    those that the reps accepted in [since, until) and no deal came of by the `end`.
    """
    counts = (
        _pairs_not_met(books, team_id, week, is_over=is_over),
        _commitments_unanswered(books, reps, until=last),
        _disputes_open(books, reps, as_of=as_of),
        _leads_without_deal(books, reps, since, until, end),
    )
    return Owed(*books.session.execute(sa.select(*(one.scalar_subquery() for one in counts))).one())


def _pairs_not_met(books: Books, team_id: int, week: date, *, is_over: bool) -> sa.Select[int]:
    """Those that said they did not meet, and, once the week is over, those that wrote no meeting down."""
    stands = (PairingStatus.ACCEPTED, PairingStatus.MISSED) if is_over else (PairingStatus.MISSED,)
    return (
        sa.select(sa.func.count())
        .select_from(Pairing)
        .where(
            col(Pairing.workspace_id) == books.workspace_id,
            col(Pairing.team_id) == team_id,
            col(Pairing.week) == week,
            col(Pairing.status).in_(stands),
        )
    )


def _commitments_unanswered(books: Books, learners: Collection[int], *, until: date) -> sa.Select[int]:
    """Due on `until` or before, of which nobody has said whether they were kept."""
    return (
        sa.select(sa.func.count())
        .select_from(CoachingSession)
        .where(
            col(CoachingSession.workspace_id) == books.workspace_id,
            col(CoachingSession.learner_id).in_(learners),
            col(CoachingSession.commitment) != "",
            col(CoachingSession.kept).is_(None),
            col(CoachingSession.due_on) <= until,
        )
    )


def _disputes_open(books: Books, reps: Collection[int], *, as_of: datetime) -> sa.Select[int]:
    return (
        sa.select(sa.func.count())
        .select_from(Dispute)
        .where(
            col(Dispute.workspace_id) == books.workspace_id,
            col(Dispute.person_id).in_(reps),
            col(Dispute.status) == DisputeStatus.OPEN,
            col(Dispute.said_at) <= as_of,
        )
    )


def _leads_without_deal(
    books: Books, aes: Collection[int], since: datetime, until: datetime, as_of: datetime
) -> sa.Select[int]:
    has_deal = sa.exists().where(
        col(Deal.workspace_id) == Handoff.workspace_id,
        col(Deal.handoff_id) == Handoff.id,
        open_since() <= as_of,
    )
    return (
        sa.select(sa.func.count())
        .select_from(Handoff)
        .where(
            col(Handoff.workspace_id) == books.workspace_id,
            col(Handoff.ae_id).in_(aes),
            col(Handoff.decision) == Decision.ACCEPTED,
            *_within(Handoff.decided_at, since, until),
            ~has_deal,
        )
    )


Named = tuple[str, str, datetime]
"""Company, contact and moment."""


def advanced(
    books: Books, reps: Collection[int], since: datetime, until: datetime
) -> Sequence[tuple[str, str, datetime, bool]]:
    """Company, contact, start and whether it is about a deal, of their calls told to have advanced."""
    rows = books.session.execute(
        sa.select(col(Call.company), col(Call.contact), col(Call.started_at), col(Call.deal_id).is_not(None))
        .join(
            Debrief,
            sa.and_(col(Debrief.workspace_id) == Call.workspace_id, col(Debrief.call_id) == Call.id),
        )
        .where(
            *_of(Call.workspace_id, books.workspace_id, Call.person_id, reps),
            *_within(Call.started_at, since, until),
            col(Debrief.outcome) == Outcome.ADVANCED,
        )
    )
    return [(company, contact, at, bool(has_deal)) for company, contact, at, has_deal in rows]


def traces(books: Books, reps: Collection[int], since: datetime, until: datetime) -> Sequence[Named]:
    """Leads passed, deals opened and completed calls of these reps from `since` up to `until`."""
    opened = open_since()
    found = sa.union_all(
        sa.select(col(Handoff.company), col(Handoff.contact), col(Handoff.passed_at)).where(
            *_of(Handoff.workspace_id, books.workspace_id, Handoff.sdr_id, reps),
            *_within(Handoff.passed_at, since, until),
        ),
        sa.select(col(Deal.company), sa.literal(""), opened).where(
            *_of(Deal.workspace_id, books.workspace_id, Deal.ae_id, reps), opened >= since, opened < until
        ),
        sa.select(col(Call.company), col(Call.contact), col(Call.started_at)).where(
            *_of(Call.workspace_id, books.workspace_id, Call.person_id, reps),
            *_within(Call.started_at, since, until),
            col(Call.completed),
        ),
    )
    return [(company, contact, at) for company, contact, at in books.session.execute(found)]


def _of(home: Any, workspace_id: int, person: Any, reps: Collection[int]) -> tuple[Any, Any]:
    return col(home) == workspace_id, col(person).in_(reps)


def _within(moment: Any, since: datetime, until: datetime) -> tuple[Any, Any]:
    return col(moment) >= since, col(moment) < until
