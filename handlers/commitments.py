"""A learner says whether a commitment was kept."""

from datetime import datetime
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot import outbox
from bot.clock import Clock
from bot.inbox import Inbox
from bot.outbox import Message
from bot.services import commitments, members, people
from bot.services.commitments import Commitment
from bot.views import commitments as views
from bot.views.ids import Action
from bot.words import OutboxKind
from handlers.home import tab
from storage.database import Database, Session


def register(app: App, _inbox: Inbox) -> None:
    app.action(Action.COMMITMENT_KEPT)(settle)
    app.action(Action.COMMITMENT_NOT_KEPT)(settle)


def settle(
    ack: Ack,
    body: dict[str, Any],
    action: dict[str, Any],
    client: WebClient,
    db: Database,
    clock: Clock,
    workspace_id: int,
) -> None:
    """From the message that asks, or from the Home tab, which then is drawn anew."""
    now, kept = clock(), action["action_id"] == Action.COMMITMENT_KEPT
    with db.begin() as session:
        me = members.me(session, workspace_id, body["user"]["id"], now=now)
        answered, is_new = commitments.answer(
            session, workspace_id, me.id, int(action["value"]), kept=kept, now=now
        )
        if is_new:
            _turn_into_answer(session, workspace_id, answered, now)
            _tell_coach(session, workspace_id, answered, now)
        home = tab.drawn(session, workspace_id, body["user"]["id"], now=now) if body.get("view") else None
    ack()
    if home:
        tab.publish(client, body["user"]["id"], home)


def _turn_into_answer(session: Session, workspace_id: int, answered: Commitment, now: datetime) -> None:
    """The message that asked; answered in Home before it was asked, there is none."""
    coach, kept = answered.coach.name, bool(answered.kept)
    text = views.answered_text(answered.words, coach, kept=kept)
    blocks = views.answered(answered.question_id, answered.words, coach, kept=kept)
    if answered.message_id is not None:
        message = Message(
            OutboxKind.UPDATE, text, blocks, person_id=answered.learner.id, updates=answered.message_id
        )
        outbox.put(session, workspace_id, message, now=now)


def _tell_coach(session: Session, workspace_id: int, answered: Commitment, now: datetime) -> None:
    """A yes, while they still work together."""
    learners = people.viewer(session, workspace_id, answered.coach.id, now=now).learners
    if answered.kept and answered.learner.id in learners:
        text = views.heard_kept(answered.learner.name, answered.words)
        outbox.put(
            session,
            workspace_id,
            Message(OutboxKind.NOTICE, text, person_id=answered.coach.id),
            now=now,
        )
