"""What is done about a message of which nobody will ever know whether it arrived: its kind decides.

A prompt is not said twice: its call rests in the Home tab. For a digest its team's managers are asked, and whoever
wanted a file is told. The admin sees them all (`cornerman outbox list`).
"""

from datetime import datetime

from bot import outbox
from bot.outbox import Message
from bot.services import members, undelivered
from bot.services.undelivered import Doubt
from bot.views import doubts as views
from bot.words import OutboxKind
from storage.database import Session


def tell(session: Session, workspace_id: int, message_id: int, now: datetime) -> None:
    """In the transaction that gives the message up."""
    doubt = undelivered.doubt(session, workspace_id, message_id)
    if doubt.kind is OutboxKind.FILE and doubt.person_id is not None:
        notice = Message(OutboxKind.NOTICE, views.file_text(), person_id=doubt.person_id)
        outbox.put(session, workspace_id, notice, now=now)
    elif doubt.kind is OutboxKind.DIGEST and doubt.team_id is not None:
        _ask_managers(session, workspace_id, doubt, doubt.team_id, now)


def _ask_managers(session: Session, workspace_id: int, doubt: Doubt, team_id: int, now: datetime) -> None:
    channel = doubt.channel or ""
    text = views.digest_text(doubt.team, channel)
    blocks = views.digest(doubt.team, channel, doubt.message_id)
    for manager in members.managers_of(session, workspace_id, team_id, now=now):
        question = Message(OutboxKind.NOTICE, text, blocks, person_id=manager.id)
        outbox.put(session, workspace_id, question, now=now)
