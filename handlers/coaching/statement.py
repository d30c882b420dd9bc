"""`/coach paid`: what a coach's sessions of a month earn, for the coach and for the manager."""

from bot.coaching.services import credits
from bot.coaching.views import statement as views
from bot.people.domain.access import Right
from bot.people.services import workspace as workspaces
from bot.scorecards.domain.command import MENTION
from handlers.coaching.preferences import Request
from handlers.common import audit_views
from handlers.common.asker import scene

DEFAULT = "month"


def show(request: Request) -> None:
    """One's own, or that of a coach one leads: `paid @name last month`."""
    words = [word for word in request.words if not MENTION.fullmatch(word)]
    with request.reading() as books:
        here = scene(books, request.slack_user)
        coach = here.mentioned(request.mentioned or request.slack_user)
        floor = here.require(Right.SEE_RECORD, coach)
        statement = credits.of_coach(books, coach.id, here.period(" ".join(words) or DEFAULT, floor))
        learners = credits.learners_of(books, statement)
        currency = workspaces.settings(books).currency
    audit_views.saw(request.db, here, coach, "coaching statement")
    own = coach.id == here.member.id
    told = views.told(statement, None if own else coach.name, learners, currency, here.reads)
    request.ack(text=told.text, blocks=told.blocks)
