"""`/scorecard disputes`: what reps say is wrong with their numbers, and the answers."""

from slack_bolt import App

from bot.blocks.ids import Action, Input, View
from bot.blocks.reader import reader
from bot.core.enums import DisputeStatus, OutboxKind
from bot.core.errors import BadInput
from bot.core.i18n import gettext as _
from bot.delivery import outbox
from bot.delivery.inbox import Inbox
from bot.delivery.outbox import Message
from bot.scorecards.services import disputes
from bot.scorecards.views import disputes as views
from handlers.common import forms
from handlers.common.asker import scene
from handlers.common.heard import Click, Submission, clicked, submitted
from handlers.scorecards.scorecard import Request


def register(app: App, _inbox: Inbox) -> None:
    app.action(Action.ANSWER_DISPUTE)(clicked(open_form))
    app.view(View.ANSWER_DISPUTE)(submitted(submit))


def show(request: Request) -> None:
    """To those who lead, what waits for them; to a rep, what became of their own."""
    with request.reading() as books:
        here = scene(books, request.slack_user)
        if here.viewer.managed_team_ids or here.viewer.is_admin:
            waiting = disputes.still_open(books, here.viewer)
            blocks = views.to_answer(waiting, here.reads)
        else:
            own = disputes.own(books, here.member.id)
            blocks = views.own(own, here.reads)
    request.ack(blocks=blocks, text=_("What reps say is wrong with a number"))


def open_form(click: Click) -> None:
    with click.reading() as books:
        here = scene(books, click.slack_user)
        one = disputes.to_answer(books.at(here.now), here.viewer, click.id)
        view = views.form(one, here.reads)
    click.ack()
    click.client.views_open(trigger_id=click.trigger_id, view=view)


def submit(sent: Submission) -> None:
    text = forms.text(sent.view, Input.ANSWER)
    if not text:
        raise BadInput(_("Say what you found, in a sentence."), field=Input.ANSWER)
    with sent.writing() as books:
        here = scene(books, sent.slack_user)
        one = disputes.answer(
            books.at(here.now),
            here.viewer,
            sent.id,
            status=DisputeStatus(forms.choice(sent.view, Input.VERDICT)),
            text=text,
        )
        rep = here.person(one.rep_id)
        told = views.answered(one, here.member.name, reader(rep.locale, rep.zone))
        message = Message(OutboxKind.NOTICE, told, person_id=rep.id)
        outbox.put(books.at(here.now), message)
    sent.ack(response_action="update", view=views.thanks(one))
