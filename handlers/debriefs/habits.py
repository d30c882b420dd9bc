"""A rep who keeps picking the same thing to work on is told so, in the thread of the question."""

from bot.core.enums import OutboxKind
from bot.debriefs.services import habits
from bot.debriefs.services.debriefs import Written
from bot.debriefs.views import habits as views
from bot.delivery import outbox
from bot.delivery.outbox import Message
from bot.people.services.members import Member
from storage.books import Books


def notice(books: Books, rep: Member, written: Written) -> bool:
    """Whether there was something to tell."""
    habit = habits.noticed(books, rep, written.answer.tags, call_started=written.call.started_at)
    if habit is None:
        return False
    words = views.noticed(habit)
    message = Message(
        OutboxKind.NOTICE,
        words.text,
        words.blocks,
        person_id=rep.id,
        thread=written.prompt_message_id,
    )
    outbox.put(books, message)
    return True
