"""Deals as their AE keeps them over Slack, and what is stored of them."""

from typing import Any

from sqlmodel import col, select

from bot.sandbox import Member, text_of
from storage.tables import Deal, DealChange, DealField
from tests.support.office import Office


def writes(ae: Member, deal: str | None = None, **fields: Any) -> dict[str, str]:
    """Fills the deal form, of a new deal or of the one picked; the errors it comes back with."""
    ae.commands("/scorecard deal")
    if deal is not None:
        ae.submits(deal=deal)
    errors = ae.submits(**fields).errors
    if not errors:
        assert "✓" in text_of(ae.modal)
        ae.closes()
    return errors


def deals(office: Office) -> list[Deal]:
    with office.db.read() as session:
        return list(session.exec(select(Deal).order_by(col(Deal.id))))


def only_deal(office: Office) -> Deal:
    [deal] = deals(office)
    return deal


def history(office: Office, field: DealField) -> list[tuple[str | None, str | None]]:
    with office.db.read() as session:
        rows = session.exec(select(DealChange).where(DealChange.field == field).order_by(col(DealChange.id)))
        return [(row.old, row.new) for row in rows]
