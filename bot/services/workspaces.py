"""The workspace a request belongs to, and its settings."""

from dataclasses import dataclass
from datetime import time
from decimal import Decimal

from sqlmodel import Session, select

from bot.errors import NotFound
from bot.services import erasure
from storage.tables import Workspace


@dataclass(frozen=True, slots=True)
class WorkspaceSettings:
    """`tool_cost` per rep and month, `credit_rate` per hour, both in `currency`."""

    id: int
    name: str
    time_zone: str
    currency: str
    tool_cost: Decimal
    credit_rate: Decimal
    prior_trials: int
    stale_days: int
    prompts_per_day: int
    min_talk_seconds: int
    work_starts: time
    work_ends: time


def connect(session: Session, *, slack_team_id: str, name: str, bot_user_id: str, time_zone: str) -> int:
    """The id of the workspace of a Slack team; one imported before Slack was connected becomes it."""
    known = session.exec(select(Workspace).where(Workspace.slack_team_id == slack_team_id)).first()
    unclaimed = session.exec(select(Workspace).where(Workspace.slack_team_id == None)).first()  # noqa: E711  SQL
    workspace = known or unclaimed or Workspace(name=name, time_zone=time_zone)
    workspace.slack_team_id, workspace.name, workspace.bot_user_id = slack_team_id, name, bot_user_id
    session.add(workspace)
    session.flush()
    erasure.came_back(session, workspace.id)
    return workspace.id


def only(session: Session, *, time_zone: str) -> int:
    """The workspace that the command line speaks of; an empty database gets one, to be connected to Slack later."""
    ids = session.exec(select(Workspace.id).order_by(Workspace.id).limit(2)).all()  # type: ignore[arg-type]
    if len(ids) > 1:
        raise NotFound("This database has several workspaces; name one with --workspace.")
    if ids:
        return ids[0]
    workspace = Workspace(name="Cornerman", time_zone=time_zone)
    session.add(workspace)
    session.flush()
    return workspace.id


def settings(session: Session, workspace_id: int) -> WorkspaceSettings:
    row = session.get_one(Workspace, workspace_id)
    return WorkspaceSettings(**{name: getattr(row, name) for name in WorkspaceSettings.__dataclass_fields__})
