"""A pair's week: the worksheet, another time, "not yet", whether they go on, and whether a commitment was kept."""

from slack_bolt import App

from bot.blocks import kit
from bot.blocks.ids import Action, Input, View
from bot.blocks.reader import reader
from bot.blocks.words import Words
from bot.coaching.jobs import run_week
from bot.coaching.services import commitments, meetings, pair_answers, renewal
from bot.coaching.services.commitments import Commitment
from bot.coaching.services.meetings import Notes, Planned
from bot.coaching.services.renewal import Choice
from bot.coaching.views import commitments as commitments_views
from bot.coaching.views import meeting as views
from bot.coaching.views import pair_results
from bot.core.enums import OutboxKind
from bot.delivery import outbox
from bot.delivery.inbox import Inbox
from bot.delivery.outbox import Message
from bot.people.services import members, people
from bot.people.services.members import Member
from handlers.common import forms
from handlers.common.heard import Click, Submission, clicked, submitted
from handlers.home import tab
from storage.books import Books


def register(app: App, _inbox: Inbox) -> None:
    app.action(Action.PAIR_WORKSHEET)(clicked(open_worksheet))
    app.view(View.WORKSHEET)(submitted(keep_worksheet))
    app.action(Action.PAIR_TIME)(clicked(open_time))
    app.view(View.PAIR_TIME)(submitted(move))
    app.action(Action.PAIR_NOT_YET)(clicked(not_yet))
    app.action(Action.PAIR_MISSED)(clicked(missed))
    app.action(Action.GO_ON)(clicked(choose))
    app.action(Action.STOP_HERE)(clicked(choose))
    app.action(Action.COMMITMENT_KEPT)(clicked(settle))
    app.action(Action.COMMITMENT_NOT_KEPT)(clicked(settle))


def open_worksheet(click: Click) -> None:
    """The learner writes it; the coach reads what is there."""
    pairing_id = click.id
    with click.reading() as books:
        me = members.me(books, click.slack_user)
        pair = pair_answers.kept_pair(books, me.id, pairing_id)
        notes = _as_told(meetings.of_pair(books, pairing_id))
        first = meetings.week_of(books, pair) == 1
    click.ack()
    view = (
        views.worksheet_read(pair.learner.name, notes)
        if pair.i_coach
        else views.worksheet(pairing_id, pair.coach.name, notes, first=first)
    )
    click.client.views_open(trigger_id=click.trigger_id, view=view)


def keep_worksheet(sent: Submission) -> None:
    given = Notes(
        forms.text(sent.view, Input.WHAT_WORKED),
        forms.text(sent.view, Input.DID_NOT),
        forms.text(sent.view, Input.WILL_TRY),
    )
    with sent.writing() as books:
        me = members.me(books, sent.slack_user)
        before = meetings.of_pair(books, sent.id)
        pair, channel = meetings.write(books, me.id, sent.id, given)
        words = views.noted(pair.learner.name, _as_told(given))
        if given != before:
            run_week.tell_both(books, Planned(pair, None, 1, channel), lambda _planned, _one: words)
    sent.ack()


def open_time(click: Click) -> None:
    pairing_id = click.id
    with click.reading() as books:
        me = members.me(books, click.slack_user)
        pair = pair_answers.kept_pair(books, me.id, pairing_id)
        starts_at = meetings.planned_for(books, pair)
    click.ack()
    click.client.views_open(
        trigger_id=click.trigger_id, view=views.time_form(pairing_id, pair.other.name, starts_at)
    )


def move(sent: Submission) -> None:
    with sent.writing() as books:
        me = members.me(books, sent.slack_user)
        before = meetings.planned_for(books, pair_answers.kept_pair(books, me.id, sent.id))
        planned = meetings.move(books, me.id, sent.id, forms.moment(sent.view, Input.MEETS_AT))
        has_moved = planned.starts_at != before
        if has_moved:
            run_week.tell_both(books, planned, lambda one, to: _moved(one, me, to))
    if has_moved:
        sent.ack()
    else:
        sent.ack(response_action="update", view=views.not_moved())


def not_yet(click: Click) -> None:
    with click.reading() as books:
        me = members.me(books, click.slack_user)
        pair = pair_answers.kept_pair(books, me.id, click.id)
    click.ack()
    words = views.not_yet(pair.id)
    click.respond(text=words.text, blocks=words.blocks, replace_original=True)


def missed(click: Click) -> None:
    with click.writing() as books:
        me = members.me(books, click.slack_user)
        pair = meetings.missed(books, me.id, click.id)
    click.ack()
    words = views.missed(pair.other.name, pair.id)
    click.respond(text=words.text, blocks=words.blocks, replace_original=True)


def choose(click: Click) -> None:
    yes = click.action["action_id"] == Action.GO_ON
    with click.writing() as books:
        me = members.me(books, click.slack_user)
        choice = renewal.say(books, me.id, click.id, yes=yes)
        if choice.is_news:
            _tell_other(books, choice)
    click.ack()
    text = views.chosen(choice.other.name, yes=yes, both=choice.both)
    also = pair_results.what_helped(choice.id) if choice.me.id == choice.learner.id else []
    click.respond(text=text, blocks=[kit.section(text), *also], replace_original=True)


def _tell_other(books: Books, choice: Choice) -> None:
    told = views.going_on(choice.me.name) if choice.both else views.ended(choice.me.name)
    message = Message(OutboxKind.NOTICE, told, person_id=choice.other.id)
    outbox.put(books, message)


def _moved(planned: Planned, by: Member, to: Member) -> Words:
    pair = planned.pair
    when = planned.starts_at
    clocks = (pair.coach.zone, pair.learner.zone)
    return Words(views.moved(by.name, when, clocks, reader(to.locale, to.zone)) if when else "", [])


def _as_told(notes: Notes) -> views.Notes:
    return notes.worked, notes.did_not, notes.will_try


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
    words = commitments_views.answered(answered.question_id, answered.words, coach, kept=kept)
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
        text = commitments_views.heard_kept(answered.learner.name, answered.words)
        outbox.put(books, Message(OutboxKind.NOTICE, text, person_id=answered.coach.id))
