"""What is done about a message that Slack will not take: of a digest the team's keepers hear, with what mends it."""

from datetime import datetime

from bot import outbox
from bot.outbox import Message
from bot.services import keepers, undelivered
from bot.views import refusals as views
from bot.words import OutboxKind
from storage.database import Session


def tell(session: Session, workspace_id: int, message_id: int, now: datetime) -> None:
    """In the transaction that gives the message up; it stays, and is sent again when they say so."""
    lost = undelivered.doubt(session, workspace_id, message_id)
    if lost.team_id is None:
        return
    text, blocks = (
        views.digest_text(lost.team, lost.why),
        views.digest(lost.team, lost.why, lost.team_id, message_id),
    )
    for keeper in keepers.of_team(session, workspace_id, lost.team_id, now=now):
        notice = Message(OutboxKind.NOTICE, text, blocks, person_id=keeper.id)
        outbox.put(session, workspace_id, notice, now=now)
