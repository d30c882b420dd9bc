"""`/scorecard audit`: who looked at or changed what, for admins."""

from slack_bolt import App

from bot.domain import access
from bot.domain.access import Action as Act
from bot.inbox import Inbox
from bot.services import audit
from bot.views import audit as views
from handlers import scorecard
from handlers.scene import scene
from handlers.scorecard import Request


def register(_app: App, _inbox: Inbox) -> None:
    scorecard.VERBS["audit"] = show


def show(request: Request) -> None:
    with request.db.read() as session:
        here = scene(session, request.workspace_id, request.slack_user, request.now)
        access.require(here.viewer, Act.SEE_AUDIT)
        found = audit.entries(session, request.workspace_id, most=views.MOST)
    blocks, text = views.log(found, here.reads)
    request.ack(blocks=blocks, text=text)
