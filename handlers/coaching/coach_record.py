"""`/coach record`: what a coach's sessions came to, for the coach and for the manager."""

from bot.coaching.services import coach_record
from bot.coaching.views import coach_record as views
from bot.core.errors import BadInput
from bot.core.i18n import gettext as _
from bot.people.domain.access import Right
from handlers.coaching.preferences import Request
from handlers.common import audit_views
from handlers.common.asker import scene


def show(request: Request) -> None:
    """One's own, or that of a coach one leads: `record @name`."""
    if request.words and request.mentioned is None:
        raise BadInput(_("Please name the coach with an @: `/coach record @name`."))
    with request.reading() as books:
        here = scene(books, request.slack_user)
        person = here.mentioned(request.mentioned or request.slack_user)
        here.require(Right.SEE_RECORD, person)
        record = coach_record.record_of_coach(books, person.id, as_of=request.now)
    audit_views.saw(request.db, here, person, "coach record")
    own = person.id == here.member.id
    request.ack(text=views.record_told(record, None if own else person.name, here.reads))
