"""Questions about calls and the prompts asked about them."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from bot.words import PromptStatus
from storage.tables import Call, Person, Prompt


def by_key(
    session: Session, workspace_id: int, *, source: str, account: str, call_key: str, person_id: int
) -> Call | None:
    return session.exec(
        select(Call).where(
            Call.workspace_id == workspace_id,
            Call.source == source,
            Call.account == account,
            Call.call_key == call_key,
            Call.person_id == person_id,
        )
    ).first()


def of_person(session: Session, workspace_id: int, person_id: int, call_id: int) -> Call | None:
    """The call, if it is this person's."""
    return session.exec(
        select(Call).where(Call.workspace_id == workspace_id, Call.id == call_id, Call.person_id == person_id)
    ).first()


def asked_about_lately(
    session: Session, workspace_id: int, person_id: int, *, since: datetime, before: datetime
) -> Sequence[Call]:
    """Calls with a prompt of their own that began before `before` and ended since `since`, latest first."""
    return session.exec(
        select(Call)
        .join(Prompt, sa.and_(col(Prompt.call_id) == Call.id, col(Prompt.workspace_id) == Call.workspace_id))
        .where(
            Call.workspace_id == workspace_id,
            Call.person_id == person_id,
            col(Call.started_at) <= before,
            col(Call.ended_at) >= since,
        )
        .order_by(col(Call.ended_at).desc())
    ).all()


def joined_to(session: Session, workspace_id: int, call_id: int) -> Sequence[Call]:
    """Later calls that share this call's prompt, oldest first."""
    return session.exec(
        select(Call)
        .where(Call.workspace_id == workspace_id, Call.joins_id == call_id)
        .order_by(col(Call.started_at))
    ).all()


def prompt_of(session: Session, workspace_id: int, call_id: int) -> Prompt | None:
    return session.exec(
        select(Prompt).where(Prompt.workspace_id == workspace_id, Prompt.call_id == call_id)
    ).first()


def prompt_by_id(session: Session, workspace_id: int, prompt_id: int) -> Prompt | None:
    return session.exec(
        select(Prompt).where(Prompt.workspace_id == workspace_id, Prompt.id == prompt_id)
    ).first()


def due_prompts(
    session: Session, workspace_id: int, *, now: datetime, limit: int
) -> Sequence[tuple[int, str | None]]:
    """Prompts to look at and the Slack users they are for, longest due first."""
    return session.exec(
        select(Prompt.id, Person.slack_user_id)
        .join(
            Person,
            sa.and_(col(Person.id) == Prompt.person_id, col(Person.workspace_id) == Prompt.workspace_id),
        )
        .where(Prompt.workspace_id == workspace_id, col(Prompt.next_at) <= now)
        .order_by(col(Prompt.next_at), col(Prompt.id))
        .limit(limit)
    ).all()


def claim_prompt(session: Session, workspace_id: int, prompt_id: int, *, now: datetime) -> Prompt | None:
    """The prompt, held by this transaction, if it is still due and nobody else holds it."""
    return session.exec(
        select(Prompt)
        .where(Prompt.workspace_id == workspace_id, Prompt.id == prompt_id, col(Prompt.next_at) <= now)
        .with_for_update(skip_locked=True)
    ).first()


def asked_between(
    session: Session, workspace_id: int, person_id: int, *, start: datetime, end: datetime
) -> int:
    """How many prompts this person was sent in [start, end)."""
    return session.exec(
        select(sa.func.count())
        .select_from(Prompt)
        .where(
            Prompt.workspace_id == workspace_id,
            Prompt.person_id == person_id,
            col(Prompt.asked_at) >= start,
            col(Prompt.asked_at) < end,
        )
    ).one()


def recently_asked(session: Session, workspace_id: int, person_id: int, *, limit: int) -> Sequence[Prompt]:
    """The prompts this person was sent last, latest first."""
    return session.exec(
        select(Prompt)
        .where(
            Prompt.workspace_id == workspace_id,
            Prompt.person_id == person_id,
            col(Prompt.asked_at).is_not(None),
        )
        .order_by(col(Prompt.asked_at).desc(), col(Prompt.id).desc())
        .limit(limit)
    ).all()


OPEN_PROMPTS = (PromptStatus.WAITING, PromptStatus.ASKED, PromptStatus.REMINDED, PromptStatus.RESTING)


def open_calls(session: Session, workspace_id: int, person_id: int, *, limit: int) -> Sequence[Call]:
    """Calls this person may still debrief, latest first."""
    return session.exec(
        select(Call)
        .join(Prompt, sa.and_(col(Prompt.call_id) == Call.id, col(Prompt.workspace_id) == Call.workspace_id))
        .where(
            Call.workspace_id == workspace_id,
            Call.person_id == person_id,
            col(Prompt.status).in_(OPEN_PROMPTS),
        )
        .order_by(col(Call.ended_at).desc())
        .limit(limit)
    ).all()


def count_open(session: Session, workspace_id: int, person_id: int) -> int:
    return session.exec(
        select(sa.func.count())
        .select_from(Prompt)
        .where(
            Prompt.workspace_id == workspace_id,
            Prompt.person_id == person_id,
            col(Prompt.status).in_(OPEN_PROMPTS),
        )
    ).one()
