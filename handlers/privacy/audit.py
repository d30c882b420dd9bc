"""`/scorecard audit`: who looked at or changed what, for admins."""

from bot.core.enums import AuditAct, OutboxKind
from bot.core.i18n import gettext as _
from bot.delivery import outbox
from bot.delivery.outbox import File, Message
from bot.people.domain import access
from bot.people.domain.access import Right
from bot.people.services import audit_log
from bot.privacy.views import audit as views
from handlers.common.asker import Scene, scene
from handlers.scorecards.scorecard import Request
from storage.books import Books

FILE = "audit.csv"
MOST_IN_FILE = 100_000


def show(request: Request) -> None:
    """The newest, or all of it as a file: `audit file`."""
    if request.asked.rest.lower() == "file":
        _send_file(request)
        return
    with request.reading() as books:
        here = _admin(request, books)
        found = audit_log.entries(books, most=views.MOST)
    words = views.log(found, here.reads)
    request.ack(blocks=words.blocks, text=words.text)


def _send_file(request: Request) -> None:
    with request.reading() as books:
        here = _admin(request, books)
    request.ack(text=views.file_comes())
    with request.reading() as books:
        body = views.as_file(audit_log.entries(books, most=MOST_IN_FILE))
    with request.writing() as books:
        message = Message(
            OutboxKind.FILE,
            _("Who looked at or changed what."),
            person_id=here.member.id,
            file=File(FILE, body),
        )
        outbox.put(books, message)
        audit_log.note(books, here.member.id, AuditAct.EXPORTED, what="audit log")


def _admin(request: Request, books: Books) -> Scene:
    here = scene(books, request.slack_user)
    access.require(here.viewer, Right.SEE_AUDIT)
    return here
