"""An admin decides when and how much people are asked: *Settings* in Home, `/scorecard settings`."""

from slack_bolt import App

from bot.blocks.ids import Action, Input, View
from bot.delivery.inbox import Inbox
from bot.people.domain.form_version import edition
from bot.people.services import audit_log
from bot.setup.domain import AskingRules
from bot.setup.services import asking
from bot.setup.views import asking as views
from handlers.common import forms
from handlers.common.heard import Heard, Submission, clicked, submitted
from handlers.setup.configuring import admin, note


def register(app: App, _inbox: Inbox) -> None:
    app.action(Action.ASKING_RULES)(clicked(open_form))
    app.view(View.ASKING_RULES)(submitted(save))


def open_form(asked: Heard) -> None:
    with asked.reading() as books:
        admin(books, asked.slack_user)
        view = views.form(asking.rules(books), audit_log.version(books, asking.ASKING))
    asked.ack()
    asked.client.views_open(trigger_id=asked.trigger_id, view=view)


def save(sent: Submission) -> None:
    opened_on = edition(sent.metadata)
    wanted = AskingRules(
        prompts_per_day=int(forms.text(sent.view, Input.PROMPTS_PER_DAY)),
        min_talk_seconds=int(forms.text(sent.view, Input.MIN_TALK_SECONDS)),
        stale_days=int(forms.text(sent.view, Input.STALE_DAYS)),
        work_starts=forms.time_of_day(sent.view, Input.OPENS),
        work_ends=forms.time_of_day(sent.view, Input.CLOSES),
    )
    with sent.writing() as books:
        here = admin(books, sent.slack_user)
        before = asking.rules(books)
        now_is = views.they_are(before)
        audit_log.require_unchanged(books, asking.ASKING, since=opened_on.version, now_is=now_is)
        asking.change(books, wanted)
        if wanted == before:
            note(here, f"{asking.ASKING}: kept as it is")
        told = views.saved(wanted)
    sent.ack(response_action="update", view=told)
