"""After a call: one tap, the form, a little more."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient
from slack_sdk.models.views import View as Modal

from bot import outbox
from bot.clock import Clock
from bot.domain.calls import CallSummary
from bot.domain.debriefs import Answer
from bot.domain.prompts import Snooze
from bot.inbox import Inbox
from bot.outbox import Message
from bot.services import calls, deals, debriefs, drafts, feedback, members, prompts
from bot.services.debriefs import Written
from bot.services.drafts import Screen
from bot.services.members import Member
from bot.views import debrief as views
from bot.views import debrief_form as form_views
from bot.views import feedback as feedback_views
from bot.views.ids import Action, Input, View
from bot.views.reader import reader
from bot.words import OutboxKind, Outcome
from handlers import forms, habits, screens, stories
from storage.database import Database, Session

SNOOZES = {Action.SNOOZE_HOUR: Snooze.HOUR, Action.SNOOZE_TOMORROW: Snooze.TOMORROW}


def register(app: App, _inbox: Inbox) -> None:
    for action in views.ENDED.values():
        app.action(action)(tap)
    app.action(Action.OPEN_DEBRIEF)(open_form)
    app.action(Action.DEBRIEF_MORE)(open_more)
    for action in SNOOZES:
        app.action(action)(snooze)
    app.action(Action.SKIP)(skip)
    app.view(View.DEBRIEF)(submit)
    app.view(View.DEBRIEF_MORE)(submit_more)


def tap(
    ack: Ack, body: dict[str, Any], action: dict[str, Any], db: Database, clock: Clock, workspace_id: int
) -> None:
    outcome = next(outcome for outcome, name in views.ENDED.items() if name == action["action_id"])
    now = clock()
    with db.begin() as session:
        rep = members.me(session, workspace_id, body["user"]["id"], now=now)
        written = debriefs.tap(session, workspace_id, rep.id, int(action["value"]), outcome, now=now)
        say_written(session, workspace_id, rep, written, now)
    ack()


def open_form(
    ack: Ack,
    body: dict[str, Any],
    action: dict[str, Any],
    client: WebClient,
    db: Database,
    clock: Clock,
    workspace_id: int,
) -> None:
    call_id = int(action["value"])
    with db.read() as session:
        rep = members.me(session, workspace_id, body["user"]["id"], now=clock())
        call = calls.summary_of(session, workspace_id, rep.id, call_id)
        answer = debriefs.answer_to(session, workspace_id, rep.id, call_id)
        draft = drafts.of(session, workspace_id, call_id, Screen.FIRST, answer or Answer())
    ack()
    shown = draft.answer if draft else answer
    form = form_views.form(call, shown, reader(rep.locale, rep.zone), is_draft=draft is not None)
    client.views_open(trigger_id=body["trigger_id"], view=form)


def open_more(
    ack: Ack,
    body: dict[str, Any],
    action: dict[str, Any],
    client: WebClient,
    db: Database,
    clock: Clock,
    workspace_id: int,
) -> None:
    call_id = int(action["value"])
    with db.read() as session:
        rep = members.me(session, workspace_id, body["user"]["id"], now=clock())
        call = calls.summary_of(session, workspace_id, rep.id, call_id)
        answer = debriefs.answer_to(session, workspace_id, rep.id, call_id) or Answer()
        more = _more(session, workspace_id, rep, call, answer)
    ack()
    client.views_open(trigger_id=body["trigger_id"], view=more)


def submit(
    ack: Ack, body: dict[str, Any], view: dict[str, Any], db: Database, clock: Clock, workspace_id: int
) -> None:
    """The first screen. A lost call goes on to the second, which asks why."""
    call_id, now = int(view["private_metadata"]), clock()
    with db.begin() as session:
        rep = members.me(session, workspace_id, body["user"]["id"], now=now)
        before = debriefs.answer_to(session, workspace_id, rep.id, call_id) or Answer()
        written = debriefs.submit(
            session,
            workspace_id,
            rep.id,
            call_id,
            screens.first(view, before),
            zone=rep.zone,
            now=now,
            later=(Input.REASON,),
        )
        drafts.drop(session, workspace_id, call_id, Screen.FIRST)
        say_written(session, workspace_id, rep, written, now)
        owes_reason = written.answer.outcome is Outcome.LOST and not written.answer.reason
        more = _more(session, workspace_id, rep, written.call, written.answer) if owes_reason else None
    if more:
        ack(response_action="update", view=more)
    else:
        ack()


def submit_more(
    ack: Ack, body: dict[str, Any], view: dict[str, Any], db: Database, clock: Clock, workspace_id: int
) -> None:
    call_id, now = int(view["private_metadata"]), clock()
    with db.begin() as session:
        rep = members.me(session, workspace_id, body["user"]["id"], now=now)
        before = debriefs.answer_to(session, workspace_id, rep.id, call_id) or Answer()
        calls.set_contact(session, workspace_id, rep.id, call_id, forms.text(view, Input.CONTACT))
        if forms.choice(view, Input.DEAL):
            deals.link(session, workspace_id, rep.id, call_id, screens.deal_id(view))
        written = debriefs.submit(
            session, workspace_id, rep.id, call_id, screens.second(view, before), zone=rep.zone, now=now
        )
        drafts.drop(session, workspace_id, call_id, Screen.SECOND)
        say_written(session, workspace_id, rep, written, now)
    ack()


def snooze(
    ack: Ack, body: dict[str, Any], action: dict[str, Any], db: Database, clock: Clock, workspace_id: int
) -> None:
    now = clock()
    with db.begin() as session:
        rep = members.me(session, workspace_id, body["user"]["id"], now=now)
        choice = SNOOZES[Action(action["action_id"])]
        prompts.snooze(session, workspace_id, rep.id, int(action["value"]), choice, now=now)
    ack()


def skip(
    ack: Ack, body: dict[str, Any], action: dict[str, Any], db: Database, clock: Clock, workspace_id: int
) -> None:
    now = clock()
    with db.begin() as session:
        rep = members.me(session, workspace_id, body["user"]["id"], now=now)
        skipped = prompts.skip(session, workspace_id, rep.id, int(action["value"]))
        reads = reader(rep.locale, rep.zone)
        _update(
            session,
            workspace_id,
            rep,
            skipped.message_id,
            Message(
                OutboxKind.UPDATE, views.skipped_text(skipped.call, reads), views.skipped(skipped.call, reads)
            ),
            now,
        )
    ack()


def _more(session: Session, workspace_id: int, rep: Member, call: CallSummary, answer: Answer) -> Modal:
    """The second screen, with the rep's open deals to pick from, as it stood if it was closed unsaved."""
    offered = deals.open_deals(session, workspace_id, rep.id)
    draft = drafts.of(session, workspace_id, call.id, Screen.SECOND, answer)
    if draft is None:
        proposed = deals.deal_of_call(session, workspace_id, rep.id, call.id, offered)
        return form_views.more(call, answer, reader(rep.locale, rep.zone), offered, proposed)
    call = replace(call, contact=draft.contact)
    reads = reader(rep.locale, rep.zone)
    return form_views.more(call, draft.answer, reads, offered, draft.deal_id, is_draft=True)


def say_written(session: Session, workspace_id: int, rep: Member, written: Written, now: datetime) -> None:
    """The prompt turns into its answer; the coach hears of it; what it tells of its author is told to them alone."""
    reads = reader(rep.locale, rep.zone)
    text = views.answered_text(written.call, written.answer, reads)
    blocks = views.answered(written.call, written.answer, reads)
    _update(
        session, workspace_id, rep, written.prompt_message_id, Message(OutboxKind.UPDATE, text, blocks), now
    )
    share_with_coach(session, workspace_id, rep, written, now)
    stories.offer(session, workspace_id, rep, written.debrief_id, now)
    habits.notice(session, workspace_id, rep, written, now)


def _update(
    session: Session, workspace_id: int, rep: Member, message_id: int | None, message: Message, now: datetime
) -> None:
    if message_id is not None:
        outbox.put(session, workspace_id, replace(message, person_id=rep.id, updates=message_id), now=now)


def share_with_coach(
    session: Session, workspace_id: int, rep: Member, written: Written, now: datetime
) -> None:
    """Let the coach of the rep's running pair read what is about their focus, once."""
    coach = feedback.reader_of(session, workspace_id, rep.id, written, now=now)
    if coach is None:
        return
    reads = reader(coach.locale, coach.zone)
    text = feedback_views.shared_text(rep.name, written.call, written.answer, reads)
    blocks = feedback_views.shared(rep.name, written.debrief_id, written.call, written.answer, reads)
    outbox.put(session, workspace_id, Message(OutboxKind.FEEDBACK, text, blocks, person_id=coach.id), now=now)
