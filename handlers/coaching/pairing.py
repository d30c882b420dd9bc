"""A pair answers: yes, no, and "we met"."""

from slack_bolt import App

from bot.blocks.ids import Action, Input, View
from bot.blocks.reader import reader
from bot.calendar.wallclock import local_date
from bot.coaching.services import meetings, pair_answers
from bot.coaching.services.pair_answers import KeptPair
from bot.coaching.views import meeting as meeting_views
from bot.coaching.views import pairing as views
from bot.core.enums import OutboxKind, PairingStatus
from bot.core.errors import BadInput
from bot.core.i18n import gettext as _
from bot.delivery import outbox
from bot.delivery.inbox import Inbox
from bot.delivery.outbox import Message
from bot.people.services import members
from handlers.common import forms
from handlers.common.heard import Click, Submission, clicked, submitted
from storage.books import Books


def register(app: App, _inbox: Inbox) -> None:
    app.action(Action.PAIR_ACCEPT)(clicked(accept))
    app.action(Action.PAIR_DECLINE)(clicked(decline))
    app.action(Action.PAIR_NO_UNDO)(clicked(undo_no))
    app.action(Action.PAIR_MET)(clicked(open_met))
    app.view(View.PAIR_MET)(submitted(submit_met))


def accept(click: Click) -> None:
    with click.writing() as books:
        me = members.me(books, click.slack_user)
        answered = pair_answers.accept(books, me.id, click.id)
        pair = answered.pair
        begins = pair.week if pair.week > local_date(click.now, me.zone) else None
        if answered.is_new:
            reads = reader(pair.coach.locale, pair.coach.zone)
            _tell(books, pair.coach.id, views.heard_yes(me.name, pair.metric, begins, reads))
    click.ack()
    words = views.accepted(pair.coach.name, pair.metric, pair.id, begins, reader(me.locale, me.zone))
    click.respond(text=words.text, blocks=words.blocks, replace_original=True)


def decline(click: Click) -> None:
    """For five minutes nobody else hears of it; then `open_week.give_on_declined` does the rest."""
    with click.writing() as books:
        me = members.me(books, click.slack_user)
        answered = pair_answers.say_no(books, me.id, click.id)
    pair = answered.pair
    click.ack()
    words = views.said_no(pair.other.name, pair.id, again=answered.may_match_anew and not pair.i_coach)
    click.respond(text=words.text, blocks=words.blocks, replace_original=True)


def undo_no(click: Click) -> None:
    with click.writing() as books:
        me = members.me(books, click.slack_user)
        pair = pair_answers.take_back(books, me.id, click.id)
    click.ack()
    is_asked = pair.status is PairingStatus.PROPOSED and not pair.i_coach
    words = views.asked_again(pair.other.name, pair.metric, pair.id, is_asked=is_asked)
    click.respond(text=words.text, blocks=words.blocks, replace_original=True)


def open_met(click: Click) -> None:
    pairing_id = click.id
    with click.reading() as books:
        me = members.me(books, click.slack_user)
        pair = pair_answers.kept_pair(books, me.id, pairing_id)
        written = pair_answers.meeting_of(books, pairing_id)
    click.ack()
    meeting = (written.minutes, written.commitment, written.rating)
    form = views.met_form(pairing_id, pair.other.name, meeting, i_coach=pair.i_coach)
    click.client.views_open(trigger_id=click.trigger_id, view=form)


def submit_met(sent: Submission) -> None:
    minutes, rating = _minutes(forms.text(sent.view, Input.MINUTES)), forms.choice(sent.view, Input.RATING)
    with sent.writing() as books:
        me = members.me(books, sent.slack_user)
        answered = pair_answers.met(
            books,
            me.id,
            sent.id,
            minutes=minutes,
            commitment=forms.text(sent.view, Input.COMMITMENT),
            rating=int(rating) if rating else None,
        )
        pair = answered.pair
        meeting = pair_answers.meeting_of(books, pair.id)
        own = views.met(pair.other.name, meeting.minutes, meeting.commitment)
        _tell(books, me.id, own)
        if answered.is_new:
            words = views.heard_met(me.name, meeting.minutes, meeting.commitment, pair.id)
            message = Message(OutboxKind.NOTICE, words.text, words.blocks, person_id=pair.other.id)
            outbox.put(books, message)
            _settle_question(books, pair)
    sent.ack()


def _settle_question(books: Books, pair: KeptPair) -> None:
    """Whether they met is asked no more: its buttons would say what is known already."""
    asked = meetings.question_of(books, pair, meeting_views.question(pair.coach.name, pair.id).text)
    if asked is not None:
        words = meeting_views.question_settled(pair.coach.name)
        outbox.put(
            books,
            Message(OutboxKind.UPDATE, words.text, words.blocks, person_id=pair.learner.id, updates=asked),
        )


def _tell(books: Books, person_id: int, text: str) -> None:
    outbox.put(books, Message(OutboxKind.NOTICE, text, person_id=person_id))


def _minutes(text: str) -> int:
    if not (text.isascii() and text.isdecimal()):
        raise BadInput(_("Please give whole minutes, from 1 to 480."), field=Input.MINUTES)
    return int(text)
