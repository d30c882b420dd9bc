"""What reps are asked and told unasked: how a call ended, and in the morning which next steps fall due."""

import structlog

from bot.blocks.reader import reader
from bot.calendar.wallclock import local_date
from bot.calls.domain.prompts import Do
from bot.core.enums import OutboxKind
from bot.debriefs.services import next_steps, prompts
from bot.debriefs.services.next_steps import Reminder
from bot.debriefs.services.prompts import Speak
from bot.debriefs.views import last_time as views
from bot.debriefs.views import question as debrief_views
from bot.delivery import outbox
from bot.delivery.outbox import Message
from bot.slack.tools import Tools, do_not_disturb
from storage.books import Books

log = structlog.get_logger()


def ask_for_debriefs(tools: Tools) -> None:
    """Ask, remind or let rest, each question in a transaction of its own."""
    with tools.db.reading(tools.workspace_id, tools.clock()) as books:
        due = prompts.prompts_due(books)
    for one in due:
        try:
            _ask(tools, one)
        except Exception:
            log.exception("a question failed; those behind it go on", prompt=one.prompt_id)


def _ask(tools: Tools, due: prompts.Due) -> None:
    quiet = do_not_disturb(tools, due.slack_user_id)
    now = tools.clock()
    with tools.db.writing(tools.workspace_id, now) as books:
        speak = prompts.step_prompt(books, due.prompt_id, quiet=quiet)
        if speak is not None:
            _say(books, speak)


def _say(books: Books, speak: Speak) -> None:
    """Only the latest message about a call asks: an earlier one loses its buttons."""
    reads, rep = reader(speak.rep.locale, speak.rep.zone), speak.rep
    if speak.do is Do.REST:
        words = debrief_views.enough(speak.asked)
        outbox.put(books, Message(OutboxKind.NOTICE, words.text, words.blocks, person_id=rep.id))
        return
    is_again = speak.do is Do.REMIND
    if is_again and speak.message_id is not None:
        words = debrief_views.asked_again(speak.call, reads)
        outbox.put(
            books,
            Message(OutboxKind.UPDATE, words.text, words.blocks, person_id=rep.id, updates=speak.message_id),
        )
    kind = OutboxKind.REMINDER if is_again else OutboxKind.PROMPT
    words = debrief_views.prompt(speak.call, reads, rep.roles, speak.last, is_again=is_again)
    prompts.said(
        books, speak.prompt_id, outbox.put(books, Message(kind, words.text, words.blocks, person_id=rep.id))
    )


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
    words = views.morning_steps(reminder.steps, local_date(books.now, rep.zone), reader(rep.locale, rep.zone))
    return Message(OutboxKind.REMINDER, words.text, words.blocks, person_id=rep.id)
