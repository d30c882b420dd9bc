"""Reps hear in the morning, in one message, of the next steps that fall due."""

from bot.blocks.reader import reader
from bot.calendar.wallclock import local_date
from bot.core.enums import OutboxKind
from bot.debriefs.services import next_steps
from bot.debriefs.services.next_steps import Reminder
from bot.debriefs.views import next_steps as views
from bot.delivery import outbox
from bot.delivery.outbox import Message
from bot.slack.tools import Tools, do_not_disturb
from storage.books import Books


def remind_of_steps(tools: Tools) -> None:
    """Each in a transaction of its own."""
    with tools.db.reading(tools.workspace_id, tools.clock()) as books:
        waiting = next_steps.to_remind(books)
    for person_id, slack_user_id in waiting:
        quiet = do_not_disturb(tools, slack_user_id)
        with tools.db.writing(tools.workspace_id, tools.clock()) as books:
            reminder = next_steps.remind(books, person_id, quiet=quiet)
            if reminder is not None:
                outbox.put(books, _said(books, reminder))


def _said(books: Books, reminder: Reminder) -> Message:
    rep = reminder.rep
    words = views.morning(reminder.steps, local_date(books.now, rep.zone), reader(rep.locale, rep.zone))
    return Message(OutboxKind.REMINDER, words.text, words.blocks, person_id=rep.id)
