"""Being forgotten: by one's own wish, a closed Slack account, the app's removal; and `/scorecard audit`, for
admins.
"""

from slack_bolt import App

from bot.blocks.ids import Action, Input, View
from bot.core.enums import AuditAct, ErasureCause, OutboxKind
from bot.core.errors import BadInput
from bot.core.i18n import gettext as _
from bot.delivery import outbox
from bot.delivery.inbox import Event, Inbox
from bot.delivery.outbox import File, Message
from bot.people.domain import access
from bot.people.domain.access import Right, Subject
from bot.people.services import audit_log, erasure_requests
from bot.privacy.views import audit as audit_views
from bot.privacy.views import privacy as views
from handlers.common import forms
from handlers.common.asker import Scene, scene
from handlers.common.heard import Click, Submission, clicked, submitted
from handlers.scorecards.scorecard import Request
from storage.books import Books


def register(app: App, inbox: Inbox) -> None:
    app.action(Action.FORGET_ME)(clicked(open_form))
    app.action(Action.KEEP_DATA)(clicked(keep))
    app.view(View.FORGET_ME)(submitted(forget))
    inbox.on("app_uninstalled", removed)
    inbox.on("tokens_revoked", revoked)


def open_form(click: Click) -> None:
    with click.reading() as books:
        scene(books, click.slack_user)
    click.ack()
    click.client.views_open(trigger_id=click.trigger_id, view=views.form())


def forget(sent: Submission) -> None:
    if views.UNDERSTOOD not in forms.choices(sent.view, Input.SURE):
        raise BadInput(_("Please tick the box first."), field=Input.SURE)
    with sent.writing() as books:
        me = scene(books, sent.slack_user).member.id
        erasure_requests.ask(books, me, ErasureCause.ASKED)
        audit_log.note(books, me, AuditAct.ASKED_TO_ERASE, whom_id=me)
    sent.ack(response_action="update", view=views.begun())


def keep(click: Click) -> None:
    """An admin calls off what a closed account started."""
    with click.writing() as books:
        here = scene(books, click.slack_user)
        access.require(here.viewer, Right.ERASE, Subject())
        request = erasure_requests.call_off(books, click.id)
        audit_log.note(books, here.member.id, AuditAct.KEPT, whom_id=request.person_id)
    click.ack()
    click.respond(text=views.kept(request.name), replace_original=True)


def removed(books: Books, event: Event) -> None:
    """The app is out of this Slack: nothing more is said, and all its data goes."""
    request = erasure_requests.ask(books, None, ErasureCause.UNINSTALLED)
    audit_log.note(books, None, AuditAct.ASKED_TO_ERASE, what=request.cause)


def revoked(books: Books, event: Event) -> None:
    """The bot's own token; people's tokens are none of ours."""
    if event.body["event"].get("tokens", {}).get("bot"):
        removed(books, event)


FILE = "audit.csv"
MOST_IN_FILE = 100_000


def show(request: Request) -> None:
    """The newest, or all of it as a file: `audit file`."""
    if request.asked.rest.lower() == "file":
        _send_file(request)
        return
    with request.reading() as books:
        here = _admin(request, books)
        found = audit_log.entries(books, most=audit_views.MOST)
    words = audit_views.log(found, here.reads)
    request.ack(blocks=words.blocks, text=words.text)


def _send_file(request: Request) -> None:
    with request.reading() as books:
        here = _admin(request, books)
    request.ack(text=audit_views.file_comes())
    with request.reading() as books:
        body = audit_views.as_file(audit_log.entries(books, most=MOST_IN_FILE))
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
