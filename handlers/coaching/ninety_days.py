"""`/scorecard ninety`: a new manager's first ninety days."""

from bot.coaching.services.new_roles import ninety_days
from bot.coaching.views.new_roles import ninety_days as views
from bot.people.domain import access
from bot.people.domain.access import Right
from bot.people.services import teams
from handlers.common import audit_views
from handlers.common.asker import scene
from handlers.scorecards.scorecard import Request


def show(request: Request) -> None:
    """Of the team that one leads, or names."""
    with request.reading() as books:
        here = scene(books, request.slack_user)
        name = request.asked.rest
        floor = teams.named(books, name) if name else teams.led(books, here.member)
        access.require(here.viewer, Right.SEE_TEAM, floor.subject)
        words = views.page(ninety_days.page(books, here.member, floor), here.reads)
    audit_views.saw_team(request.db, here, floor, "ninety days")
    request.ack(text=words.text, blocks=words.blocks)
