"""Questions about calls and the prompts asked about them."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from functools import cache

import sqlalchemy as sa
from sqlmodel import col, select

from bot.core.enums import PromptStatus
from storage.books import Books
from storage.tables import Call, Debrief, Person, Prompt


def by_key(books: Books, *, source: str, account: str, call_key: str, person_id: int) -> Call | None:
    given = {"source": source, "account": account, "call_key": call_key, "person_id": person_id}
    return books.session.scalars(_by_key(), {"workspace_id": books.workspace_id, **given}).first()


def of_person(books: Books, person_id: int, call_id: int) -> Call | None:
    """The call, if it is this person's."""
    return books.session.exec(
        select(Call).where(
            Call.workspace_id == books.workspace_id, Call.id == call_id, Call.person_id == person_id
        )
    ).first()


def asked_about_lately(books: Books, person_id: int, *, since: datetime, before: datetime) -> Sequence[Call]:
    """Calls with a prompt of their own that began before `before` and ended since `since`, latest first."""
    given = {"person_id": person_id, "since": since, "before": before}
    return books.session.scalars(_asked_about(), {"workspace_id": books.workspace_id, **given}).all()


def joined_to(books: Books, call_ids: Collection[int]) -> Sequence[Call]:
    """Later calls that share the prompt of one of these, oldest first."""
    return books.session.exec(
        select(Call)
        .where(Call.workspace_id == books.workspace_id, col(Call.joins_id).in_(call_ids))
        .order_by(col(Call.started_at))
    ).all()


def is_debriefed(books: Books, call_id: int) -> bool:
    found = books.session.exec(
        select(Debrief.id).where(Debrief.workspace_id == books.workspace_id, Debrief.call_id == call_id)
    )
    return found.first() is not None


def prompt_of(books: Books, call_id: int) -> Prompt | None:
    given = {"workspace_id": books.workspace_id, "call_id": call_id}
    return books.session.scalars(_prompt_of(), given).first()


def prompt_by_id(books: Books, prompt_id: int) -> Prompt | None:
    return books.session.exec(
        select(Prompt).where(Prompt.workspace_id == books.workspace_id, Prompt.id == prompt_id)
    ).first()


def due_prompts(books: Books, *, limit: int) -> Sequence[tuple[int, str | None]]:
    """Prompts to look at and the Slack users they are for, longest due first."""
    return books.session.exec(
        select(Prompt.id, Person.slack_user_id)
        .join(
            Person,
            sa.and_(col(Person.id) == Prompt.person_id, col(Person.workspace_id) == Prompt.workspace_id),
        )
        .where(Prompt.workspace_id == books.workspace_id, col(Prompt.next_at) <= books.now)
        .order_by(col(Prompt.next_at), col(Prompt.id))
        .limit(limit)
    ).all()


def claim_prompt(books: Books, prompt_id: int) -> Prompt | None:
    """The prompt, held by this transaction, if it is still due and nobody else holds it."""
    return books.session.exec(
        select(Prompt)
        .where(
            Prompt.workspace_id == books.workspace_id,
            Prompt.id == prompt_id,
            col(Prompt.next_at) <= books.now,
        )
        .with_for_update(skip_locked=True)
    ).first()


def asked_between(books: Books, person_id: int, *, start: datetime, end: datetime) -> int:
    """How many prompts this person was sent in [start, end)."""
    return books.session.exec(
        select(sa.func.count())
        .select_from(Prompt)
        .where(
            Prompt.workspace_id == books.workspace_id,
            Prompt.person_id == person_id,
            col(Prompt.asked_at) >= start,
            col(Prompt.asked_at) < end,
        )
    ).one()


def claim_enough_said(books: Books, person_id: int, day: date) -> bool:
    """Write down that the person heard, on this day of theirs, that its other calls wait; False: they had."""
    claimed = sa.update(Person).where(
        col(Person.workspace_id) == books.workspace_id,
        col(Person.id) == person_id,
        sa.or_(col(Person.enough_said_on).is_(None), col(Person.enough_said_on) != day),
    )
    return books.session.connection().execute(claimed.values(enough_said_on=day)).rowcount == 1


def recently_asked(books: Books, person_id: int, *, limit: int) -> Sequence[Prompt]:
    """The prompts this person was sent last, latest first."""
    return books.session.exec(
        select(Prompt)
        .where(
            Prompt.workspace_id == books.workspace_id,
            Prompt.person_id == person_id,
            col(Prompt.asked_at).is_not(None),
        )
        .order_by(col(Prompt.asked_at).desc(), col(Prompt.id).desc())
        .limit(limit)
    ).all()


OPEN_PROMPTS = (PromptStatus.WAITING, PromptStatus.ASKED, PromptStatus.REMINDED, PromptStatus.RESTING)


def open_calls(books: Books, person_id: int, *, limit: int) -> Sequence[Call]:
    """Calls this person may still debrief, latest first."""
    return books.session.exec(
        select(Call)
        .join(Prompt, sa.and_(col(Prompt.call_id) == Call.id, col(Prompt.workspace_id) == Call.workspace_id))
        .where(
            Call.workspace_id == books.workspace_id,
            Call.person_id == person_id,
            col(Prompt.status).in_(OPEN_PROMPTS),
        )
        .order_by(col(Call.ended_at).desc())
        .limit(limit)
    ).all()


def count_open(books: Books, person_id: int) -> int:
    return books.session.exec(
        select(sa.func.count())
        .select_from(Prompt)
        .where(
            Prompt.workspace_id == books.workspace_id,
            Prompt.person_id == person_id,
            col(Prompt.status).in_(OPEN_PROMPTS),
        )
    ).one()


@cache
def _by_key() -> sa.Select[Call]:
    """Built once, as the next: each call that comes in asks for them."""
    return sa.select(Call).where(
        col(Call.workspace_id) == sa.bindparam("workspace_id"),
        col(Call.source) == sa.bindparam("source"),
        col(Call.account) == sa.bindparam("account"),
        col(Call.call_key) == sa.bindparam("call_key"),
        col(Call.person_id) == sa.bindparam("person_id"),
    )


@cache
def _asked_about() -> sa.Select[Call]:
    return (
        sa.select(Call)
        .join(Prompt, sa.and_(col(Prompt.call_id) == Call.id, col(Prompt.workspace_id) == Call.workspace_id))
        .where(
            col(Call.workspace_id) == sa.bindparam("workspace_id"),
            col(Call.person_id) == sa.bindparam("person_id"),
            col(Call.started_at) <= sa.bindparam("before"),
            col(Call.ended_at) >= sa.bindparam("since"),
        )
        .order_by(col(Call.ended_at).desc())
    )


@cache
def _prompt_of() -> sa.Select[Prompt]:
    return sa.select(Prompt).where(
        col(Prompt.workspace_id) == sa.bindparam("workspace_id"),
        col(Prompt.call_id) == sa.bindparam("call_id"),
    )
