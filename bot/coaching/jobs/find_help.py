"""Help during a call, as the bot finds it: one teammate after the other, until somebody takes it."""

from datetime import datetime

from bot.coaching.services import help_now
from bot.coaching.services.help_now import Step
from bot.coaching.views import help_now as views
from bot.core.enums import OutboxKind
from bot.delivery import outbox
from bot.delivery.outbox import Message
from bot.people.services.members import Member
from bot.slack.tools import Tools, do_not_disturb
from storage.books import Books


def find_help(tools: Tools) -> None:
    """Ask the next teammate of each rep who needs help on a call; who is next is found while others may write."""
    db, workspace_id, clock = tools.db, tools.workspace_id, tools.clock
    with db.reading(workspace_id, clock()) as books:
        due = help_now.requests_due(books)
    for request_id in due:
        with db.reading(workspace_id, clock()) as books:
            listed = help_now.in_turn(books, request_id)
        free = next((one for one in listed if not _is_quiet(tools, one, clock())), None)
        now = clock()
        with db.writing(workspace_id, now) as books:
            step = help_now.step_request(books, request_id, free.id if free else None)
            if step is not None:
                _say(books, step)


def _is_quiet(tools: Tools, member: Member, now: datetime) -> bool:
    return any(start <= now < end for start, end in do_not_disturb(tools, member.slack_user_id))


def _say(books: Books, step: Step) -> None:
    if step.teammate is None:
        text = views.nobody_left(step.topic, asked=step.asked)
        message = Message(OutboxKind.NOTICE, text, person_id=step.asker.id)
        outbox.put(books, message)
        return
    words = views.question(step.request_id, step.asker.name, step.topic)
    message = Message(OutboxKind.NOTICE, words.text, words.blocks, person_id=step.teammate.id)
    message_id = outbox.put(books, message)
    help_now.note_asked(books, step.request_id, step.teammate.id, message_id)
