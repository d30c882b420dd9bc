"""The Home tab's sections for admins about what comes from outside: calls, and a CRM's deals."""

from slack_sdk.models.blocks import Block

from bot.blocks.reader import reader
from bot.calls.logs import LOGS
from bot.calls.services import agent_names
from bot.calls.services import gaps as silence
from bot.calls.views import agent_names as agent_views
from bot.calls.views import source_health as views
from bot.home.services import intake
from bot.people.domain import access
from bot.people.domain.access import Right
from bot.people.services import people
from bot.people.services.members import Member
from storage.books import Books


def strangers(books: Books, person: Member) -> list[Block]:
    """Calls of people nobody has named."""
    if not _is_admin(books, person):
        return []
    found = agent_names.unnamed(books, limit=agent_views.MOST_IN_HOME)
    n = agent_names.count_unnamed(books) if found else 0
    return agent_views.in_home(found, n, reader(person.locale, person.zone))


def gaps(books: Books, person: Member) -> list[Block]:
    """Calls that may not have been heard."""
    if not _is_admin(books, person):
        return []
    return views.gaps(silence.told(books), LOGS, reader(person.locale, person.zone))


def crm(books: Books, person: Member) -> list[Block]:
    """Pulls that broke off, and rows that were refused."""
    if not _is_admin(books, person):
        return []
    return views.crm(list(intake.crm_troubles(books)), list(intake.crm_refusals(books)))


def _is_admin(books: Books, person: Member) -> bool:
    return access.may(people.viewer(books, person.id), Right.SEE_DEAD_LETTERS)
