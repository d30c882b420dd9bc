"""Who looks after a team: those who hear of what it needs."""

from datetime import datetime

from sqlmodel import Session

from bot.services import members
from bot.services.members import Member
from storage.queries import keepers as queries


def of_team(session: Session, workspace_id: int, team_id: int, *, now: datetime) -> list[Member]:
    """The team's managers who are in Slack; where there is none (left, or never named), the workspace's admins."""
    managers = members.managers_of(session, workspace_id, team_id, now=now)
    if reached := [manager for manager in managers if manager.slack_user_id]:
        return reached
    return admins(session, workspace_id, now=now)


def admins(session: Session, workspace_id: int, *, now: datetime) -> list[Member]:
    """Those who are in Slack."""
    return [
        members.member(session, workspace_id, admin.id, now=now)
        for admin in queries.admins(session, workspace_id)
    ]
