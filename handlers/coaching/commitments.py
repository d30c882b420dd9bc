"""A learner says whether a commitment was kept."""

from slack_bolt import App

from bot.blocks.ids import Action
from bot.coaching.services import commitments
from bot.coaching.services.commitments import Commitment
from bot.coaching.views import commitments as views
from bot.core.enums import OutboxKind
from bot.delivery import outbox
from bot.delivery.inbox import Inbox
from bot.delivery.outbox import Message
from bot.people.services import members, people
from handlers.common.heard import Click, clicked
from handlers.home import tab
from storage.books import Books


def register(app: App, _inbox: Inbox) -> None:
    app.action(Action.COMMITMENT_KEPT)(clicked(settle))
    app.action(Action.COMMITMENT_NOT_KEPT)(clicked(settle))


def settle(click: Click) -> None:
    """From the message that asks, or from the Home tab, which then is drawn anew."""
    kept = click.action["action_id"] == Action.COMMITMENT_KEPT
    with click.writing() as books:
        me = members.me(books, click.slack_user)
        answered, is_new = commitments.answer(books, me.id, click.id, kept=kept)
        if is_new:
            _turn_into_answer(books, answered)
            _tell_coach(books, answered)
        home = tab.drawn(books, click.slack_user) if click.body.get("view") else None
    click.ack()
    if home:
        tab.publish(click.client, click.slack_user, home)


def _turn_into_answer(books: Books, answered: Commitment) -> None:
    """The message that asked; answered in Home before it was asked, there is none."""
    coach, kept = answered.coach.name, bool(answered.kept)
    words = views.answered(answered.question_id, answered.words, coach, kept=kept)
    if answered.message_id is not None:
        message = Message(
            OutboxKind.UPDATE,
            words.text,
            words.blocks,
            person_id=answered.learner.id,
            updates=answered.message_id,
        )
        outbox.put(books, message)


def _tell_coach(books: Books, answered: Commitment) -> None:
    """A yes, while they still work together."""
    learners = people.viewer(books, answered.coach.id).learners
    if answered.kept and answered.learner.id in learners:
        text = views.heard_kept(answered.learner.name, answered.words)
        outbox.put(books, Message(OutboxKind.NOTICE, text, person_id=answered.coach.id))
