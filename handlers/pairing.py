"""A pair answers: yes, no, and "we met"."""

from datetime import datetime
from typing import Any

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient

from bot import announcements, outbox
from bot.clock import Clock
from bot.errors import BadInput
from bot.inbox import Inbox
from bot.language import gettext as _
from bot.outbox import Message
from bot.services import members, pair_answers
from bot.views import pairing as views
from bot.views.ids import Action, Input, View
from bot.words import OutboxKind
from handlers import forms
from storage.database import Database, Session


def register(app: App, _inbox: Inbox) -> None:
    app.action(Action.PAIR_ACCEPT)(accept)
    app.action(Action.PAIR_DECLINE)(decline)
    app.action(Action.PAIR_MET)(open_met)
    app.view(View.PAIR_MET)(submit_met)


def accept(
    ack: Ack,
    body: dict[str, Any],
    action: dict[str, Any],
    respond: Respond,
    db: Database,
    clock: Clock,
    workspace_id: int,
) -> None:
    now = clock()
    with db.begin() as session:
        me = members.me(session, workspace_id, body["user"]["id"], now=now)
        answered = pair_answers.accept(session, workspace_id, me.id, int(action["value"]), now=now)
        pair = answered.pair
        if answered.is_new:
            _tell(session, workspace_id, pair.coach.id, views.heard_yes(me.name, pair.metric), now)
    ack()
    text, blocks = views.accepted(pair.coach.name, pair.metric, pair.id)
    respond(text=text, blocks=blocks, replace_original=True)


def decline(
    ack: Ack,
    body: dict[str, Any],
    action: dict[str, Any],
    respond: Respond,
    db: Database,
    clock: Clock,
    workspace_id: int,
) -> None:
    """The other side hears of it at once; then another coach is looked for, which takes longer than Slack waits."""
    now = clock()
    with db.begin() as session:
        me = members.me(session, workspace_id, body["user"]["id"], now=now)
        answered = pair_answers.decline(session, workspace_id, me.id, int(action["value"]), now=now)
        pair = answered.pair
        if answered.is_new:
            text = views.heard_no(me.name, i_coach=not pair.i_coach, again=answered.may_match_anew)
            _tell(session, workspace_id, pair.other.id, text, now)
    ack()
    again = answered.may_match_anew and not pair.i_coach
    text = views.called_off(pair.other.name, again=again)
    respond(text=text, blocks=[], replace_original=True)
    if answered.is_new:
        announcements.match_anew(db, workspace_id, pair.id, now=now)


def open_met(
    ack: Ack,
    body: dict[str, Any],
    action: dict[str, Any],
    client: WebClient,
    db: Database,
    clock: Clock,
    workspace_id: int,
) -> None:
    pairing_id = int(action["value"])
    with db.read() as session:
        me = members.me(session, workspace_id, body["user"]["id"], now=clock())
        pair = pair_answers.of(session, workspace_id, me.id, pairing_id, now=clock())
        written = pair_answers.meeting_of(session, workspace_id, pairing_id)
    ack()
    meeting = (written.minutes, written.commitment, written.rating)
    form = views.met_form(pairing_id, pair.other.name, meeting, i_coach=pair.i_coach)
    client.views_open(trigger_id=body["trigger_id"], view=form)


def submit_met(
    ack: Ack, body: dict[str, Any], view: dict[str, Any], db: Database, clock: Clock, workspace_id: int
) -> None:
    now = clock()
    minutes, rating = _minutes(forms.text(view, Input.MINUTES)), forms.choice(view, Input.RATING)
    with db.begin() as session:
        me = members.me(session, workspace_id, body["user"]["id"], now=now)
        answered = pair_answers.met(
            session,
            workspace_id,
            me.id,
            int(view["private_metadata"]),
            minutes=minutes,
            commitment=forms.text(view, Input.COMMITMENT),
            rating=int(rating) if rating else None,
            now=now,
        )
        pair = answered.pair
        meeting = pair_answers.meeting_of(session, workspace_id, pair.id)
        own = views.met(pair.other.name, meeting.minutes, meeting.commitment)
        _tell(session, workspace_id, me.id, own, now)
        if answered.is_new:
            text, blocks = views.heard_met(me.name, meeting.minutes, meeting.commitment, pair.id)
            message = Message(OutboxKind.NOTICE, text, blocks, person_id=pair.other.id)
            outbox.put(session, workspace_id, message, now=now)
    ack()


def _tell(session: Session, workspace_id: int, person_id: int, text: str, now: datetime) -> None:
    outbox.put(session, workspace_id, Message(OutboxKind.NOTICE, text, person_id=person_id), now=now)


def _minutes(text: str) -> int:
    if not (text.isascii() and text.isdecimal()):
        raise BadInput(_("Please give whole minutes, from 1 to 480."), field=Input.MINUTES)
    return int(text)
