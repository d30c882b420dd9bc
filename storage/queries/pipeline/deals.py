"""Questions about single deals, as their AEs keep them, why they are lost, and about the accounts of one AM."""

from collections.abc import Collection, Sequence
from datetime import date
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from bot.core.enums import DealStatus, Decision
from storage.books import Books
from storage.tables import AccountValue, Deal, DealPinned, Handoff, LossReason


def open_deals(books: Books, ae_id: int, *, limit: int) -> Sequence[Deal]:
    """The AE's, the latest first."""
    return books.session.exec(
        select(Deal)
        .where(Deal.workspace_id == books.workspace_id, Deal.ae_id == ae_id, Deal.status == DealStatus.OPEN)
        .order_by(sa.func.coalesce(Deal.opened_at, Deal.first_seen_at).desc(), col(Deal.id).desc())
        .limit(limit)
    ).all()


def of_ae(books: Books, ae_id: int, deal_id: int) -> Deal | None:
    """The deal, if it is this AE's."""
    return books.session.exec(
        select(Deal).where(Deal.workspace_id == books.workspace_id, Deal.id == deal_id, Deal.ae_id == ae_id)
    ).first()


def of_leads_untold(books: Books, *, limit: int) -> Sequence[tuple[Handoff, Deal]]:
    """Leads whose deal stands otherwise than when their SDR last heard of it, each with the deal."""
    return books.session.exec(
        select(Handoff, Deal)
        .join(
            Deal, sa.and_(col(Deal.handoff_id) == Handoff.id, col(Deal.workspace_id) == Handoff.workspace_id)
        )
        .where(
            Handoff.workspace_id == books.workspace_id,
            sa.or_(col(Handoff.told_of).is_(None), col(Handoff.told_of) != Deal.status),
        )
        .order_by(col(Deal.id))
        .limit(limit)
    ).all()


def losses(books: Books, ids: Collection[int]) -> Sequence[tuple[int, str, str, str]]:
    """Why, to whom and at which stage each of these deals was lost, as its AE said."""
    return books.session.exec(
        select(Deal.id, Deal.loss_reason, Deal.competitor, Deal.lost_stage).where(
            Deal.workspace_id == books.workspace_id, col(Deal.id).in_(ids)
        )
    ).all()


def left_until(books: Books, ids: Collection[int]) -> Sequence[tuple[int, date | None]]:
    """Of these deals, those that their AEs asked to leave, and until when."""
    rows = books.session.exec(
        select(Deal).where(
            Deal.workspace_id == books.workspace_id,
            col(Deal.id).in_(ids),
            col(Deal.left_until).is_not(None),
        )
    )
    return [(row.id, row.left_until) for row in rows]


def by_key(books: Books, deal_key: str) -> Deal | None:
    return books.session.exec(
        select(Deal).where(Deal.workspace_id == books.workspace_id, Deal.deal_key == deal_key)
    ).first()


def claim(books: Books, deal_id: int) -> Deal | None:
    """The deal, held by this transaction, so that its history has every change in order."""
    return books.session.exec(
        select(Deal).where(Deal.workspace_id == books.workspace_id, Deal.id == deal_id).with_for_update()
    ).first()


def leads_without_deal(books: Books, ae_id: int, *, limit: int) -> Sequence[Handoff]:
    """Leads that the AE accepted and that no deal came of yet, the latest first."""
    has_deal = sa.exists().where(
        col(Deal.handoff_id) == Handoff.id, col(Deal.workspace_id) == Handoff.workspace_id
    )
    return books.session.exec(
        select(Handoff)
        .where(
            Handoff.workspace_id == books.workspace_id,
            Handoff.ae_id == ae_id,
            Handoff.decision == Decision.ACCEPTED,
            ~has_deal,
        )
        .order_by(col(Handoff.decided_at).desc(), col(Handoff.id).desc())
        .limit(limit)
    ).all()


def accounts_of(books: Books, am_id: int) -> Sequence[AccountValue]:
    """The latest value of each account that this AM holds, by the account's name."""
    later = aliased(AccountValue)
    is_superseded = sa.exists().where(
        col(later.workspace_id) == AccountValue.workspace_id,
        col(later.account_key) == AccountValue.account_key,
        col(later.as_of) > AccountValue.as_of,
    )
    return books.session.exec(
        select(AccountValue)
        .where(
            AccountValue.workspace_id == books.workspace_id,
            AccountValue.am_id == am_id,
            AccountValue.value > Decimal(),
            ~is_superseded,
        )
        .order_by(col(AccountValue.account_key))
    ).all()


def value_on(books: Books, account: str, day: date) -> AccountValue | None:
    """What stood for the account on a day, whoever held it."""
    return books.session.exec(
        select(AccountValue)
        .where(
            AccountValue.workspace_id == books.workspace_id,
            AccountValue.account_key == account,
            AccountValue.as_of <= day,
        )
        .order_by(col(AccountValue.as_of).desc())
    ).first()


def every(books: Books) -> Sequence[LossReason]:
    """Those taken off too, in their order."""
    return books.session.exec(
        select(LossReason)
        .where(LossReason.workspace_id == books.workspace_id)
        .order_by(col(LossReason.position), col(LossReason.id))
    ).all()


def of_deal(books: Books, deal_id: int) -> Sequence[DealPinned]:
    return books.session.exec(
        select(DealPinned)
        .where(DealPinned.workspace_id == books.workspace_id, DealPinned.deal_id == deal_id)
        .order_by(col(DealPinned.what).desc())
    ).all()
