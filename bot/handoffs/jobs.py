"""What is said of leads unasked: one left undecided, one asked about, a changed checklist, what refused ones lacked."""

from bot.blocks.reader import reader
from bot.core.enums import OutboxKind
from bot.core.i18n import gettext as _
from bot.delivery import outbox
from bot.delivery.outbox import Message
from bot.delivery.services import notices
from bot.handoffs.services import ask_back, criteria, refusals
from bot.handoffs.services import questions as handoff_questions
from bot.handoffs.services.questions import Reminder
from bot.handoffs.views import ask_back as ask_back_views
from bot.handoffs.views import criteria as criteria_views
from bot.handoffs.views import handoff as handoff_views
from bot.handoffs.views import own_leads
from bot.people.services import teams
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


def put_questions_back(tools: Tools) -> None:
    """AEs are asked what SDRs asked back while they were not at work, each in a transaction of its own."""
    with tools.db.reading(tools.workspace_id, tools.clock()) as books:
        waiting = ask_back.to_put(books)
    for handoff_id, slack_user_id in waiting:
        quiet = do_not_disturb(tools, slack_user_id)
        with tools.db.writing(tools.workspace_id, tools.clock()) as books:
            asked = ask_back.put(books, handoff_id, quiet=quiet)
            if asked is not None:
                words = ask_back_views.question(asked.lead)
                notice = Message(OutboxKind.NOTICE, words.text, words.blocks, person_id=asked.ae.id)
                ask_back.note_put(books, handoff_id, outbox.put(books, notice))


def tell_of_checklist(tools: Tools) -> None:
    """SDRs and managers hear, while they work, what changed in the checklist that their leads are judged by."""
    now = tools.clock()
    with tools.db.reading(tools.workspace_id, now) as books:
        if not criteria.is_any_untold(books):
            return
    with tools.db.writing(tools.workspace_id, now) as books:
        names = {team.id: team.name for team in teams.every(books)} | {None: _("every team")}
        for person, change in criteria.take_changes(books):
            text = criteria_views.told(
                change, lambda one: names[one.team_id], reader(person.locale, person.zone)
            )
            notices.tell(books, person, Message(OutboxKind.NOTICE, text, person_id=person.id))


def tell_of_refusals(tools: Tools) -> None:
    """SDRs hear once a month what their refused leads lacked, each in a transaction of its own."""
    with tools.db.reading(tools.workspace_id, tools.clock()) as books:
        waiting = refusals.to_tell(books)
    for sdr_id, slack_user_id in waiting:
        quiet = do_not_disturb(tools, slack_user_id)
        with tools.db.writing(tools.workspace_id, tools.clock()) as books:
            taken = refusals.take(books, sdr_id, quiet=quiet)
            if taken is not None:
                sdr, month = taken
                words = own_leads.refusals_told(month, reader(sdr.locale, sdr.zone))
                outbox.put(books, Message(OutboxKind.FEEDBACK, words.text, words.blocks, person_id=sdr.id))
