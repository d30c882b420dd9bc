"""A rep who keeps picking the same thing to work on is told so, in the thread of the question."""

from datetime import datetime

from bot import outbox
from bot.outbox import Message
from bot.services import habits
from bot.services.debriefs import Written
from bot.services.members import Member
from bot.views import habits as views
from bot.words import OutboxKind
from storage.database import Session


def notice(session: Session, workspace_id: int, rep: Member, written: Written, now: datetime) -> None:
    habit = habits.noticed(
        session,
        workspace_id,
        rep,
        written.answer.tags,
        call_started=written.call.started_at,
        now=now,
    )
    if habit is None:
        return
    message = Message(
        OutboxKind.NOTICE,
        views.noticed_text(habit),
        views.noticed(habit),
        person_id=rep.id,
        thread=written.prompt_message_id,
    )
    outbox.put(session, workspace_id, message, now=now)
