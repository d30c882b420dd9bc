"""Questions about single deals, as their AEs keep them, and about the accounts of one AM."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlmodel import Session, col, select

from bot.words import DealStatus, Decision
from storage.tables import AccountValue, Deal, Handoff


def open_deals(session: Session, workspace_id: int, ae_id: int, *, limit: int) -> Sequence[Deal]:
    """The AE's, the latest first."""
    return session.exec(
        select(Deal)
        .where(Deal.workspace_id == workspace_id, Deal.ae_id == ae_id, Deal.status == DealStatus.OPEN)
        .order_by(sa.func.coalesce(Deal.opened_at, Deal.first_seen_at).desc(), col(Deal.id).desc())
        .limit(limit)
    ).all()


def of_ae(session: Session, workspace_id: int, ae_id: int, deal_id: int) -> Deal | None:
    """The deal, if it is this AE's."""
    return session.exec(
        select(Deal).where(Deal.workspace_id == workspace_id, Deal.id == deal_id, Deal.ae_id == ae_id)
    ).first()


def by_key(session: Session, workspace_id: int, deal_key: str) -> Deal | None:
    return session.exec(
        select(Deal).where(Deal.workspace_id == workspace_id, Deal.deal_key == deal_key)
    ).first()


def claim(session: Session, workspace_id: int, deal_id: int) -> Deal | None:
    """The deal, held by this transaction, so that its history has every change in order."""
    return session.exec(
        select(Deal).where(Deal.workspace_id == workspace_id, Deal.id == deal_id).with_for_update()
    ).first()


def leads_without_deal(session: Session, workspace_id: int, ae_id: int, *, limit: int) -> Sequence[Handoff]:
    """Leads that the AE accepted and that no deal came of yet, the latest first."""
    has_deal = sa.exists().where(
        col(Deal.handoff_id) == Handoff.id, col(Deal.workspace_id) == Handoff.workspace_id
    )
    return session.exec(
        select(Handoff)
        .where(
            Handoff.workspace_id == workspace_id,
            Handoff.ae_id == ae_id,
            Handoff.decision == Decision.ACCEPTED,
            ~has_deal,
        )
        .order_by(col(Handoff.decided_at).desc(), col(Handoff.id).desc())
        .limit(limit)
    ).all()


def accounts_of(session: Session, workspace_id: int, am_id: int) -> Sequence[AccountValue]:
    """The latest value of each account that this AM holds, by the account's name."""
    later = aliased(AccountValue)
    is_superseded = sa.exists().where(
        col(later.workspace_id) == AccountValue.workspace_id,
        col(later.account_key) == AccountValue.account_key,
        col(later.as_of) > AccountValue.as_of,
    )
    return session.exec(
        select(AccountValue)
        .where(
            AccountValue.workspace_id == workspace_id,
            AccountValue.am_id == am_id,
            AccountValue.value > Decimal(),
            ~is_superseded,
        )
        .order_by(col(AccountValue.account_key))
    ).all()


def value_on(session: Session, workspace_id: int, account: str, day: date) -> AccountValue | None:
    """What stood for the account on a day, whoever held it."""
    return session.exec(
        select(AccountValue)
        .where(
            AccountValue.workspace_id == workspace_id,
            AccountValue.account_key == account,
            AccountValue.as_of <= day,
        )
        .order_by(col(AccountValue.as_of).desc())
    ).first()
