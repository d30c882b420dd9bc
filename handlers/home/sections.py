"""What the Home tab is made of, from the top: each section asks for itself and may have nothing to say."""

from collections.abc import Callable

from slack_sdk.models.blocks import Block

from bot.blocks.ids import Action
from bot.blocks.reader import reader
from bot.calendar.wallclock import local_date
from bot.calls.services import calls
from bot.coaching.services import commitments
from bot.core.enums import SELLING_ROLES, Role
from bot.debriefs.services import next_steps as steps
from bot.debriefs.services import stories
from bot.debriefs.views import next_steps as step_views
from bot.debriefs.views import stories as story_views
from bot.delivery.services import undelivered
from bot.delivery.services.undelivered import Road
from bot.home.domain import SetOut
from bot.home.services import home
from bot.home.views import lead, own
from bot.home.views import tab as views
from bot.home.views.tab import Stuck
from bot.people.domain import access
from bot.people.domain.access import Right
from bot.people.services import people
from bot.people.services import workspace as workspaces
from bot.people.services.members import Member
from bot.pipeline.services import plunger as plungers
from bot.pipeline.services import slips
from bot.pipeline.views import plunger as plunger_views
from bot.pipeline.views import slips as slip_views
from bot.privacy.views import privacy as privacy_views
from bot.scorecards.services import disputes
from bot.setup.services import setup
from bot.setup.views import asking as asking_views
from bot.setup.views import setup as setup_views
from bot.slack import scopes
from handlers.home import intake
from storage.books import Books

Section = Callable[[Books, Member], list[Block]]
"""What one part of a person's tab says."""


def waiting(books: Books, person: Member) -> list[Block]:
    """Of who sells, or has a call."""
    found = calls.open_calls(books, person.id)
    if not found and person.roles.isdisjoint(SELLING_ROLES):
        return []
    return views.waiting(
        found,
        home.count_waiting(books, person.id),
        reader(person.locale, person.zone),
    )


def next_steps(books: Books, person: Member) -> list[Block]:
    today = local_date(books.now, person.zone)
    return step_views.due(steps.due(books, person), today, reader(person.locale, person.zone))


def plunger(books: Books, person: Member) -> list[Block]:
    """An AE's stuck deals, without those to be left this week, and those that moved again."""
    if Role.AE not in person.roles:
        return []
    reads = reader(person.locale, person.zone)
    stuck = plunger_views.own(plungers.own(books, person), reads)
    return [*stuck, *slip_views.rows(slips.unexplained(books, person), reads)]


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
    return own.coaching(
        home.pairs_of(books, person),
        [
            SetOut(one.question_id, one.words, one.coach.name, one.due_on)
            for one in commitments.open_of(books, person.id)
        ],
        reader(person.locale, person.zone),
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


def settings(books: Books, person: Member) -> list[Block]:
    return own.settings(home.habits(books, person))


def workspace(books: Books, person: Member) -> list[Block]:
    """For admins: what holds for everybody."""
    may = access.may(people.viewer(books, person.id), Right.CONFIGURE)
    return asking_views.in_home() if may else []


def stuck(books: Books, person: Member) -> list[Block]:
    """For admins, and holds nobody's words."""
    if not access.may(people.viewer(books, person.id), Right.SEE_DEAD_LETTERS):
        return []
    again = {Road.IN: Action.WORK_AGAIN, Road.OUT: Action.SEND_AGAIN}
    return views.undelivered(
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
    intake.strangers,
    intake.gaps,
    intake.crm,
    permissions,
    stuck,
)
ALWAYS: tuple[Section, ...] = (workspace, settings, own_data)
"""At the end, whatever else there is: nobody is without *Forget me* for having much to do."""
