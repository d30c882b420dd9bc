"""AEs are asked what SDRs asked back while they were not at work."""

from bot.core.enums import OutboxKind
from bot.delivery import outbox
from bot.delivery.outbox import Message
from bot.handoffs.services import ask_back
from bot.handoffs.views import ask_back as views
from bot.slack.tools import Tools, do_not_disturb


def put_questions_back(tools: Tools) -> None:
    """Each in a transaction of its own."""
    with tools.db.reading(tools.workspace_id, tools.clock()) as books:
        waiting = ask_back.to_put(books)
    for handoff_id, slack_user_id in waiting:
        quiet = do_not_disturb(tools, slack_user_id)
        with tools.db.writing(tools.workspace_id, tools.clock()) as books:
            asked = ask_back.put(books, handoff_id, quiet=quiet)
            if asked is not None:
                words = views.question(asked.lead)
                outbox.put(books, Message(OutboxKind.NOTICE, words.text, words.blocks, person_id=asked.ae.id))
