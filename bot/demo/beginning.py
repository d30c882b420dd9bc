"""What the demo's team has behind it when somebody opens the page: they know the bot, and the week's pairs are made."""

from bot.app import Cornerman
from bot.coaching.jobs.open_week import open_weeks
from bot.jobs import link_people
from bot.setup.services import enrolment


def begun(corner: Cornerman) -> None:
    """Before the first digest, which tells of the pairs."""
    link_people(corner.tools)
    with corner.db.writing(corner.tools.workspace_id, corner.tools.clock()) as books:
        enrolment.nobody_is_new(books)
    open_weeks(corner.tools)
