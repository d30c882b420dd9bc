"""Questions about pulls from CRMs, and about deals and accounts that a CRM has no longer."""

from collections.abc import Collection, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from bot.core.enums import DealStatus
from storage.books import Books
from storage.tables import AccountValue, Call, CrmPull, CrmRefusal, Deal, Workspace


def pull(books: Books, crm: str, kind: str) -> CrmPull | None:
    return books.session.exec(
        select(CrmPull).where(
            CrmPull.workspace_id == books.workspace_id, CrmPull.crm == crm, CrmPull.kind == kind
        )
    ).first()


def claim(books: Books, crm: str, kind: str, *, until: datetime) -> bool:
    """Moves a due pull on; False where it is not due, or somebody else has it."""
    moved = books.session.execute(
        sa.update(CrmPull)
        .where(
            col(CrmPull.workspace_id) == books.workspace_id,
            col(CrmPull.crm) == crm,
            col(CrmPull.kind) == kind,
            col(CrmPull.next_at) <= books.now,
        )
        .values(next_at=until)
        .returning(col(CrmPull.id))
    )
    return moved.first() is not None


def pulls(books: Books) -> Sequence[CrmPull]:
    return books.session.exec(
        select(CrmPull)
        .where(CrmPull.workspace_id == books.workspace_id)
        .order_by(col(CrmPull.crm), col(CrmPull.kind))
    ).all()


def refusals(books: Books, crm: str, kind: str) -> Sequence[CrmRefusal]:
    return books.session.exec(
        select(CrmRefusal)
        .where(CrmRefusal.workspace_id == books.workspace_id, CrmRefusal.crm == crm, CrmRefusal.kind == kind)
        .order_by(col(CrmRefusal.id))
    ).all()


def refused(books: Books) -> Sequence[tuple[str, str, str, int]]:
    """CRM, kind, reason and how many rows were refused for it, the most frequent first."""
    count = sa.func.count()
    return books.session.exec(
        select(CrmRefusal.crm, CrmRefusal.kind, CrmRefusal.reason, count)
        .where(CrmRefusal.workspace_id == books.workspace_id)
        .group_by(CrmRefusal.crm, CrmRefusal.kind, CrmRefusal.reason)
        .order_by(count.desc(), CrmRefusal.reason)
    ).all()


def drop_refusals(books: Books, crm: str, kind: str, keys: Collection[str]) -> None:
    books.session.execute(
        sa.delete(CrmRefusal).where(
            col(CrmRefusal.workspace_id) == books.workspace_id,
            col(CrmRefusal.crm) == crm,
            col(CrmRefusal.kind) == kind,
            col(CrmRefusal.record_key).in_(keys),
        )
    )


def slack_teams(session: Session) -> dict[int, str | None]:
    """Every workspace with its Slack team."""
    return dict(session.exec(select(Workspace.id, Workspace.slack_team_id)).all())


def deals(books: Books, keys: Collection[str]) -> list[Deal]:
    """Closed ones first, then those known longest."""
    is_open = col(Deal.status) == DealStatus.OPEN
    return list(
        books.session.exec(
            select(Deal)
            .where(Deal.workspace_id == books.workspace_id, col(Deal.deal_key).in_(keys))
            .order_by(is_open, col(Deal.id))
        )
    )


def hand_calls_on(books: Books, deal_ids: Collection[int], to: int | None) -> None:
    books.session.execute(
        sa.update(Call)
        .where(col(Call.workspace_id) == books.workspace_id, col(Call.deal_id).in_(deal_ids))
        .values(deal_id=to)
    )


def drop_deals(books: Books, deal_ids: Collection[int]) -> int:
    """Their history goes with them."""
    hand_calls_on(books, deal_ids, None)
    books.session.execute(
        sa.delete(Deal).where(col(Deal.workspace_id) == books.workspace_id, col(Deal.id).in_(deal_ids))
    )
    return len(deal_ids)


def latest_values(books: Books, keys: Collection[str]) -> Sequence[AccountValue]:
    of_these = (AccountValue.workspace_id == books.workspace_id, col(AccountValue.account_key).in_(keys))
    last = (
        select(AccountValue.account_key, sa.func.max(AccountValue.as_of))
        .where(*of_these)
        .group_by(AccountValue.account_key)
    )
    both = sa.tuple_(col(AccountValue.account_key), col(AccountValue.as_of))
    return books.session.exec(select(AccountValue).where(*of_these, both.in_(last))).all()
