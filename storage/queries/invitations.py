"""Questions about who was asked to coach."""

from datetime import date

from sqlmodel import Session, select

from storage.tables import CoachInvitation


def of_quarter(session: Session, workspace_id: int, person_id: int, quarter: date) -> CoachInvitation | None:
    return session.exec(
        select(CoachInvitation).where(
            CoachInvitation.workspace_id == workspace_id,
            CoachInvitation.person_id == person_id,
            CoachInvitation.quarter == quarter,
        )
    ).first()


def claim(session: Session, workspace_id: int, invitation_id: int) -> CoachInvitation | None:
    """Held by this transaction, so that two answers come one after the other."""
    return session.exec(
        select(CoachInvitation)
        .where(CoachInvitation.workspace_id == workspace_id, CoachInvitation.id == invitation_id)
        .with_for_update()
    ).first()
