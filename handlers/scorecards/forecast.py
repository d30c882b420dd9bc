"""`/scorecard forecast`: what the quarter may still bring, and how earlier forecasts went."""

from bot.core.enums import OutboxKind
from bot.delivery import outbox
from bot.delivery.outbox import Message
from bot.people.domain import access
from bot.people.domain.access import Right
from bot.people.services import teams
from bot.scorecards.services import forecast_record, outlook
from bot.scorecards.views import forecast_record as views
from handlers.common import audit_views
from handlers.common.asker import scene
from handlers.scorecards.scorecard import Request


def send(request: Request) -> None:
    """By direct message after the ack: looking back over a year takes longer than Slack waits."""
    with request.reading() as books:
        here = scene(books, request.slack_user)
        name = request.asked.rest
        floor = teams.named(books, name) if name else teams.led(books, here.member)
        access.require(here.viewer, Right.SEE_TEAM, floor.subject)
        period = here.period(request.asked.period, floor)
    request.ack(text=views.on_its_way())
    with request.reading() as books:
        found = outlook.of_team(books, floor, period, as_of=request.now)
        record = forecast_record.of_team(books, floor, as_of=request.now)
    words = views.forecast(floor.name, found, record, here.reads)
    audit_views.saw_team(request.db, here, floor, "forecast")
    message = Message(
        OutboxKind.NOTICE, words.text, words.blocks, person_id=here.member.id, chart=words.chart
    )
    with request.writing() as books:
        outbox.put(books, message)
