"""Questions about debriefs and what coaches said to them."""

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa
from sqlmodel import Session, col, select

from bot.words import PairingStatus
from storage.tables import Debrief, DebriefTag, Feedback, Pairing, Story


def of_call(session: Session, workspace_id: int, call_id: int) -> Debrief | None:
    return session.exec(
        select(Debrief).where(Debrief.workspace_id == workspace_id, Debrief.call_id == call_id)
    ).first()


def by_id(session: Session, workspace_id: int, debrief_id: int) -> Debrief | None:
    return session.exec(
        select(Debrief).where(Debrief.workspace_id == workspace_id, Debrief.id == debrief_id)
    ).first()


def tags_of(session: Session, workspace_id: int, debrief_id: int) -> Sequence[DebriefTag]:
    return session.exec(
        select(DebriefTag)
        .where(DebriefTag.workspace_id == workspace_id, DebriefTag.debrief_id == debrief_id)
        .order_by(col(DebriefTag.id))
    ).all()


def story_of(session: Session, workspace_id: int, debrief_id: int) -> Story | None:
    return session.exec(
        select(Story).where(Story.workspace_id == workspace_id, Story.debrief_id == debrief_id)
    ).first()


def feedback_of(session: Session, workspace_id: int, debrief_id: int, coach_id: int) -> Feedback | None:
    return session.exec(
        select(Feedback).where(
            Feedback.workspace_id == workspace_id,
            Feedback.debrief_id == debrief_id,
            Feedback.coach_id == coach_id,
        )
    ).first()


def feedback_to(session: Session, workspace_id: int, learner_id: int, feedback_id: int) -> Feedback | None:
    """The feedback, if it is on this learner's debrief, held by this transaction."""
    return session.exec(
        select(Feedback)
        .join(
            Debrief,
            sa.and_(
                col(Debrief.id) == Feedback.debrief_id, col(Debrief.workspace_id) == Feedback.workspace_id
            ),
        )
        .where(
            Feedback.workspace_id == workspace_id,
            Feedback.id == feedback_id,
            Debrief.person_id == learner_id,
        )
        .with_for_update(of=Feedback)
    ).first()


RUNNING = (PairingStatus.ACCEPTED, PairingStatus.MET)


def running_pairing_of(
    session: Session, workspace_id: int, learner_id: int, *, monday: date
) -> Pairing | None:
    """The pair that this learner has agreed to for the week that begins on `monday`."""
    return session.exec(
        select(Pairing).where(
            Pairing.workspace_id == workspace_id,
            Pairing.learner_id == learner_id,
            Pairing.week == monday,
            col(Pairing.status).in_(RUNNING),
        )
    ).first()
