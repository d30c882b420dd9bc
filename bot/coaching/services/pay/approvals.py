"""A month's credit is told to the coach, put to who leads them, and approved or not; each once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from bot.calendar.wallclock import local_date
from bot.calendar.working_hours import Quiet
from bot.calls.services import budget
from bot.coaching.domain.pay import APPROVALS_FROM, STATEMENTS_FOR, CoachPay, first_of, month_before
from bot.coaching.services.pay import months
from bot.core.enums import Unasked
from bot.core.errors import BadInput, NotAllowed, NotFound
from bot.core.i18n import gettext as _
from bot.people.domain.access import Viewer
from bot.people.services import calendars, members, people, teams, unasked
from bot.people.services import workspace as workspaces
from bot.people.services.members import Member
from storage.books import Books, insert_once
from storage.queries.coaching import results as queries
from storage.queries.people import members as member_queries
from storage.tables import PayMonth

REASON = range(3, 301)
"""Letters of a no."""
_LAST_DAYS = 28
"""From which day of a month by UTC the next may have begun somewhere."""


@dataclass(frozen=True, slots=True)
class Decided:
    """`is_news`: it was not so before."""

    pay: CoachPay
    coach: Member
    is_news: bool


def may_be_due(books: Books) -> bool:
    """Whether it is a day of the month, anywhere, on which something is told."""
    return books.now.day <= STATEMENTS_FOR + 1 or books.now.day >= _LAST_DAYS


def coaches_to_tell(books: Books) -> list[Member]:
    """Who coached in a month that is over and has not been told what it came to, in their hours."""
    ids = queries.coaches(books, min(_months(books)), books.now.date())
    found = (members.member(books, coach_id) for coach_id in ids)
    return [one for one in found if _is_due(books, one, Unasked.COACHING_PAY)]


def take_statement(books: Books, coach_id: int, *, quiet: tuple[Quiet, ...]) -> CoachPay | None:
    """Claimed for the month: what comes back is to be said now; None for nothing."""
    coach = members.member(books, coach_id)
    if not _is_due(books, coach, Unasked.COACHING_PAY, quiet) or not budget.has_room(books, coach):
        return None
    today = local_date(books.now, coach.zone)
    (pay,) = months.of_coaches(books, [coach_id], month_before(today))
    if not pay.statement.credits:
        return None
    return pay if unasked.claim(books, coach_id, Unasked.COACHING_PAY, today) else None


def deciders_to_ask(books: Books) -> list[Member]:
    """Who leads somebody who coached last month, or is an admin, and has not been asked, in their hours."""
    found = (members.member(books, id) for id in _deciders(books))
    return [one for one in found if _is_due(books, one, Unasked.PAY_TO_APPROVE)]


def take_open(books: Books, decider_id: int, *, quiet: tuple[Quiet, ...]) -> list[CoachPay]:
    """What waits for this person's word, claimed for the month; an admin is asked where no manager can be."""
    decider = members.member(books, decider_id)
    if not _is_due(books, decider, Unasked.PAY_TO_APPROVE, quiet) or not budget.has_room(books, decider):
        return []
    today = local_date(books.now, decider.zone)
    asked = [
        one
        for one in months.of_month(books, month_before(today))
        if one.is_open and decider_id in approvers(books, one)
    ]
    if not asked or not unasked.claim(books, decider_id, Unasked.PAY_TO_APPROVE, today):
        return []
    return asked


def approvers(books: Books, pay: CoachPay) -> list[int]:
    """Who is asked: the managers of the coach's teams; where the coach has none but themselves, the admins."""
    leads = [
        person.id
        for team_id in pay.teams
        for person in member_queries.managers_of(books, team_id, books.now.date())
        if person.id != pay.coach.id
    ]
    if leads:
        return sorted(set(leads))
    return [person.id for person in member_queries.admins(books) if person.id != pay.coach.id]


def names(books: Books, pay: CoachPay) -> list[str]:
    """Of those who are asked."""
    return [members.member(books, id).name for id in approvers(books, pay)]


def led_by(books: Books, decider: Member) -> set[int] | None:
    """Whose coaching a decider reads the effect of: of the teams they lead, as an admin of none of everybody."""
    led = people.teams_led(books, decider.id, books.now.date())
    if not led:
        return None
    return {person.id for person, _place, team in teams.roster_on(books, books.now.date()) if team.id in led}


def decidable(books: Books, viewer: Viewer, month: date) -> list[CoachPay]:
    """All of a month that this person may decide on, decided or not."""
    return [one for one in months.of_month(books, month) if one.is_decided_by(viewer)]


def opened(books: Books, pays: Iterable[CoachPay]) -> dict[int, int]:
    """By coach, the id under which the month is decided on."""
    found: dict[int, int] = {}
    for pay in pays:
        row = PayMonth(workspace_id=books.workspace_id, coach_id=pay.coach.id, month=pay.month)
        insert_once(books.session, row)
        found |= {id: row.id for id, row in queries.of_month(books, [pay.coach.id], pay.month).items()}
    return found


def pay_of(books: Books, by: Member, pay_id: int) -> CoachPay:
    """Raises NotFound, or NotAllowed where it is not this person's to decide."""
    row = queries.claim(books, pay_id)
    if row is None:
        raise NotFound(_("That month is gone: the coach has been forgotten."))
    (pay,) = months.of_coaches(books, [row.coach_id], row.month)
    if not pay.is_decided_by(people.viewer(books, by.id)):
        raise NotAllowed(
            _("A coach's credit is for their manager or an admin to approve, and never one's own.")
        )
    return pay


def decide(books: Books, by: Member, pay_id: int, *, approved: bool, reason: str = "") -> Decided:
    """Of the credit as it stands now; a later word replaces an earlier one. Raises BadInput for a no without a why."""
    pay = pay_of(books, by, pay_id)
    why = " ".join(reason.split())
    if not approved and len(why) not in REASON:
        raise BadInput(_("Please say why not, in a sentence: the coach reads it."), field="reason")
    if not is_over(books, by, pay.month):
        raise BadInput(_("That month is not over yet."))
    row = queries.claim(books, pay_id)
    if row is None:
        raise NotFound(_("That month is gone: the coach has been forgotten."))
    before = (row.approved, row.reason, row.sessions, row.minutes)
    row.approved, row.reason = approved, why
    row.sessions, row.minutes = len(pay.statement.credits), pay.statement.minutes
    settings = workspaces.settings(books)
    row.rate, row.currency, row.paid_by = settings.credit_rate, settings.currency, settings.paid_by
    is_news = before != (row.approved, row.reason, row.sessions, row.minutes)
    if is_news:
        row.decided_by_id, row.decided_at = by.id, books.now
    books.session.flush()
    (now,) = months.of_coaches(books, [pay.coach.id], pay.month)
    return Decided(now, members.member(books, pay.coach.id), is_news)


def is_over(books: Books, by: Member, month: date) -> bool:
    """Whether the month has ended on somebody's wall."""
    return first_of(local_date(books.now, by.zone)) > first_of(month)


def _months(books: Books) -> list[date]:
    """Those that may be the last one somewhere, by their first days."""
    today = books.now.date()
    return [month_before(today), *([first_of(today)] if today.day >= _LAST_DAYS else [])]


def _deciders(books: Books) -> list[int]:
    found = {
        id
        for month in _months(books)
        for pay in months.of_month(books, month)
        if pay.is_open
        for id in approvers(books, pay)
    }
    return sorted(found)


def _is_due(books: Books, person: Member, kind: Unasked, quiet: tuple[Quiet, ...] = ()) -> bool:
    """In the days of a month in which it is told, in their hours, where they were not told in it yet and are here."""
    today = local_date(books.now, person.zone)
    first = APPROVALS_FROM if kind is Unasked.PAY_TO_APPROVE else 1
    last = unasked.last_sent(books, person.id, kind)
    is_told = last is not None and last >= today.replace(day=1)
    is_here = person.roles or person.is_admin
    if not is_here or is_told or not first <= today.day <= STATEMENTS_FOR:
        return False
    if not unasked.may_be_sent(books, person, kind):
        return False
    return calendars.is_at_work(books, person, quiet=quiet)
