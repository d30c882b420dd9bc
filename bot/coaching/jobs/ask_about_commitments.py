"""What learners are asked unasked: whether they kept what they set out to do."""

from bot.coaching.services import commitments
from bot.coaching.services.commitments import Commitment
from bot.coaching.views import commitments as commitment_views
from bot.core.enums import OutboxKind
from bot.delivery import outbox
from bot.delivery.outbox import Message
from bot.slack.tools import Tools, do_not_disturb


def ask_about_commitments(tools: Tools) -> None:
    """Ask learners whether they kept what they set out to do, once, each in a transaction of its own."""
    with tools.db.reading(tools.workspace_id, tools.clock()) as books:
        due = commitments.commitments_due(books)
    for one in due:
        quiet = do_not_disturb(tools, one.slack_user_id)
        now = tools.clock()
        with tools.db.writing(tools.workspace_id, now) as books:
            asked = commitments.step_question(books, one, quiet=quiet)
            if asked is not None:
                message_id = outbox.put(books, _promised(asked))
                commitments.note_asked(books, asked, message_id)


def _promised(asked: Commitment) -> Message:
    words = commitment_views.question(asked.question_id, asked.words, asked.coach.name)
    return Message(OutboxKind.NOTICE, words.text, words.blocks, person_id=asked.learner.id)
