"""A whole workspace: every row of every table, then its name and settings."""

from sqlmodel import Session

from bot.services.erasure.people import note
from storage.queries import erasing as queries
from storage.tables import Erasure, Workspace

BATCH = 500


def erase_some(session: Session, erasure: Erasure) -> bool:
    """One batch; False when nothing is left but an empty workspace, as on the first day."""
    for table in queries.owned():
        found = queries.rows(session, erasure.workspace_id, table, BATCH)
        if found:
            queries.delete(session, erasure.workspace_id, table, [row["id"] for row in found])
            note(erasure, table.name, len(found))
            return True
    workspace = session.get_one(Workspace, erasure.workspace_id)
    note(erasure, "slack_bots", queries.delete_installations(session, workspace.slack_team_id))
    nothing = Workspace(name="Cornerman")
    for field in set(Workspace.model_fields) - {"id"}:
        setattr(workspace, field, getattr(nothing, field))
    session.flush()
    return False
