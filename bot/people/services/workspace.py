"""The workspace a request belongs to, and its settings."""

from dataclasses import dataclass
from datetime import time
from decimal import Decimal
from functools import cache

import sqlalchemy as sa
from sqlmodel import Session, col, select

from bot.core.coaching_enums import PaidBy
from bot.core.errors import NotFound
from bot.core.session_cache import read_once
from storage.books import Books
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
    paid_by: PaidBy
    stale_days: int
    prompts_per_day: int
    min_talk_seconds: int
    work_starts: time
    work_ends: time
    reads_transcripts: bool


def connect(
    session: Session,
    *,
    slack_team_id: str,
    name: str,
    bot_user_id: str,
    scopes: str | None = None,
    time_zone: str,
) -> int:
    """The id of the workspace of a Slack team; one imported before any Slack was connected becomes it.

    `scopes` are those granted, with commas; None keeps what is known.
    """
    everyone = session.exec(select(Workspace).order_by(col(Workspace.id))).all()
    known = next((one for one in everyone if one.slack_team_id == slack_team_id), None)
    if known is None and not any(one.slack_team_id for one in everyone):
        known = next(iter(everyone), None)
    workspace = known or Workspace(name=name, time_zone=time_zone)
    workspace.slack_team_id, workspace.name, workspace.bot_user_id = slack_team_id, name, bot_user_id
    workspace.scopes = scopes or workspace.scopes
    session.add(workspace)
    session.flush()
    return workspace.id


def chosen(session: Session, name: str | None, *, time_zone: str) -> int:
    """The workspace of this Slack team id or name; without one the only one there is."""
    if name is None:
        return only(session, time_zone=time_zone)
    found = session.exec(
        select(Workspace.id).where((Workspace.slack_team_id == name) | (Workspace.name == name))
    ).all()
    if len(found) != 1:
        raise NotFound(
            f"{len(found) or 'No'} workspaces here are called {name}; its Slack team id (T…) is surer."
        )
    return found[0]


def only(session: Session, *, time_zone: str) -> int:
    """The workspace that the command line speaks of; an empty database gets one, to be connected to Slack later."""
    ids = session.exec(select(Workspace.id).order_by(Workspace.id).limit(2)).all()  # type: ignore[arg-type]
    if len(ids) > 1:
        raise NotFound("This database has several workspaces; name one: cornerman --workspace T0123ABCD ….")
    if ids:
        return ids[0]
    workspace = Workspace(name="Cornerman", time_zone=time_zone)
    session.add(workspace)
    session.flush()
    return workspace.id


def settings(books: Books) -> WorkspaceSettings:
    return _settings_of(books.session, books.workspace_id)


@read_once
def _settings_of(session: Session, workspace_id: int) -> WorkspaceSettings:
    return WorkspaceSettings(*session.execute(_settings(), {"workspace_id": workspace_id}).one())


@cache
def _settings() -> sa.Executable:
    """Built once: nearly everything asks for it."""
    columns = (getattr(Workspace, name) for name in WorkspaceSettings.__dataclass_fields__)
    return sa.select(*columns).where(col(Workspace.id) == sa.bindparam("workspace_id"))


def scopes(books: Books) -> str | None:
    """What the app was granted there, with commas; None until Slack has told."""
    return books.session.get_one(Workspace, books.workspace_id).scopes


def slack_team(books: Books) -> str | None:
    """Slack's id of it; None before Slack was connected."""
    return books.session.get_one(Workspace, books.workspace_id).slack_team_id
