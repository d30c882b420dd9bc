"""Who confirmed what of a deal: it stands with the deal, whatever was written since."""

from collections.abc import Iterable

from bot.core.enums import Pinned
from bot.people.services import members
from bot.pipeline.domain.deal import MAX_NAME, Confirmed
from storage.books import Books
from storage.queries.pipeline import deals as queries
from storage.tables import DealPinned


def note(books: Books, deal_id: int, person_id: int, what: Iterable[Pinned], words: str) -> None:
    """The person confirms these, now; what is said without words keeps those that were said before."""
    rows, said = {row.what: row for row in queries.of_deal(books, deal_id)}, words.strip()[:MAX_NAME]
    for one in what:
        row = rows.get(one)
        if row is not None and row.person_id == person_id and said in ("", row.words):
            continue  # no news: an edit of something else leaves its day
        row = row or DealPinned(
            workspace_id=books.workspace_id, deal_id=deal_id, what=one, person_id=person_id, said_at=books.now
        )
        row.person_id, row.said_at = person_id, books.now
        row.words = said or row.words
        books.session.add(row)
    books.session.flush()


def words_of(books: Books, deal_id: int) -> str:
    """Who decides and by when, as it was said last."""
    rows = sorted(queries.of_deal(books, deal_id), key=lambda row: row.said_at, reverse=True)
    return next((row.words for row in rows if row.words), "")


def of_deal(books: Books, deal_id: int) -> list[Confirmed]:
    rows = queries.of_deal(books, deal_id)
    return [
        Confirmed(row.what, members.member(books, row.person_id).name, row.said_at, row.words) for row in rows
    ]
