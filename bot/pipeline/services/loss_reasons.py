"""The reasons for which a workspace says that it loses: its own list, or the program's until somebody changes it."""

from bot.core.errors import BadInput, NotFound
from bot.core.i18n import gettext as _
from bot.people.domain import access
from bot.people.domain.access import Right, Viewer
from bot.pipeline.domain import losses as rules
from bot.pipeline.domain.losses import Reason
from storage.books import Books
from storage.queries.pipeline import deals as queries
from storage.tables import LossReason


def offered(books: Books) -> list[Reason]:
    """In their order."""
    rows = queries.every(books)
    return [_reason(row) for row in rows if row.retired_at is None] if rows else rules.defaults()


def known(books: Books) -> list[Reason]:
    """Whatever an answer may have been given with: those offered, those taken off, and the program's."""
    taken_off = [_reason(row) for row in queries.every(books) if row.retired_at is not None]
    return [*offered(books), *taken_off, *rules.defaults()]


def by_key(books: Books, key: str) -> Reason:
    """One that was offered once; raises NotFound."""
    found = next((one for one in known(books) if one.key == key), None)
    if found is None:
        raise NotFound(_("That reason is gone. Say why in your own words."))
    return found


def add(books: Books, viewer: Viewer, label: str, topic: str) -> Reason:
    """At the end of the list; one that was taken off comes back there. Raises BadInput, NotAllowed."""
    access.require(viewer, Right.CONFIGURE)
    rules.check(label, offered(books))
    _make_own(books)
    rows = queries.every(books)
    row = next((one for one in rows if one.label.casefold() == label.casefold()), None)
    row = row or LossReason(workspace_id=books.workspace_id, label=label, added_at=books.now)
    row.topic, row.retired_at = topic, None
    row.position = max(one.position for one in rows) + 1
    books.session.add(row)
    books.session.flush()
    return _reason(row)


def take_off(books: Books, viewer: Viewer, key: str) -> Reason:
    """Offered no more; what was answered with it keeps it. Raises NotFound, BadInput for the last one, NotAllowed."""
    access.require(viewer, Right.CONFIGURE)
    gone = by_key(books, key)
    if len(offered(books)) == 1:
        raise BadInput(_("One reason has to stay on the list."))
    _make_own(books)
    row = next(one for one in queries.every(books) if one.label.casefold() == gone.label.casefold())
    row.retired_at = row.retired_at or books.now
    books.session.flush()
    return gone


def _make_own(books: Books) -> None:
    """The first change makes the program's list the workspace's."""
    if queries.every(books):
        return
    books.session.add_all(
        LossReason(
            workspace_id=books.workspace_id,
            label=one.label,
            topic=one.topic,
            position=position,
            added_at=books.now,
        )
        for position, one in enumerate(rules.defaults())
    )
    books.session.flush()


def _reason(row: LossReason) -> Reason:
    return Reason(str(row.id), row.label, row.topic)
