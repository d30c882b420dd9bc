"""Questions about what a team's manager should see: what it owes its people, and what came of what was accepted or
called advanced.
"""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import col

from bot.core.enums import Decision, DisputeStatus, Outcome, PairingStatus
from storage.books import Books
from storage.queries.scorecards.held_deals import open_since
from storage.tables import Call, CoachingSession, Deal, Debrief, Dispute, Handoff, Pairing


def pairs_not_met(books: Books, team_id: int, week: date, *, is_over: bool) -> int:
    """Pairs of the week that said they did not meet, and, once it is over, those that wrote no meeting down."""
    stands = (PairingStatus.ACCEPTED, PairingStatus.MISSED) if is_over else (PairingStatus.MISSED,)
    return (
        books.session.scalar(
            sa.select(sa.func.count())
            .select_from(Pairing)
            .where(
                col(Pairing.workspace_id) == books.workspace_id,
                col(Pairing.team_id) == team_id,
                col(Pairing.week) == week,
                col(Pairing.status).in_(stands),
            )
        )
        or 0
    )


def commitments_unanswered(books: Books, learners: Collection[int], *, until: date) -> int:
    """Commitments due on `until` or before of which nobody has said whether they were kept."""
    return (
        books.session.scalar(
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
        or 0
    )


def disputes_open(books: Books, reps: Collection[int], *, as_of: datetime) -> int:
    """Disputes that the reps have raised by `as_of` and that wait for an answer."""
    return (
        books.session.scalar(
            sa.select(sa.func.count())
            .select_from(Dispute)
            .where(
                col(Dispute.workspace_id) == books.workspace_id,
                col(Dispute.person_id).in_(reps),
                col(Dispute.status) == DisputeStatus.OPEN,
                col(Dispute.said_at) <= as_of,
            )
        )
        or 0
    )


Named = tuple[str, str, datetime]
"""Company, contact and moment."""


def leads_without_deal(
    books: Books, aes: Collection[int], since: datetime, until: datetime, as_of: datetime
) -> int:
    """Leads that these AEs accepted in [since, until) and that no deal came of by `as_of`."""
    has_deal = sa.exists().where(
        col(Deal.workspace_id) == Handoff.workspace_id,
        col(Deal.handoff_id) == Handoff.id,
        open_since() <= as_of,
    )
    return (
        books.session.scalar(
            sa.select(sa.func.count())
            .select_from(Handoff)
            .where(
                col(Handoff.workspace_id) == books.workspace_id,
                col(Handoff.ae_id).in_(aes),
                col(Handoff.decision) == Decision.ACCEPTED,
                col(Handoff.decided_at) >= since,
                col(Handoff.decided_at) < until,
                ~has_deal,
            )
        )
        or 0
    )


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
