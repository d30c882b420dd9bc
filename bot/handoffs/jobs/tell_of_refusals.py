"""SDRs hear once a month what their refused leads lacked."""

from bot.blocks.reader import reader
from bot.core.enums import OutboxKind
from bot.delivery import outbox
from bot.delivery.outbox import Message
from bot.handoffs.services import refusals
from bot.handoffs.views import refusals as views
from bot.slack.tools import Tools, do_not_disturb


def tell_of_refusals(tools: Tools) -> None:
    """Each in a transaction of its own."""
    with tools.db.reading(tools.workspace_id, tools.clock()) as books:
        waiting = refusals.to_tell(books)
    for sdr_id, slack_user_id in waiting:
        quiet = do_not_disturb(tools, slack_user_id)
        with tools.db.writing(tools.workspace_id, tools.clock()) as books:
            taken = refusals.take(books, sdr_id, quiet=quiet)
            if taken is not None:
                sdr, month = taken
                words = views.told(month, reader(sdr.locale, sdr.zone))
                outbox.put(books, Message(OutboxKind.FEEDBACK, words.text, words.blocks, person_id=sdr.id))
