"""What is one's own to decide, from the Home tab: when to be asked, to coach, to be coached, to be named."""

from collections.abc import Callable

from slack_bolt import App

from bot.blocks.ids import Action, Input, View
from bot.coaching.services import preferences
from bot.delivery.inbox import Inbox
from bot.home.services import home
from bot.home.views import own as views
from bot.people.services import members
from bot.people.services.members import Member
from handlers.common import forms
from handlers.common.heard import Click, Submission, clicked, submitted
from handlers.home import tab
from storage.books import Books

Change = Callable[[Books, Member], None]


def _learn(*, wants: bool) -> Change:
    return lambda books, me: preferences.learn(books, me.id, wants=wants)


def _coach(books: Books, me: Member) -> None:
    preferences.offer(books, me.id, capacity=None)


def _stop_coaching(books: Books, me: Member) -> None:
    preferences.withdraw(books, me.id)


def _be_named(*, named: bool) -> Change:
    return lambda books, me: preferences.be_named(books, me.id, named=named)


def _be_quiet(books: Books, me: Member) -> None:
    home.be_quiet_today(books, me)


def _listen(books: Books, me: Member) -> None:
    home.listen_again(books, me.id)


CHANGES: dict[Action, Change] = {
    Action.QUIET_TODAY: _be_quiet,
    Action.LISTEN_AGAIN: _listen,
    Action.COACHING_ON: _coach,
    Action.COACHING_OFF: _stop_coaching,
    Action.LEARNING_ON: _learn(wants=True),
    Action.LEARNING_OFF: _learn(wants=False),
    Action.NAMING_ON: _be_named(named=True),
    Action.NAMING_OFF: _be_named(named=False),
}


def register(app: App, _inbox: Inbox) -> None:
    for action in CHANGES:
        app.action(action)(clicked(change))
    app.action(Action.CHANGE_HOURS)(clicked(open_hours))
    app.view(View.HOURS)(submitted(submit_hours))


def change(click: Click) -> None:
    with click.writing() as books:
        me = members.me(books, click.slack_user)
        CHANGES[Action(click.action["action_id"])](books, me)
    click.ack()
    tab.show(click)


def open_hours(click: Click) -> None:
    with click.reading() as books:
        me = members.me(books, click.slack_user)
        habits = home.habits(books, me)
    click.ack()
    click.client.views_open(trigger_id=click.trigger_id, view=views.hours_form(habits))


def submit_hours(sent: Submission) -> None:
    with sent.writing() as books:
        me = members.me(books, sent.slack_user)
        home.set_hours(
            books,
            me.id,
            opens=forms.time_of_day(sent.view, Input.OPENS),
            closes=forms.time_of_day(sent.view, Input.CLOSES),
        )
    sent.ack()
    tab.show(sent)
