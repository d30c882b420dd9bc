"""`/coach record`: what a coach's sessions came to, for the coach and for the manager."""

from slack_bolt import App

from bot.domain.access import Action as Act
from bot.errors import BadInput
from bot.inbox import Inbox
from bot.language import gettext as _
from bot.services import records
from bot.views import record as views
from handlers import coach
from handlers.coach import Request
from handlers.scene import scene


def register(_app: App, _inbox: Inbox) -> None:
    coach.VERBS["record"] = show


def show(request: Request) -> None:
    """One's own, or that of a coach one leads: `record @name`."""
    if request.words and request.mentioned is None:
        raise BadInput(_("Please name the coach with an @: `/coach record @name`."))
    with request.db.read() as session:
        here = scene(session, request.workspace_id, request.slack_user, request.now)
        person = here.mentioned(request.mentioned or request.slack_user)
        here.require(Act.SEE_RECORD, person)
        record = records.of(session, request.workspace_id, person.id, as_of=request.now)
    own = person.id == here.member.id
    request.ack(text=views.told(record, None if own else person.name, here.reads))
