"""A pair's week: the worksheet, another time, "not yet", and whether they go on."""

from datetime import datetime
from typing import Any

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient

from bot import coaching, outbox
from bot.clock import Clock
from bot.inbox import Inbox
from bot.outbox import Message
from bot.services import going_on, meetings, members, pair_answers, worksheets
from bot.services.going_on import Choice
from bot.services.meetings import Planned
from bot.services.members import Member
from bot.services.worksheets import Notes
from bot.views import meeting as views
from bot.views.digest import Words
from bot.views.ids import Action, Input, View
from bot.views.reader import reader
from bot.words import OutboxKind
from handlers import forms
from storage.database import Database, Session


def register(app: App, _inbox: Inbox) -> None:
    app.action(Action.PAIR_WORKSHEET)(open_worksheet)
    app.view(View.WORKSHEET)(keep_worksheet)
    app.action(Action.PAIR_TIME)(open_time)
    app.view(View.PAIR_TIME)(move)
    app.action(Action.PAIR_NOT_YET)(not_yet)
    app.action(Action.PAIR_MISSED)(missed)
    app.action(Action.GO_ON)(choose)
    app.action(Action.STOP_HERE)(choose)


def open_worksheet(
    ack: Ack,
    body: dict[str, Any],
    action: dict[str, Any],
    client: WebClient,
    db: Database,
    clock: Clock,
    workspace_id: int,
) -> None:
    """The learner writes it; the coach reads what is there."""
    pairing_id, now = int(action["value"]), clock()
    with db.read() as session:
        me = members.me(session, workspace_id, body["user"]["id"], now=now)
        pair = pair_answers.of(session, workspace_id, me.id, pairing_id, now=now)
        notes = _as_told(worksheets.of_pair(session, workspace_id, pairing_id))
    ack()
    view = (
        views.worksheet_read(pair.learner.name, notes)
        if pair.i_coach
        else views.worksheet(pairing_id, pair.coach.name, notes)
    )
    client.views_open(trigger_id=body["trigger_id"], view=view)


def keep_worksheet(
    ack: Ack, body: dict[str, Any], view: dict[str, Any], db: Database, clock: Clock, workspace_id: int
) -> None:
    now = clock()
    given = Notes(
        forms.text(view, Input.WHAT_WORKED), forms.text(view, Input.DID_NOT), forms.text(view, Input.WILL_TRY)
    )
    with db.begin() as session:
        me = members.me(session, workspace_id, body["user"]["id"], now=now)
        pairing_id = int(view["private_metadata"])
        pair, channel = worksheets.write(session, workspace_id, me.id, pairing_id, given, now=now)
        words = views.noted(pair.learner.name, _as_told(given))
        coaching.tell_both(
            session, workspace_id, Planned(pair, None, 1, channel), lambda _planned, _one: words, now=now
        )
    ack()


def open_time(
    ack: Ack,
    body: dict[str, Any],
    action: dict[str, Any],
    client: WebClient,
    db: Database,
    clock: Clock,
    workspace_id: int,
) -> None:
    pairing_id, now = int(action["value"]), clock()
    with db.read() as session:
        me = members.me(session, workspace_id, body["user"]["id"], now=now)
        pair = pair_answers.of(session, workspace_id, me.id, pairing_id, now=now)
        starts_at = meetings.planned_for(session, workspace_id, pair)
    ack()
    client.views_open(
        trigger_id=body["trigger_id"], view=views.time_form(pairing_id, pair.other.name, starts_at)
    )


def move(
    ack: Ack, body: dict[str, Any], view: dict[str, Any], db: Database, clock: Clock, workspace_id: int
) -> None:
    now = clock()
    with db.begin() as session:
        me = members.me(session, workspace_id, body["user"]["id"], now=now)
        planned = meetings.move(
            session,
            workspace_id,
            me.id,
            int(view["private_metadata"]),
            forms.moment(view, Input.MEETS_AT),
            now=now,
        )
        coaching.tell_both(session, workspace_id, planned, lambda one, to: _moved(one, me, to), now=now)
    ack()


def not_yet(
    ack: Ack,
    body: dict[str, Any],
    action: dict[str, Any],
    respond: Respond,
    db: Database,
    clock: Clock,
    workspace_id: int,
) -> None:
    with db.read() as session:
        me = members.me(session, workspace_id, body["user"]["id"], now=clock())
        pair = pair_answers.of(session, workspace_id, me.id, int(action["value"]), now=clock())
    ack()
    words = views.not_yet(pair.id)
    respond(text=words.text, blocks=words.blocks, replace_original=True)


def missed(
    ack: Ack,
    body: dict[str, Any],
    action: dict[str, Any],
    respond: Respond,
    db: Database,
    clock: Clock,
    workspace_id: int,
) -> None:
    with db.begin() as session:
        me = members.me(session, workspace_id, body["user"]["id"], now=clock())
        pair = meetings.missed(session, workspace_id, me.id, int(action["value"]), now=clock())
    ack()
    words = views.missed(pair.other.name, pair.id)
    respond(text=words.text, blocks=words.blocks, replace_original=True)


def choose(
    ack: Ack,
    body: dict[str, Any],
    action: dict[str, Any],
    respond: Respond,
    db: Database,
    clock: Clock,
    workspace_id: int,
) -> None:
    now, yes = clock(), action["action_id"] == Action.GO_ON
    with db.begin() as session:
        me = members.me(session, workspace_id, body["user"]["id"], now=now)
        choice = going_on.say(session, workspace_id, me.id, int(action["value"]), yes=yes, now=now)
        if choice.is_news:
            _tell_other(session, workspace_id, choice, now)
    ack()
    respond(text=views.chosen(choice.other.name, yes=yes, both=choice.both), blocks=[], replace_original=True)


def _tell_other(session: Session, workspace_id: int, choice: Choice, now: datetime) -> None:
    told = views.going_on(choice.me.name) if choice.both else views.ended(choice.me.name)
    message = Message(OutboxKind.NOTICE, told, person_id=choice.other.id)
    outbox.put(session, workspace_id, message, now=now)


def _moved(planned: Planned, by: Member, to: Member) -> Words:
    pair = planned.pair
    when = planned.starts_at
    clocks = (pair.coach.zone, pair.learner.zone)
    return Words(views.moved(by.name, when, clocks, reader(to.locale, to.zone)) if when else "", [])


def _as_told(notes: Notes) -> views.Notes:
    return notes.worked, notes.did_not, notes.will_try
