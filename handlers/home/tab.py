"""The Home tab as a whole: drawn from its sections, published to its person."""

from datetime import datetime

from slack_sdk import WebClient
from slack_sdk.models.views import View as HomeTab

from bot.home.views import tab as views
from bot.people.services import members
from bot.setup.services import setup
from bot.setup.views import setup as setup_views
from handlers.common.heard import Heard
from handlers.home.sections import ALWAYS, SECTIONS
from storage.books import Books
from storage.database import Database


def drawn(books: Books, slack_user: str, *, may_begin: bool = False) -> HomeTab:
    """`may_begin`: nobody has set the workspace up, and this person may."""
    begin = setup_views.begin() if may_begin else []
    if not members.is_known(books, slack_user):
        return views.home([views.stranger(members.STRANGER), begin])
    person = members.me(books, slack_user)
    told = [section(books, person) for section in SECTIONS]
    return views.home([begin, *told], always=[section(books, person) for section in ALWAYS])


def show(heard: Heard) -> None:
    """As it stands after what was heard, in books of its own: drawing it keeps no writer waiting."""
    draw_and_publish(heard.db, heard.workspace_id, heard.client, heard.slack_user, heard.now)


def draw_and_publish(
    db: Database, workspace_id: int, client: WebClient, slack_user: str, now: datetime
) -> None:
    with db.reading(workspace_id, now) as books:
        nobody_began = not setup.has_admin(books)
    may_begin = nobody_began and setup.may_begin(client.users_info(user=slack_user)["user"])
    with db.reading(workspace_id, now) as books:
        view = drawn(books, slack_user, may_begin=may_begin)
    publish(client, slack_user, view)


def publish(client: WebClient, slack_user: str, view: HomeTab) -> None:
    client.views_publish(user_id=slack_user, view=view)
