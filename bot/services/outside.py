"""What does not come in from outside as it should, in sentences for an admin."""

from collections.abc import Iterator

from sqlmodel import Session

from bot.services import agents, pulls
from storage.queries.crm import slack_teams


def crm_troubles(session: Session, workspace_id: int) -> Iterator[str]:
    for one in pulls.troubled(session, workspace_id):
        yield f"{one.crm}, {one.kind}: {one.why}"


def crm_refusals(session: Session, workspace_id: int) -> Iterator[str]:
    for one in pulls.refused(session, workspace_id):
        rows = "1 row" if one.rows == 1 else f"{one.rows} rows"
        yield f"{one.crm}, {rows} of {one.kind} refused: {one.reason}"


def crm_of_all(session: Session) -> Iterator[str]:
    """Over all workspaces."""
    for workspace_id in slack_teams(session):
        yield from crm_troubles(session, workspace_id)
        yield from crm_refusals(session, workspace_id)


def unnamed_of_all(session: Session) -> int:
    """How many agents nobody has named, over all workspaces."""
    return sum(agents.count_unnamed(session, workspace_id) for workspace_id in slack_teams(session))
