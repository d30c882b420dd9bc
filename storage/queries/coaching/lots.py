"""Draws of scarce places with a coach: who was drawn, and who waits."""

from collections.abc import Sequence
from datetime import date

import sqlalchemy as sa
from sqlmodel import col, select

from bot.core.enums import CALLED_OFF
from storage.books import Books
from storage.tables import LotTicket, Pairing


def waiting(books: Books, team_id: int, *, since: date, week: date) -> Sequence[int]:
    """Learners without a place in a draw since then who have had no pair after it; the longest waiting first."""
    had_a_pair = sa.exists().where(
        col(Pairing.workspace_id) == LotTicket.workspace_id,
        col(Pairing.learner_id) == LotTicket.learner_id,
        col(Pairing.week) >= LotTicket.week,
        col(Pairing.week) < week,
        col(Pairing.status).not_in(CALLED_OFF),
    )
    rows = books.session.exec(
        select(LotTicket.learner_id)
        .where(
            LotTicket.workspace_id == books.workspace_id,
            LotTicket.team_id == team_id,
            col(LotTicket.week) >= since,
            col(LotTicket.week) < week,
            col(LotTicket.has_place).is_(False),
            ~had_a_pair,
        )
        .order_by(col(LotTicket.week), col(LotTicket.place))
    )
    return list(dict.fromkeys(rows))


def tickets(books: Books, before: date) -> Sequence[LotTicket]:
    """Of all draws before a day, oldest first."""
    return books.session.exec(
        select(LotTicket)
        .where(LotTicket.workspace_id == books.workspace_id, col(LotTicket.week) < before)
        .order_by(col(LotTicket.week), col(LotTicket.place), col(LotTicket.id))
    ).all()
