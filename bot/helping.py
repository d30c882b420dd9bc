"""Help during a call, as the bot finds it: one teammate after the other, until somebody takes it."""

from collections.abc import Callable
from datetime import datetime

from bot import outbox
from bot.clock import Clock
from bot.domain.hours import Quiet
from bot.outbox import Message
from bot.services import help_now
from bot.services.help_now import Step
from bot.services.members import Member
from bot.views import help_now as views
from bot.words import OutboxKind
from storage.database import Database, Session

QuietOf = Callable[[str | None], tuple[Quiet, ...]]
"""Slack's do-not-disturb of a Slack user, as far as Slack tells."""


def go_on(db: Database, workspace_id: int, quiet_of: QuietOf, clock: Clock) -> None:
    """The next teammate of each request that is due; who is next is found while others may write."""
    with db.read() as session:
        due = help_now.due(session, workspace_id, now=clock())
    for request_id in due:
        with db.read() as session:
            listed = help_now.in_turn(session, workspace_id, request_id, now=clock())
        free = next((one for one in listed if not _is_quiet(one, quiet_of, clock())), None)
        now = clock()
        with db.begin() as session:
            step = help_now.step(session, workspace_id, request_id, free.id if free else None, now=now)
            if step is not None:
                _say(session, workspace_id, step, now)


def _is_quiet(member: Member, quiet_of: QuietOf, now: datetime) -> bool:
    return any(start <= now < end for start, end in quiet_of(member.slack_user_id))


def _say(session: Session, workspace_id: int, step: Step, now: datetime) -> None:
    if step.teammate is None:
        text = views.nobody_left(step.topic, asked=step.asked)
        message = Message(OutboxKind.NOTICE, text, person_id=step.asker.id)
        outbox.put(session, workspace_id, message, now=now)
        return
    text = views.question_text(step.asker.name, step.topic)
    blocks = views.question(step.request_id, step.asker.name, step.topic)
    message_id = outbox.put(
        session, workspace_id, Message(OutboxKind.NOTICE, text, blocks, person_id=step.teammate.id), now=now
    )
    help_now.asked(session, workspace_id, step.request_id, step.teammate.id, message_id)
