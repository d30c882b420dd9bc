"""An expected close that moves for the second time is asked about: what changed?"""

from collections import defaultdict
from datetime import datetime, timedelta

from bot.core.enums import SlipCause
from bot.core.errors import NotFound
from bot.core.i18n import gettext as _
from bot.people.services.members import Member
from bot.pipeline.domain.plunger import ASKED_FROM, Moved
from bot.pipeline.services import deals
from storage.books import Books
from storage.insert_once import insert_once
from storage.queries.pipeline import stuck as queries
from storage.tables import SlipReason

ASKED_FOR = timedelta(days=14)
"""How long after the move the question stands."""


def asks_why(books: Books, deal_id: int) -> bool:
    """Whether the next move of its expected close is one of which it is asked what changed."""
    return len(queries.moves(books, [deal_id])) + 1 >= ASKED_FROM


def unexplained(books: Books, ae: Member) -> list[Moved]:
    """The AE's own open deals that moved lately, not for the first time, and of which they have not said why."""
    if not (moved := queries.moved_since(books, ae.id, books.now - ASKED_FOR)):
        return []
    ids = [deal.id for deal in moved]
    moved_at: dict[int, list[datetime]] = defaultdict(list)
    for move in queries.moves(books, ids):
        moved_at[move.deal_id].append(move.changed_at)
    explained = set(queries.explained(books, ids))
    return [
        Moved(deal.id, deal.company, times, deal.expected_close)
        for deal in moved
        if (times := len(moved_at[deal.id])) >= ASKED_FROM
        and (deal.id, moved_at[deal.id][-1]) not in explained
    ]


def unexplained_one(books: Books, ae: Member, deal_id: int) -> Moved | None:
    """The one deal, where it is to be asked about."""
    return next((one for one in unexplained(books, ae) if one.deal_id == deal_id), None)


def explain(books: Books, ae: Member, deal_id: int, cause: SlipCause) -> None:
    """Of the latest move, once; raises NotFound for a deal that is not the AE's."""
    deals.draft_of(books, ae, deal_id)
    moves = queries.moves(books, [deal_id])
    if not moves:
        raise NotFound(_("Its expected close has not moved."))
    row = SlipReason(
        workspace_id=books.workspace_id,
        deal_id=deal_id,
        moved_at=moves[-1].changed_at,
        cause=cause,
        said_at=books.now,
    )
    insert_once(books.session, row)
