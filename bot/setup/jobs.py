"""People who came by a file, or were found in Slack later, are welcomed like those whom somebody added there."""

from bot.core.enums import OutboxKind
from bot.delivery import outbox
from bot.delivery.outbox import Message
from bot.setup.services import enrolment
from bot.setup.views import enrolment as views
from bot.slack.tools import Tools, do_not_disturb


def welcome_newcomers(tools: Tools) -> None:
    """Each in a transaction of its own."""
    with tools.db.reading(tools.workspace_id, tools.clock()) as books:
        new = enrolment.waiting(books)
    for person in new:
        quiet = do_not_disturb(tools, person.slack_user_id)
        with tools.db.writing(tools.workspace_id, tools.clock()) as books:
            taken = enrolment.take(books, person.id, quiet=quiet)
            if taken is not None:
                member, team = taken
                text = views.welcome(team, leads=member.leads)
                outbox.put(books, Message(OutboxKind.NOTICE, text, person_id=member.id))
