"""`/debrief` by hand: a call that no source reported, and its form."""

from uuid import uuid4

from slack_bolt import App

from bot.blocks.ids import Action, Input, View
from bot.blocks.reader import reader
from bot.blocks.slash import Shortcut
from bot.calls.services import calls
from bot.core.enums import Outcome
from bot.core.errors import BadInput
from bot.core.i18n import gettext as _
from bot.debriefs.services import debriefs, habits
from bot.debriefs.views import form as views
from bot.delivery.inbox import Inbox
from bot.people.services import members
from handlers.common import forms
from handlers.common.heard import Heard, Submission, clicked, submitted, typed
from handlers.debriefs.debrief import share_with_coach

LONGEST_CALL = 480
"""Minutes a call logged by hand may have lasted."""


def register(app: App, _inbox: Inbox) -> None:
    app.shortcut(Shortcut.LOG_CALL)(typed(log_call))
    app.action(Action.LOG_CALL)(clicked(log_call))
    app.view(View.LOG_CALL)(submitted(submit_log))


def log_call(asked: Heard) -> None:
    with asked.reading() as books:
        rep = members.me(books, asked.slack_user)
    asked.ack()
    form = views.log_call(uuid4().hex, rep.roles)
    asked.client.views_open(trigger_id=asked.trigger_id, view=form)


def submit_log(sent: Submission) -> None:
    """Logs the call and its outcome, then goes on to the form: the call's key was drawn when the form opened."""
    with sent.writing() as books:
        rep = members.me(books, sent.slack_user)
        call = calls.by_hand(
            books,
            rep.id,
            key=sent.metadata,
            contact=forms.text(sent.view, Input.CONTACT),
            company=forms.text(sent.view, Input.COMPANY),
            minutes=_minutes(forms.text(sent.view, Input.MINUTES)),
        )
        outcome = Outcome(forms.choice(sent.view, Input.OUTCOME))
        written = debriefs.tap(books, rep.id, call.id, outcome)
        share_with_coach(books, rep, written)
        recent = habits.lately(books, rep.id)
    reads = reader(rep.locale, rep.zone)
    form = views.form(call, written.answer, reads, rep.roles, recent)
    sent.ack(response_action="update", view=form)


def _minutes(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and 1 <= int(text) <= LONGEST_CALL):
        sentence = _("Please give whole minutes, from 1 to {most}.").format(most=LONGEST_CALL)
        raise BadInput(sentence, field=Input.MINUTES)
    return int(text)
