"""The Home tab as a whole: drawn from its sections, published to its person."""

from datetime import datetime

from slack_sdk import WebClient
from slack_sdk.models.views import View as HomeTab

from bot.services import members, setup
from bot.views import home as views
from bot.views import setup as setup_views
from handlers.home.sections import SECTIONS
from storage.database import Session


def drawn(session: Session, workspace_id: int, slack_user: str, *, now: datetime) -> HomeTab:
    if not members.is_known(session, workspace_id, slack_user):
        nobody_yet = [] if setup.has_admin(session, workspace_id) else setup_views.begin()
        return views.home([views.stranger(members.STRANGER), nobody_yet])
    person = members.me(session, workspace_id, slack_user, now=now)
    return views.home([section(session, workspace_id, person, now) for section in SECTIONS])


def publish(client: WebClient, slack_user: str, view: HomeTab) -> None:
    client.views_publish(user_id=slack_user, view=view)
