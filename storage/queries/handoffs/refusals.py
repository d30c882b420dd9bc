"""Questions about leads that were refused: whose they were, and what they lacked."""

from collections.abc import Collection, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import col, select

from bot.core.enums import Decision
from storage.books import Books
from storage.queries.handoffs.handoffs import OF_ANSWER
from storage.tables import Criterion, CriterionAnswer, Handoff, Person


def sdrs_refused(books: Books, since: datetime, until: datetime, *, least: int) -> Sequence[int]:
    """SDRs of whose leads at least so many were refused in [since, until)."""
    return books.session.exec(
        select(Handoff.sdr_id)
        .where(
            Handoff.workspace_id == books.workspace_id,
            Handoff.decision == Decision.REJECTED,
            col(Handoff.decided_at) >= since,
            col(Handoff.decided_at) < until,
        )
        .group_by(col(Handoff.sdr_id))
        .having(sa.func.count() >= least)
        .order_by(col(Handoff.sdr_id))
    ).all()


def refused(books: Books, sdr_id: int, since: datetime, until: datetime) -> Sequence[tuple[Handoff, Person]]:
    """The SDR's, refused in [since, until), each with its AE, the latest first."""
    return books.session.exec(
        select(Handoff, Person)
        .join(
            Person, sa.and_(col(Person.id) == Handoff.ae_id, col(Person.workspace_id) == Handoff.workspace_id)
        )
        .where(
            Handoff.workspace_id == books.workspace_id,
            Handoff.sdr_id == sdr_id,
            Handoff.decision == Decision.REJECTED,
            col(Handoff.decided_at) >= since,
            col(Handoff.decided_at) < until,
        )
        .order_by(col(Handoff.decided_at).desc(), col(Handoff.id).desc())
    ).all()


def decided(books: Books, sdr_id: int, since: datetime, until: datetime) -> int:
    return books.session.exec(
        select(sa.func.count())
        .select_from(Handoff)
        .where(
            Handoff.workspace_id == books.workspace_id,
            Handoff.sdr_id == sdr_id,
            col(Handoff.decided_at) >= since,
            col(Handoff.decided_at) < until,
        )
    ).one()


def unmet(books: Books, lead_ids: Collection[int]) -> Sequence[tuple[int, str]]:
    """Each required criterion that did not hold for one of these leads, by name."""
    return books.session.exec(
        select(CriterionAnswer.handoff_id, Criterion.name)
        .join(Criterion, OF_ANSWER)
        .where(
            CriterionAnswer.workspace_id == books.workspace_id,
            col(CriterionAnswer.handoff_id).in_(lead_ids),
            col(CriterionAnswer.met).is_(False),
            col(Criterion.required),
        )
        .order_by(col(Criterion.position), col(Criterion.id))
    ).all()
