"""Questions about leads on their way from SDRs to AEs, the checklist they are judged by, and those refused."""

from collections.abc import Collection, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import col, select

from bot.core.enums import Decision
from storage.books import Books
from storage.tables import Criterion, CriterionAnswer, Deal, Handoff, HandoffQuestion, Person

OF_ANSWER = sa.and_(
    col(Criterion.id) == CriterionAnswer.criterion_id,
    col(Criterion.workspace_id) == CriterionAnswer.workspace_id,
)
"""The criterion that an answer was given to."""


def by_key(books: Books, handoff_key: str) -> Handoff | None:
    return books.session.exec(
        select(Handoff).where(Handoff.workspace_id == books.workspace_id, Handoff.handoff_key == handoff_key)
    ).first()


def by_id(books: Books, handoff_id: int) -> Handoff | None:
    return books.session.exec(
        select(Handoff).where(Handoff.workspace_id == books.workspace_id, Handoff.id == handoff_id)
    ).first()


def claim(books: Books, handoff_id: int) -> Handoff | None:
    """The handoff, held by this transaction, so that two decisions come one after the other."""
    return books.session.exec(
        select(Handoff)
        .where(Handoff.workspace_id == books.workspace_id, Handoff.id == handoff_id)
        .with_for_update()
    ).first()


def of_person(
    books: Books, person_id: int, *, received: bool, limit: int
) -> Sequence[tuple[Handoff, Person, Deal | None]]:
    """Leads that the person passed, or received, the latest first, with whoever is on the other end, and its deal.

    Of those received, what the person has not decided comes before them all.
    """
    sdr, ae = col(Handoff.sdr_id), col(Handoff.ae_id)
    mine, other = (ae, sdr) if received else (sdr, ae)
    waiting_first = [sa.case((col(Handoff.decision).is_(None), 0), else_=1)] if received else []
    return books.session.exec(
        select(Handoff, Person, Deal)
        .join(Person, sa.and_(col(Person.id) == other, col(Person.workspace_id) == Handoff.workspace_id))
        .join(
            Deal,
            sa.and_(col(Deal.handoff_id) == Handoff.id, col(Deal.workspace_id) == Handoff.workspace_id),
            isouter=True,
        )
        .where(Handoff.workspace_id == books.workspace_id, mine == person_id)
        .order_by(*waiting_first, col(Handoff.passed_at).desc(), col(Handoff.id).desc(), col(Deal.id))
        .limit(limit)
    ).all()


def has_deal(books: Books, handoff_id: int) -> bool:
    """Whether the lead became a deal."""
    return (
        books.session.exec(
            select(Deal.id).where(Deal.workspace_id == books.workspace_id, Deal.handoff_id == handoff_id)
        ).first()
        is not None
    )


def reasons_before(books: Books, ae_id: int, *, latest: int) -> Sequence[str]:
    """The AE's reasons so far and the `latest` of anybody's, the oldest first."""
    decided = (col(Handoff.workspace_id) == books.workspace_id, col(Handoff.decided_at).is_not(None))
    order = col(Handoff.decided_at).desc(), col(Handoff.id).desc()
    recent = sa.select(col(Handoff.id)).where(*decided).order_by(*order).limit(latest)
    return books.session.exec(
        select(Handoff.reason)
        .where(*decided, sa.or_(col(Handoff.ae_id) == ae_id, col(Handoff.id).in_(recent)))
        .order_by(col(Handoff.decided_at), col(Handoff.id))
    ).all()


def checklist(books: Books) -> Sequence[Criterion]:
    """The criteria in force of all teams: those of every team first, each team's in their order."""
    return books.session.exec(
        select(Criterion)
        .where(Criterion.workspace_id == books.workspace_id, col(Criterion.retired_at).is_(None))
        .order_by(
            col(Criterion.team_id).isnot(None),
            col(Criterion.team_id),
            col(Criterion.position),
            col(Criterion.id),
        )
    ).all()


def criteria_untold(books: Books) -> Sequence[Criterion]:
    """Lines that came or went since those concerned last heard of them, in the order they were added."""
    came = sa.and_(col(Criterion.told_at).is_(None), col(Criterion.retired_at).is_(None))
    went = col(Criterion.retired_at) >= col(Criterion.told_at)
    return books.session.exec(
        select(Criterion)
        .where(Criterion.workspace_id == books.workspace_id, sa.or_(came, went))
        .order_by(col(Criterion.added_at), col(Criterion.id))
    ).all()


def criteria(books: Books, ids: Collection[int]) -> Sequence[Criterion]:
    """These criteria, retired ones too, in their order."""
    return books.session.exec(
        select(Criterion)
        .where(Criterion.workspace_id == books.workspace_id, col(Criterion.id).in_(ids))
        .order_by(col(Criterion.position), col(Criterion.id))
    ).all()


def answers_of(books: Books, handoff_id: int) -> Sequence[tuple[CriterionAnswer, Criterion]]:
    """The checklist that the handoff was judged by, in its order."""
    return books.session.exec(
        select(CriterionAnswer, Criterion)
        .join(Criterion, OF_ANSWER)
        .where(CriterionAnswer.workspace_id == books.workspace_id, CriterionAnswer.handoff_id == handoff_id)
        .order_by(col(Criterion.position), col(Criterion.id))
    ).all()


def to_ask_back(books: Books, since: datetime) -> Sequence[Handoff]:
    """Leads about which an SDR has asked back since then, and whose AE has not been told of it."""
    return books.session.exec(
        select(Handoff)
        .where(
            Handoff.workspace_id == books.workspace_id,
            col(Handoff.asked_back_at) >= since,
            col(Handoff.question_put_at).is_(None),
        )
        .order_by(col(Handoff.asked_back_at), col(Handoff.id))
    ).all()


def question_of(books: Books, handoff_id: int) -> HandoffQuestion | None:
    return books.session.exec(
        select(HandoffQuestion).where(
            HandoffQuestion.workspace_id == books.workspace_id, HandoffQuestion.handoff_id == handoff_id
        )
    ).first()


def due_questions(books: Books, *, limit: int) -> Sequence[tuple[int, str | None]]:
    """Leads whose AEs are to be reminded, and the Slack users those are, longest due first."""
    return books.session.exec(
        select(HandoffQuestion.handoff_id, Person.slack_user_id)
        .join(
            Handoff,
            sa.and_(
                col(Handoff.id) == HandoffQuestion.handoff_id,
                col(Handoff.workspace_id) == HandoffQuestion.workspace_id,
            ),
        )
        .join(
            Person, sa.and_(col(Person.id) == Handoff.ae_id, col(Person.workspace_id) == Handoff.workspace_id)
        )
        .where(HandoffQuestion.workspace_id == books.workspace_id, col(HandoffQuestion.next_at) <= books.now)
        .order_by(col(HandoffQuestion.next_at), col(HandoffQuestion.id))
        .limit(limit)
    ).all()


def claim_question(books: Books, handoff_id: int) -> HandoffQuestion | None:
    """The question about this lead, held by this transaction, if it is still due and nobody else holds it."""
    return books.session.exec(
        select(HandoffQuestion)
        .where(
            HandoffQuestion.workspace_id == books.workspace_id,
            HandoffQuestion.handoff_id == handoff_id,
            col(HandoffQuestion.next_at) <= books.now,
        )
        .with_for_update(skip_locked=True)
    ).first()


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
