"""`/scorecard reasons`: an admin changes the list of reasons for which the workspace says that it loses."""

from slack_bolt import App
from slack_sdk.models.views import View as Modal

from bot.blocks.ids import Action, Input, View
from bot.core.i18n import gettext as _
from bot.debriefs.domain.debrief import TAGS
from bot.delivery.inbox import Inbox
from bot.people.domain import access
from bot.people.domain.access import Right
from bot.pipeline.services import loss_reasons
from bot.pipeline.views import loss_reasons as views
from handlers.common import forms
from handlers.common.asker import Scene, scene
from handlers.common.heard import Click, Heard, Submission, clicked, submitted


def register(app: App, _inbox: Inbox) -> None:
    app.action(Action.LOSS_REASON_NEW)(clicked(open_form))
    app.action(Action.LOSS_REASON_OFF)(clicked(take_off))
    app.view(View.LOSS_REASON)(submitted(submit))


def open_list(asked: Heard) -> None:
    with asked.reading() as books:
        here = scene(books, asked.slack_user)
        access.require(here.viewer, Right.CONFIGURE)
        view = _listed(here)
    asked.ack()
    asked.client.views_open(trigger_id=asked.trigger_id, view=view)


def open_form(click: Click) -> None:
    """In place of the list, which comes back with the new one in it."""
    with click.reading() as books:
        access.require(scene(books, click.slack_user).viewer, Right.CONFIGURE)
    click.ack()
    click.client.views_update(view_id=click.body["view"]["id"], view=views.form(_topics()))


def submit(sent: Submission) -> None:
    with sent.writing() as books:
        here = scene(books, sent.slack_user)
        label = " ".join(forms.text(sent.view, Input.NAME).split())
        loss_reasons.add(books, here.viewer, label, forms.choice(sent.view, Input.KIND))
        view = _listed(here)
    sent.ack(response_action="update", view=view)


def take_off(click: Click) -> None:
    with click.writing() as books:
        here = scene(books, click.slack_user)
        loss_reasons.take_off(books, here.viewer, click.value)
        view = _listed(here)
    click.ack()
    click.client.views_update(view_id=click.body["view"]["id"], view=view)


def _listed(here: Scene) -> Modal:
    return views.listed(loss_reasons.offered(here.books), _topics())


def _topics() -> dict[str, str]:
    return {tag: _(label) for tag, label in TAGS.items()}
