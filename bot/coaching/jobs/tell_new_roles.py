"""A coach in their first month and a manager as the week begins hear what helps in the role."""

from bot.blocks.reader import reader
from bot.coaching.services import monday, new_roles
from bot.coaching.views import new_roles as new_roles_views
from bot.core.enums import OutboxKind
from bot.delivery import outbox
from bot.delivery.outbox import Message
from bot.slack.tools import Tools, do_not_disturb


def tell_new_coaches(tools: Tools) -> None:
    """Each in a transaction of its own."""
    with tools.db.reading(tools.workspace_id, tools.clock()) as books:
        waiting = new_roles.to_tell(books)
    for coach_id, slack_user_id in waiting:
        quiet = do_not_disturb(tools, slack_user_id)
        with tools.db.writing(tools.workspace_id, tools.clock()) as books:
            told = new_roles.take(books, coach_id, quiet=quiet)
            if told is not None:
                words = new_roles_views.first_month(told.month)
                outbox.put(
                    books, Message(OutboxKind.NOTICE, words.text, words.blocks, person_id=told.coach.id)
                )


def begin_managers_weeks(tools: Tools) -> None:
    """Each in a transaction of its own."""
    with tools.db.reading(tools.workspace_id, tools.clock()) as books:
        waiting = monday.to_tell(books)
    for manager_id, slack_user_id in waiting:
        quiet = do_not_disturb(tools, slack_user_id)
        with tools.db.reading(tools.workspace_id, tools.clock()) as books:
            picks = monday.picks(books, manager_id, quiet=quiet)
        if picks is None:
            continue
        with tools.db.writing(tools.workspace_id, tools.clock()) as books:
            manager = monday.take(books, manager_id, picks)
            if manager is not None:
                words = new_roles_views.monday(picks, reader(manager.locale, manager.zone))
                outbox.put(books, Message(OutboxKind.NOTICE, words.text, words.blocks, person_id=manager.id))
