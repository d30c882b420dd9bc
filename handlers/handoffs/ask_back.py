"""An SDR asks an AE back about a decision, or says that its reason did not help, where they read of it."""

from slack_bolt import App

from bot.blocks import kit
from bot.blocks.ids import Action, Input, View
from bot.core.enums import OutboxKind
from bot.core.i18n import gettext as _
from bot.delivery import outbox
from bot.delivery.inbox import Inbox
from bot.delivery.outbox import Message
from bot.handoffs.services import ask_back, handoffs
from bot.handoffs.services.ask_back import Answered
from bot.handoffs.views import ask_back as views
from bot.handoffs.views import handoff as lead_views
from bot.people.services import members
from handlers.common import forms
from handlers.common.heard import Click, Submission, clicked, submitted
from storage.books import Books


def register(app: App, _inbox: Inbox) -> None:
    app.action(Action.ASK_BACK)(clicked(ask))
    app.action(Action.REASON_UNHELPFUL)(clicked(did_not_help))
    app.action(Action.ANSWER_BACK)(clicked(open_form))
    app.view(View.ANSWER_BACK)(submitted(answer))


def ask(click: Click) -> None:
    with click.writing() as books:
        sdr = members.me(books, click.slack_user)
        asked = ask_back.ask(books, sdr, click.id)
        if asked.is_now:
            words = views.question(asked.lead)
            notice = Message(OutboxKind.NOTICE, words.text, words.blocks, person_id=asked.ae.id)
            ask_back.note_put(books, click.id, outbox.put(books, notice))
    click.ack()
    _say_beside(click, views.is_asked(asked.lead, is_now=asked.is_now))


def did_not_help(click: Click) -> None:
    """About one reason of several in a message, which stays as it is."""
    with click.writing() as books:
        handoffs.did_not_help(books, members.me(books, click.slack_user).id, click.id)
    click.ack()
    _say_beside(click, lead_views.unhelpful())


def open_form(click: Click) -> None:
    with click.reading() as books:
        lead = ask_back.to_answer(books, members.me(books, click.slack_user).id, click.id)
    click.ack()
    click.client.views_open(trigger_id=click.trigger_id, view=views.form(lead))


def answer(sent: Submission) -> None:
    said = forms.text(sent.view, Input.ANSWER)
    with sent.writing() as books:
        ae = members.me(books, sent.slack_user)
        answered = ask_back.answer(books, ae.id, sent.id, said)
        _tell(books, ae.id, answered, said)
    sent.ack(response_action="update", view=kit.sentence(_("Sent"), views.has_answer(answered.lead)))


def _tell(books: Books, ae_id: int, answered: Answered, said: str) -> None:
    """The SDR reads it under the decision; what asked the AE turns into it."""
    words = views.answered(answered.lead, said)
    to, thread = answered.lead.sdr_id, answered.told_by
    outbox.put(books, Message(OutboxKind.FEEDBACK, words.text, words.blocks, person_id=to, thread=thread))
    if answered.asked_by is not None:
        words = views.own_answer(answered.lead, said)
        update = Message(
            OutboxKind.UPDATE, words.text, words.blocks, person_id=ae_id, updates=answered.asked_by
        )
        outbox.put(books, update)


def _say_beside(click: Click, text: str) -> None:
    """The message that it was pressed in stays as it is."""
    click.respond(text=text, response_type="ephemeral", replace_original=False)
