"""A whole role's figures in a period and what they are worth once chance is taken out, kept where one card needs
them.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from bot.calendar.periods import Period
from bot.calendar.wallclock import local_date, start_of_day
from bot.core.enums import Role
from bot.core.session_cache import Shelf, is_missing, keep, read_once
from bot.people.services import people
from bot.people.services import workspace as workspaces
from bot.scorecards.domain.estimates import RoleEstimates, estimate
from bot.scorecards.domain.evidence import RepTally, RoleEvidence, gather
from bot.scorecards.domain.inference.priors import History
from bot.scorecards.services import tallies
from bot.scorecards.services.tallies import Window
from storage.books import Books
from storage.queries.scorecards import results

YEAR = timedelta(weeks=52)
MOST_WINDOWS = 13
"""Windows of a year that are read: enough to tell how far reps lie apart, and of weeks every fourth."""
_APART = YEAR / MOST_WINDOWS

_WEEK = timedelta(weeks=1)


_years: Shelf[tuple[RoleEvidence, ...]] = Shelf()
_peers: Shelf[RoleEvidence] = Shelf()
_histories: Shelf[History] = Shelf()


def before_period(books: Books, role: Role, period: Period, *, as_of: datetime) -> tuple[RoleEvidence, ...]:
    """The year's windows before a period, each as long as the part of it that is known, the latest first.

    Those that begin before the workspace's first record are left out: nobody was idle in them.
    """
    settings = workspaces.settings(books)

    def read() -> tuple[RoleEvidence, ...]:
        first = results.first_fact(books)
        windows = [
            Window(people.ever_in_role(books, role, window, as_of=as_of), window)
            for window in _windows(period.until(as_of))
            if first is not None and first < window.start + _WEEK
        ]
        counted = tallies.of_windows(books, windows, as_of=as_of)
        return tuple(gather(role, rows, monthly_tool_cost=settings.tool_cost) for rows in counted)

    key = (books.workspace_id, role, period.start, period.until(as_of).days, settings.tool_cost)
    return _years.get(books.session, as_of.date(), key, read)


def history(books: Books, role: Role, period: Period, *, as_of: datetime) -> History:
    """What a card's priors are made of: fitted once a day, with the period of all the peers."""
    peers_now = peers(books, role, period, as_of=as_of)
    windows = before_period(books, role, period, as_of=as_of)
    key = (books.workspace_id, role, period, workspaces.settings(books).tool_cost)
    return _histories.get(books.session, as_of.date(), key, lambda: History(windows, peers_now))


def peers(books: Books, role: Role, period: Period, *, as_of: datetime) -> RoleEvidence:
    """The period of everybody who holds the role at its end, as it was read within this hour."""
    tool_cost = workspaces.settings(books).tool_cost

    def read() -> RoleEvidence:
        rows = tallies.of_role(books, role, period, as_of=as_of)
        return gather(role, rows, monthly_tool_cost=tool_cost)

    hour = as_of.replace(minute=0, second=0, microsecond=0)
    return _peers.get(books.session, hour, (books.workspace_id, role, period, tool_cost), read)


def window_before(known: Period) -> Period | None:
    """As many days as are known of a period, up to its beginning; None for one that has not begun."""
    return _back(known, timedelta()) if known.days else None


def _windows(known: Period) -> list[Period]:
    """Going back from a period's beginning, no more than fit into the year that ends with it."""
    length = timedelta(days=known.days)
    if not length:
        return []
    step = max(length, _APART)
    return [_back(known, step * n) for n in range(int((YEAR - length) / step))]


def _back(known: Period, further: timedelta) -> Period:
    first, length = local_date(known.start, known.zone) - further, timedelta(days=known.days)
    start, end = (start_of_day(day, known.zone) for day in (first - length, first))
    return replace(known, start=start, end=end)


@read_once
def shown(books: Books, role: Role, period: Period, *, as_of: datetime) -> list[RepTally]:
    """What everybody who holds the role at the period's end did in it."""
    return tallies.of_role(books, role, period, as_of=as_of)


def read_ahead(books: Books, asked: Iterable[tuple[Role, Period]], *, as_of: datetime) -> None:
    """What is shown in several periods and roles, at one go."""
    new = [one for one in asked if is_missing(shown, books, *one, as_of=as_of)]
    windows = [Window(people.who_held(books, *one, as_of=as_of), one[1]) for one in new]
    for one, rows in zip(new, tallies.of_windows(books, windows, as_of=as_of), strict=True):
        keep(rows, shown, books, *one, as_of=as_of)


@read_once
def evidence(books: Books, role: Role, period: Period, *, as_of: datetime) -> RoleEvidence:
    """What that says of them."""
    rows = shown(books, role, period, as_of=as_of)
    return gather(role, rows, monthly_tool_cost=workspaces.settings(books).tool_cost)


@read_once
def of_role(books: Books, role: Role, period: Period, *, as_of: datetime) -> RoleEstimates:
    """The role's figures with chance taken out, by priors of the year's windows of the same length."""
    shown_now = evidence(books, role, period, as_of=as_of)
    before = before_period(books, role, period, as_of=as_of)
    return estimate(shown_now, history=History(before, shown_now))


def keep_at_hand(books: Books, role: Role, period: Period, *, as_of: datetime) -> None:
    """Read and fit what a day's cards are compared with, before the first one asks for it."""
    found = history(books, role, period, as_of=as_of)
    estimate(found.now, history=found)
