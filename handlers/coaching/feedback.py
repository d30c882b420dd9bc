"""A coach answers a learner's debrief; the learner rates the conversation before the coach's rating is shown."""

from slack_bolt import App

from bot.blocks.ids import Action, Input, View
from bot.blocks.reader import reader
from bot.blocks.words import Words
from bot.coaching.services import feedback
from bot.coaching.services.feedback import Given
from bot.coaching.views import feedback as views
from bot.core.enums import OutboxKind
from bot.delivery import outbox
from bot.delivery.inbox import Inbox
from bot.delivery.outbox import Message
from bot.people.services import members
from handlers.common import forms
from handlers.common.heard import Click, Submission, clicked, submitted


def register(app: App, _inbox: Inbox) -> None:
    app.action(Action.GIVE_FEEDBACK)(clicked(open_form))
    app.view(View.FEEDBACK)(submitted(submit))
    for action in views.RATED.values():
        app.action(action)(clicked(rate))


def open_form(click: Click) -> None:
    with click.reading() as books:
        coach = members.me(books, click.slack_user)
        shared = feedback.shared_with(books, coach.id, click.id)
    click.ack()
    reads = reader(coach.locale, coach.zone)
    form = views.form(shared.learner.name, shared.debrief_id, shared.call, shared.answer, reads)
    click.client.views_open(trigger_id=click.trigger_id, view=form)


def submit(sent: Submission) -> None:
    rating = forms.choice(sent.view, Input.RATING)
    with sent.writing() as books:
        coach = members.me(books, sent.slack_user)
        given = feedback.give(
            books,
            coach.id,
            sent.id,
            what_worked=forms.text(sent.view, Input.WHAT_WORKED),
            commitment=forms.text(sent.view, Input.COMMITMENT),
            due_on=forms.day(sent.view, Input.DUE_ON),
            rating=int(rating) if rating else None,
        )
        if given.is_news:
            words = _words(given)
            message = Message(OutboxKind.FEEDBACK, words.text, words.blocks, person_id=given.learner.id)
            outbox.put(books, message)
    sent.ack()


def rate(click: Click) -> None:
    """The learner's own eyes first; then both are shown."""
    rating = next(number for number, name in views.RATED.items() if name == click.action["action_id"])
    with click.writing() as books:
        me = members.me(books, click.slack_user)
        given = feedback.rate_oneself(books, me.id, click.id, rating)
    click.ack()
    words = _words(given)
    click.respond(text=words.text, blocks=words.blocks, replace_original=True)


def _words(given: Given) -> Words:
    return views.given(given.told, reader(given.learner.locale, given.learner.zone))
