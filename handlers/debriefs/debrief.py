"""After a call: one tap, the form, a little more."""

from dataclasses import replace

from slack_bolt import App
from slack_sdk.models.views import View as Modal

from bot.blocks import kit
from bot.blocks.ids import Action, Input, View
from bot.blocks.reader import reader
from bot.blocks.words import Words
from bot.calls.domain.call import CallSummary
from bot.calls.domain.prompts import Snooze
from bot.calls.services import calls
from bot.coaching.services import feedback
from bot.coaching.views import feedback as feedback_views
from bot.core.enums import OutboxKind
from bot.core.i18n import gettext as _
from bot.debriefs.domain.debrief import Answer
from bot.debriefs.services import debriefs, drafts, last_time, prompts, topics
from bot.debriefs.services import habits as own_tags
from bot.debriefs.services.debriefs import Written
from bot.debriefs.services.drafts import Screen
from bot.debriefs.views import form as form_views
from bot.debriefs.views import last_time as last_views
from bot.debriefs.views import question as views
from bot.debriefs.views.outcomes import BECAUSE, ENDED
from bot.delivery import outbox
from bot.delivery.inbox import Inbox
from bot.delivery.outbox import Message
from bot.people.services import members
from bot.people.services.members import Member
from bot.pipeline.services import deals, loss_reasons
from handlers.common import forms
from handlers.common.heard import Click, Submission, clicked, submitted
from handlers.common.opening import form
from handlers.debriefs import drafts as draftss
from handlers.debriefs import habits, stories
from storage.books import Books

SNOOZES = {Action.SNOOZE_HOUR: Snooze.HOUR, Action.SNOOZE_TOMORROW: Snooze.TOMORROW}


def register(app: App, _inbox: Inbox) -> None:
    for action in ENDED.values():
        app.action(action)(clicked(tap))
    for action in BECAUSE:
        app.action(action)(clicked(say_why_lost))
    app.action(Action.OPEN_DEBRIEF)(clicked(open_form))
    app.action(Action.DEBRIEF_MORE)(clicked(open_more))
    for action in SNOOZES:
        app.action(action)(clicked(snooze))
    for action in last_views.RESOLVED:
        app.action(action)(clicked(resolve))
    app.action(Action.SKIP)(clicked(skip))
    app.action(Action.UNSKIP)(clicked(unskip))
    app.view(View.DEBRIEF)(submitted(submit))
    app.view(View.DEBRIEF_MORE)(submitted(submit_more))


def tap(click: Click) -> None:
    outcome = next(outcome for outcome, name in ENDED.items() if name == click.action["action_id"])
    with click.writing() as books:
        rep = members.me(books, click.slack_user)
        written = debriefs.tap(books, rep.id, click.id, outcome)
        say_written(books, rep, written)
    click.ack()


def say_why_lost(click: Click) -> None:
    """One tap on why, after one tap on Lost."""
    with click.writing() as books:
        rep = members.me(books, click.slack_user)
        reason = loss_reasons.by_key(books, click.value)
        written = debriefs.say_why_lost(books, rep.id, click.block_id, reason.label, zone=rep.zone)
        say_written(books, rep, written, objection=reason.topic)
    click.ack()


def open_form(click: Click) -> None:
    call_id = click.id
    with form(click) as opening, click.reading() as books:
        rep = members.me(books, click.slack_user)
        call = calls.summary_of(books, rep.id, call_id)
        answer = debriefs.answer_to(books, rep.id, call_id)
        draft = drafts.draft_of(books, call_id, Screen.FIRST, answer or Answer())
        recent, offered = own_tags.lately(books, rep.id), topics.offered(books, rep)
        shown, reads = draft.answer if draft else answer, reader(rep.locale, rep.zone)
        opening.show(
            form_views.form(call, shown, reads, rep.roles, recent, offered, is_draft=draft is not None)
        )


def open_more(click: Click) -> None:
    call_id = click.id
    with click.reading() as books:
        rep = members.me(books, click.slack_user)
        call = calls.summary_of(books, rep.id, call_id)
        answer = debriefs.answer_to(books, rep.id, call_id) or Answer()
        more = _more(books, rep, call, answer)
    click.ack()
    click.client.views_open(trigger_id=click.trigger_id, view=more)


def submit(sent: Submission) -> None:
    """The first screen. A lost call goes on to the second, which asks why."""
    call_id = sent.id
    with sent.writing() as books:
        rep = members.me(books, sent.slack_user)
        before = debriefs.answer_to(books, rep.id, call_id) or Answer()
        written = debriefs.submit(
            books,
            rep.id,
            call_id,
            draftss.first_screen(sent.view, before),
            zone=rep.zone,
            later=(Input.REASON,),
        )
        drafts.drop(books, call_id, Screen.FIRST)
        say_written(books, rep, written)
        owes_reason = views.owes_reason(written.answer)
        more = _more(books, rep, written.call, written.answer) if owes_reason else None
    if more:
        sent.ack(response_action="update", view=more)
    else:
        _close(sent, rep, written)


def submit_more(sent: Submission) -> None:
    call_id = sent.id
    with sent.writing() as books:
        rep = members.me(books, sent.slack_user)
        before = debriefs.answer_to(books, rep.id, call_id) or Answer()
        calls.set_contact(books, rep.id, call_id, forms.text(sent.view, Input.CONTACT))
        if forms.choice(sent.view, Input.DEAL):
            deals.link(books, rep.id, call_id, draftss.deal_chosen(sent.view))
        written = debriefs.submit(
            books, rep.id, call_id, draftss.second_screen(sent.view, before), zone=rep.zone
        )
        drafts.drop(books, call_id, Screen.SECOND)
        say_written(books, rep, written)
    _close(sent, rep, written)


def _close(sent: Submission, rep: Member, written: Written) -> None:
    """What was saved stands in the message that asked; where there is none, the form itself shows it."""
    if written.prompt_message_id is not None:
        sent.ack()
        return
    reads = reader(rep.locale, rep.zone)
    told = views.saved(written.call, written.answer, reads, rep.roles)
    sent.ack(response_action="update", view=kit.sentence(_("Saved"), told))


def snooze(click: Click) -> None:
    with click.writing() as books:
        rep = members.me(books, click.slack_user)
        choice = SNOOZES[Action(click.action["action_id"])]
        put_off = prompts.snooze(books, rep.id, click.id, choice)
        reads = reader(rep.locale, rep.zone)
        words = views.snoozed(put_off.call, put_off.until, reads, now=click.now)
        _update(books, rep, put_off.message_id, words)
    click.ack()


def skip(click: Click) -> None:
    with click.writing() as books:
        rep = members.me(books, click.slack_user)
        skipped = prompts.skip(books, rep.id, click.id)
        reads = reader(rep.locale, rep.zone)
        _update(books, rep, skipped.message_id, views.skipped(skipped.call, reads))
    click.ack()


def unskip(click: Click) -> None:
    """A slip of the thumb: the question comes back in its place."""
    with click.writing() as books:
        rep = members.me(books, click.slack_user)
        asked = prompts.unskip(books, rep.id, click.id)
        words = _asking(books, rep, asked.call)
        _update(books, rep, asked.message_id, words)
    click.ack()


def resolve(click: Click) -> None:
    """Whether the rep did what they had set out to do; the message stays what it was, a question or an answer."""
    resolved = last_views.RESOLVED[Action(click.action["action_id"])]
    with click.writing() as books:
        rep = members.me(books, click.slack_user)
        last_time.resolve(books, rep.id, click.id, resolved)
        call, answer = calls.summary_of(books, rep.id, click.id), debriefs.answer_to(books, rep.id, click.id)
        words = _told(books, rep, call, answer) if answer else _asking(books, rep, call)
        _update(books, rep, prompts.message_of(books, click.id), words)
    click.ack()


def _asking(books: Books, rep: Member, call: CallSummary) -> Words:
    last = last_time.last_time(books, rep.id, call.id)
    return views.prompt(call, reader(rep.locale, rep.zone), rep.roles, last)


def _told(books: Books, rep: Member, call: CallSummary, answer: Answer) -> Words:
    last, reasons = last_time.last_time(books, rep.id, call.id), loss_reasons.offered(books)
    return views.answered(call, answer, reader(rep.locale, rep.zone), rep.roles, last, reasons)


def _more(books: Books, rep: Member, call: CallSummary, answer: Answer) -> Modal:
    """The second screen, with the rep's open deals to pick from, as it stood if it was closed unsaved."""
    offered = deals.open_deals(books, rep.id)
    draft = drafts.draft_of(books, call.id, Screen.SECOND, answer)
    if draft is None:
        proposed = deals.deal_of_call(books, rep.id, call.id, offered)
        return form_views.more(call, answer, reader(rep.locale, rep.zone), offered, proposed)
    call = replace(call, contact=draft.contact)
    reads = reader(rep.locale, rep.zone)
    return form_views.more(call, draft.answer, reads, offered, draft.deal_id, is_draft=True)


def say_written(books: Books, rep: Member, written: Written, *, objection: str = "") -> None:
    """The prompt turns into its answer; the coach hears of it; what it tells of its author is told to them alone.

    `objection` is the tag of what the rep has just named as why it was lost.
    """
    _update(books, rep, written.prompt_message_id, _told(books, rep, written.call, written.answer))
    share_with_coach(books, rep, written)
    stories.offer(books, rep, written.debrief_id)
    if not habits.notice(books, rep, written):
        stories.answer(books, rep, written, objection)


def _update(books: Books, rep: Member, message_id: int | None, words: Words) -> None:
    if message_id is not None:
        message = Message(OutboxKind.UPDATE, words.text, words.blocks, person_id=rep.id, updates=message_id)
        outbox.put(books, message)


def share_with_coach(books: Books, rep: Member, written: Written) -> None:
    """Let the coach of the rep's running pair read what is about their focus, once."""
    coach = feedback.reader_of(books, rep.id, written)
    if coach is None:
        return
    reads = reader(coach.locale, coach.zone)
    words = feedback_views.shared(rep.name, written.debrief_id, written.call, written.answer, reads)
    message = Message(OutboxKind.FEEDBACK, words.text, words.blocks, person_id=coach.id)
    outbox.put(books, message)
