"""A whole workspace: every row of every table, then its name and settings."""

from bot.privacy.services.erasure.people import note
from storage.books import Books
from storage.queries.privacy import erasure as queries
from storage.tables import Erasure, Workspace

BATCH = 500


def erase_whole(books: Books, erasure: Erasure) -> bool:
    """One batch; False when nothing is left but an empty workspace, as on the first day."""
    for table in queries.owned():
        found = queries.rows(books, table, BATCH)
        if found:
            queries.delete(books, table, [row["id"] for row in found])
            note(erasure, table.name, len(found))
            return True
    workspace = books.session.get_one(Workspace, erasure.workspace_id)
    note(erasure, "slack_bots", queries.delete_installations(books.session, workspace.slack_team_id))
    nothing = Workspace(name="Cornerman")
    for field in set(Workspace.model_fields) - {"id"}:
        setattr(workspace, field, getattr(nothing, field))
    books.session.flush()
    return False
