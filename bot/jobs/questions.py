"""What people are asked unasked: how a call ended, what becomes of a lead, whether a commitment was kept."""

import structlog

from bot import outbox
from bot.domain.prompts import Do
from bot.jobs.tools import Tools, do_not_disturb
from bot.outbox import Message
from bot.services import commitments, handoff_questions, prompts
from bot.services.commitments import Commitment
from bot.services.handoff_questions import Reminder
from bot.services.prompts import Speak
from bot.views import commitments as commitment_views
from bot.views import debrief as debrief_views
from bot.views import handoff as handoff_views
from bot.views.reader import reader
from bot.words import OutboxKind

log = structlog.get_logger()


def ask_for_debriefs(tools: Tools) -> None:
    """Ask, remind or let rest, each question in a transaction of its own."""
    with tools.db.read() as session:
        due = prompts.due(session, tools.workspace_id, now=tools.clock())
    for one in due:
        try:
            _ask(tools, one)
        except Exception:
            log.exception("a question failed; those behind it go on", prompt=one.prompt_id)


def _ask(tools: Tools, due: prompts.Due) -> None:
    quiet = do_not_disturb(tools, due.slack_user_id)
    now = tools.clock()
    with tools.db.begin() as session:
        speak = prompts.step(session, tools.workspace_id, due.prompt_id, quiet=quiet, now=now)
        if speak is not None:
            message_id = outbox.put(session, tools.workspace_id, _words(speak), now=now)
            if speak.do is Do.ASK:
                prompts.said(session, tools.workspace_id, speak.prompt_id, message_id)


def remind_of_handoffs(tools: Tools) -> None:
    """Remind AEs, once, of leads they have left undecided, each in a transaction of its own."""
    with tools.db.read() as session:
        due = handoff_questions.due(session, tools.workspace_id, now=tools.clock())
    for one in due:
        quiet = do_not_disturb(tools, one.slack_user_id)
        now = tools.clock()
        with tools.db.begin() as session:
            reminder = handoff_questions.remind(
                session, tools.workspace_id, one.handoff_id, quiet=quiet, now=now
            )
            if reminder is not None:
                message_id = outbox.put(session, tools.workspace_id, _reminded(reminder), now=now)
                handoff_questions.reminded(session, tools.workspace_id, one.handoff_id, message_id)


def ask_about_commitments(tools: Tools) -> None:
    """Ask learners whether they kept what they set out to do, once, each in a transaction of its own."""
    with tools.db.read() as session:
        due = commitments.due(session, tools.workspace_id, now=tools.clock())
    for one in due:
        quiet = do_not_disturb(tools, one.slack_user_id)
        now = tools.clock()
        with tools.db.begin() as session:
            asked = commitments.step(session, tools.workspace_id, one, quiet=quiet, now=now)
            if asked is not None:
                message_id = outbox.put(session, tools.workspace_id, _promised(asked), now=now)
                commitments.asked(session, tools.workspace_id, asked, message_id)


def _words(speak: Speak) -> Message:
    reads = reader(speak.rep.locale, speak.rep.zone)
    if speak.do is Do.REMIND:
        text = debrief_views.reminder_text(speak.call, reads)
        return Message(OutboxKind.REMINDER, text, person_id=speak.rep.id, thread=speak.message_id)
    text, blocks = debrief_views.prompt_text(speak.call, reads), debrief_views.prompt(speak.call, reads)
    return Message(OutboxKind.PROMPT, text, blocks, person_id=speak.rep.id)


def _reminded(reminder: Reminder) -> Message:
    reads = reader(reminder.ae.locale, reminder.ae.zone)
    text = handoff_views.reminder_text(reminder.lead, reads)
    blocks = handoff_views.reminder(reminder.lead, reads)
    return Message(OutboxKind.REMINDER, text, blocks, person_id=reminder.ae.id)


def _promised(asked: Commitment) -> Message:
    text = commitment_views.question_text(asked.words, asked.coach.name)
    blocks = commitment_views.question(asked.question_id, asked.words, asked.coach.name)
    return Message(OutboxKind.NOTICE, text, blocks, person_id=asked.learner.id)
