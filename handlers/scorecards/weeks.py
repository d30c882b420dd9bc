"""`/scorecard weeks`: a team over 13 weeks, as a picture and a table, by direct message."""

from bot.core.enums import OutboxKind
from bot.delivery import outbox
from bot.delivery.outbox import Message
from bot.people.domain import access
from bot.people.domain.access import Right
from bot.people.services import teams
from bot.people.services import workspace as workspaces
from bot.scorecards.services import weeks
from bot.scorecards.views import weeks as views
from handlers.common import audit_views
from handlers.common.asker import scene
from handlers.scorecards.scorecard import Request


def send(request: Request) -> None:
    """After the ack: thirteen weeks of everybody take longer than Slack waits."""
    with request.reading() as books:
        here = scene(books, request.slack_user)
        name = request.asked.rest
        floor = teams.named(books, name) if name else teams.led(books, here.member)
        access.require(here.viewer, Right.SEE_TEAM, floor.subject)
    request.ack(text=views.on_its_way())
    with request.reading() as books:
        roles = weeks.of_team(books, floor, as_of=request.now)
        currency = workspaces.settings(books).currency
    audit_views.saw_team(request.db, here, floor, "weeks")
    message = Message(OutboxKind.NOTICE, views.nobody(floor.name), person_id=here.member.id)
    if roles:
        words = views.over_time(floor.name, roles, currency, here.reads)
        message = Message(
            OutboxKind.NOTICE, words.text, words.blocks, person_id=here.member.id, chart=words.chart
        )
    with request.writing() as books:
        outbox.put(books, message)
