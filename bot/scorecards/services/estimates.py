"""A whole role's figures in a period, what they say, and what they are worth once chance is taken out."""

from datetime import datetime

from bot.calendar.periods import Period
from bot.core.enums import Role
from bot.core.session_cache import read_once
from bot.people.services import workspace as workspaces
from bot.scorecards.domain.estimates import RoleEstimates, estimate
from bot.scorecards.domain.evidence import RepTally, RoleEvidence, gather
from bot.scorecards.domain.inference.history import History
from bot.scorecards.services import role_evidence as roles
from bot.scorecards.services import tallies
from storage.books import Books


@read_once
def shown(books: Books, role: Role, period: Period, *, as_of: datetime) -> list[RepTally]:
    """What everybody who holds the role at the period's end did in it."""
    return tallies.of_role(books, role, period, as_of=as_of)


@read_once
def evidence(books: Books, role: Role, period: Period, *, as_of: datetime) -> RoleEvidence:
    """What that says of them."""
    rows = shown(books, role, period, as_of=as_of)
    return gather(role, rows, monthly_tool_cost=workspaces.settings(books).tool_cost)


@read_once
def of_role(books: Books, role: Role, period: Period, *, as_of: datetime) -> RoleEstimates:
    """The role's figures with chance taken out, by priors of the year's windows of the same length."""
    shown_now = evidence(books, role, period, as_of=as_of)
    before = roles.before(books, role, period, as_of=as_of)
    return estimate(shown_now, history=History(before, shown_now))


def keep_at_hand(books: Books, role: Role, period: Period, *, as_of: datetime) -> None:
    """Read and fit what a day's cards are compared with, before the first one asks for it."""
    found = roles.history(books, role, period, as_of=as_of)
    estimate(found.now, history=found)
