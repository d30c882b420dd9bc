"""The Home tab as a whole: each section asks for itself and may have nothing to say; published to its person."""

from collections.abc import Callable
from datetime import datetime

from slack_sdk import WebClient
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View as HomeTab

from bot.blocks.ids import Action
from bot.blocks.reader import reader
from bot.calendar.wallclock import local_date
from bot.calls.logs import LOGS
from bot.calls.services import agent_names, calls, source_health
from bot.calls.views import agent_names as agent_views
from bot.calls.views import source_health as views
from bot.coaching.services import commitments
from bot.core.enums import SELLING_ROLES, Role
from bot.debriefs.services import next_steps as steps
from bot.debriefs.services import stories
from bot.debriefs.views import last_time
from bot.debriefs.views import stories as story_views
from bot.delivery.services import undelivered
from bot.delivery.services.undelivered import Road
from bot.home.domain import SetOut
from bot.home.services import home, intake
from bot.home.views import lead, own
from bot.home.views import tab as tab_views
from bot.home.views.tab import Stuck
from bot.people.domain import access
from bot.people.domain.access import Right
from bot.people.services import members, people, teams
from bot.people.services import workspace as workspaces
from bot.people.services.members import Member
from bot.pipeline.services import feeds
from bot.pipeline.services import plunger as plungers
from bot.pipeline.services import stuck as pipelines
from bot.pipeline.views import plunger as plunger_views
from bot.pipeline.views import stuck as stuck_views
from bot.privacy.views import privacy as privacy_views
from bot.scorecards.services import disputes
from bot.setup.services import setup
from bot.setup.views import asking as asking_views
from bot.setup.views import setup as setup_views
from bot.slack import scopes
from handlers.common.heard import Heard
from storage.books import Books
from storage.database import Database


def drawn(books: Books, slack_user: str, *, may_begin: bool = False) -> HomeTab:
    """`may_begin`: nobody has set the workspace up, and this person may."""
    begin = setup_views.begin() if may_begin else []
    if not members.is_known(books, slack_user):
        return tab_views.home([tab_views.stranger(members.STRANGER), begin])
    person = members.me(books, slack_user)
    told = [section(books, person) for section in SECTIONS]
    return tab_views.home([begin, *told], always=[section(books, person) for section in ALWAYS])


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
    return views.gaps(source_health.told(books), LOGS, reader(person.locale, person.zone))


def crm(books: Books, person: Member) -> list[Block]:
    """Pulls that broke off, and rows that were refused."""
    if not _is_admin(books, person):
        return []
    return views.crm(list(intake.crm_troubles(books)), list(intake.crm_refusals(books)))


def _is_admin(books: Books, person: Member) -> bool:
    return access.may(people.viewer(books, person.id), Right.SEE_DEAD_LETTERS)


Section = Callable[[Books, Member], list[Block]]
"""What one part of a person's tab says."""


def waiting(books: Books, person: Member) -> list[Block]:
    """Of who sells, or has a call."""
    found = calls.open_calls(books, person.id)
    if not found and person.roles.isdisjoint(SELLING_ROLES):
        return []
    return tab_views.waiting(
        found,
        home.count_waiting(books, person.id) if found else 0,
        reader(person.locale, person.zone),
    )


def next_steps(books: Books, person: Member) -> list[Block]:
    today = local_date(books.now, person.zone)
    return last_time.steps_due(steps.due(books, person), today, reader(person.locale, person.zone))


def plunger(books: Books, person: Member) -> list[Block]:
    """An AE's stuck deals, without those to be left this week, and those that moved again."""
    if Role.AE not in person.roles:
        return []
    reads = reader(person.locale, person.zone)
    clogs = plungers.own(books, person)
    silence = feeds.of_deals(books, teams.own(books, person)) if clogs else None
    stuck = plunger_views.own(clogs, reads, silence)
    return [*stuck, *stuck_views.rows(pipelines.unexplained(books, person), reads)]


def week(books: Books, person: Member) -> list[Block]:
    """The running week in counts, the last 13 weeks beside the role, and what one does."""
    told = home.this_week(books, person)
    if told is None:
        return []
    reads = reader(person.locale, person.zone)
    card = home.numbers(books, person)
    return [*own.week(told, reads), *(own.numbers(card, reads) if card else []), own.doing(person.roles)]


def shelf(books: Books, person: Member) -> list[Block]:
    """For who is new."""
    return [story_views.welcome()] if stories.is_shelf_for(books, person) else []


def coaching(books: Books, person: Member) -> list[Block]:
    waiting, older = commitments.open_of(books, person.id)
    return own.coaching(
        home.pairs_of(books, person),
        [SetOut(one.question_id, one.words, one.coach.name, one.due_on) for one in waiting],
        reader(person.locale, person.zone),
        older=older,
    )


def leading(books: Books, person: Member) -> list[Block]:
    """For those who lead: each team, then what waits for an answer."""
    if not person.leads:
        return []
    viewer = people.viewer(books, person.id)
    reads = reader(person.locale, person.zone)
    return [
        *lead.teams(home.led_by(books, person), reads),
        *lead.disputes(disputes.still_open(books, viewer), reads),
    ]


def workspace(books: Books, person: Member) -> list[Block]:
    """For admins: what holds for everybody."""
    may = access.may(people.viewer(books, person.id), Right.CONFIGURE)
    return asking_views.in_home() if may else []


def settings(books: Books, person: Member) -> list[Block]:
    return own.settings(home.habits(books, person))


def stuck(books: Books, person: Member) -> list[Block]:
    """For admins, and holds nobody's words."""
    if not access.may(people.viewer(books, person.id), Right.SEE_DEAD_LETTERS):
        return []
    again = {Road.IN: Action.WORK_AGAIN, Road.OUT: Action.SEND_AGAIN}
    return tab_views.undelivered(
        [
            Stuck(f"{one.what} {one.where_to}", f"{one.state}: {one.why}", again[one.road], one.id)
            for one in undelivered.listed(books)
        ]
    )


def permissions(books: Books, person: Member) -> list[Block]:
    """For admins: what is off because the app was granted less than it needs."""
    if not access.may(people.viewer(books, person.id), Right.SEE_DEAD_LETTERS):
        return []
    return setup_views.missing_scopes(scopes.missing(workspaces.scopes(books)))


def own_data(_books: Books, _person: Member) -> list[Block]:
    return privacy_views.mine()


def setup_steps(books: Books, person: Member) -> list[Block]:
    """For admins, while there is something to do; `/scorecard setup` shows them always."""
    if not access.may(people.viewer(books, person.id), Right.CONFIGURE):
        return []
    progress = setup.progress(books)
    return [] if all(progress.done.values()) else setup_views.steps(progress)


SECTIONS: tuple[Section, ...] = (
    setup_steps,
    next_steps,
    waiting,
    plunger,
    week,
    shelf,
    coaching,
    leading,
    strangers,
    gaps,
    crm,
    permissions,
    stuck,
)
ALWAYS: tuple[Section, ...] = (workspace, settings, own_data)
"""At the end, whatever else there is: nobody is without *Forget me* for having much to do."""
