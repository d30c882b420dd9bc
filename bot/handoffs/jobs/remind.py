"""What AEs are told unasked: a lead that they have left undecided."""

from bot.blocks.reader import reader
from bot.core.enums import OutboxKind
from bot.delivery import outbox
from bot.delivery.outbox import Message
from bot.handoffs.services import questions as handoff_questions
from bot.handoffs.services.questions import Reminder
from bot.handoffs.views import handoff as handoff_views
from bot.slack.tools import Tools, do_not_disturb


def remind_of_handoffs(tools: Tools) -> None:
    """Remind AEs, once, of leads they have left undecided, each in a transaction of its own."""
    with tools.db.reading(tools.workspace_id, tools.clock()) as books:
        due = handoff_questions.reminders_due(books)
    for one in due:
        quiet = do_not_disturb(tools, one.slack_user_id)
        now = tools.clock()
        with tools.db.writing(tools.workspace_id, now) as books:
            reminder = handoff_questions.remind(books, one.handoff_id, quiet=quiet)
            if reminder is not None:
                message_id = outbox.put(books, _reminded(reminder))
                handoff_questions.note_reminded(books, one.handoff_id, message_id)


def _reminded(reminder: Reminder) -> Message:
    reads = reader(reminder.ae.locale, reminder.ae.zone)
    words = handoff_views.reminder(reminder.lead, reads)
    return Message(OutboxKind.REMINDER, words.text, words.blocks, person_id=reminder.ae.id)
