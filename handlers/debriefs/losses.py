"""`/scorecard losses`: for those who lead, why deals and calls were lost."""

from dataclasses import replace

from bot.coaching.services import preferences
from bot.debriefs.services import losses
from bot.debriefs.views import losses as views
from bot.people.domain import access
from bot.people.domain.access import Right
from bot.people.services import teams
from handlers.common import asker
from handlers.common.asker import scene
from handlers.scorecards.scorecard import Request

DEFAULT = "quarter"


def show(request: Request) -> None:
    """Of the running quarter, unless another time is asked for. An admin who leads no team reads no rep's words."""
    with request.reading() as books:
        here = scene(books, request.slack_user)
        name = request.asked.rest
        floor = teams.named(books, name) if name else teams.led(books, here.member)
        access.require(here.viewer, Right.SEE_TEAM, floor.subject)
        period = here.period(request.asked.period or DEFAULT, floor)
        with_words = access.may(here.viewer, Right.SEE_DEBRIEF, floor.subject)
        found = losses.of_team(books, floor, period, with_words=with_words)
        if found.topic:
            helpers = preferences.who_offers(books, found.topic, floor)
            found = replace(found, coaches=tuple(helpers))
        words = views.told(floor.name, period.label, found, here.reads)
    asker.saw_team(request.db, here, floor, "losses")
    request.ack(blocks=words.blocks, text=words.text)
