"""What AEs accepted and reps called advanced, and what came of it."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import col

from bot.core.enums import Decision, Outcome
from storage.books import Books
from storage.queries.scorecards.held_deals import open_since
from storage.tables import Call, Deal, Debrief, Handoff

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
