"""`/scorecard audit`: who looked at or changed what, for admins."""

from bot.people.domain import access
from bot.people.domain.access import Right
from bot.people.services import audit_log
from bot.privacy.views import audit as views
from handlers.common.asker import scene
from handlers.scorecards.scorecard import Request


def show(request: Request) -> None:
    with request.reading() as books:
        here = scene(books, request.slack_user)
        access.require(here.viewer, Right.SEE_AUDIT)
        found = audit_log.entries(books, most=views.MOST)
    words = views.log(found, here.reads)
    request.ack(blocks=words.blocks, text=words.text)
