"""The weights of a role's score: those in force, and new ones, which are looked at before they count."""

from collections.abc import Mapping
from datetime import date, datetime

from bot.calendar.periods import Period
from bot.core.enums import Metric, Role
from bot.core.errors import BadInput, NotFound
from bot.core.i18n import gettext as _
from bot.core.session_cache import read_once
from bot.scorecards.domain import weights as rules
from bot.scorecards.domain.aims.targets import day_reached
from bot.scorecards.domain.ranking import SCORE_WEIGHTS, Weights
from storage.books import Books
from storage.queries.scorecards import targets as queries
from storage.tables import Weight, WeightSet


def on(books: Books, role: Role, day: date) -> Weights:
    """In force on a day: those set last by then, else the ones Cornerman comes with."""
    found = queries.latest_set(books, role, day)
    usual = SCORE_WEIGHTS.get(role, {})
    return (found and rules.without_own_word(queries.shares(books, found.id))) or usual


@read_once
def of_period(books: Books, role: Role, period: Period, *, as_of: datetime) -> Weights:
    """Those of the period's last day, so that a period that is over keeps its ranking."""
    return on(books, role, day_reached(period, as_of))


def propose(books: Books, role: Role, given: Mapping[Metric, float]) -> int:
    """Keep weights that do not count yet; returns their id. Raises BadInput."""
    shares = rules.shares(role, given)
    proposed = WeightSet(workspace_id=books.workspace_id, role=role)
    books.session.add(proposed)
    books.session.flush()
    books.session.add_all(
        Weight(workspace_id=books.workspace_id, weight_set_id=proposed.id, metric=metric, share=share)
        for metric, share in shares.items()
    )
    return proposed.id


def proposal(books: Books, set_id: int) -> tuple[Role, Weights]:
    row = _row(books, set_id)
    return row.role, queries.shares(books, set_id)


def confirm(books: Books, set_id: int, *, today: date) -> bool:
    """Let them count from today; a second time changes nothing. Returns whether they began to."""
    row = _row(books, set_id)
    if row.from_day is not None:
        return False
    latest = queries.latest_set(books, row.role, today)
    if latest is not None and latest.id > set_id:
        raise BadInput(
            _(
                "Somebody has changed these weights meanwhile. Look at them with `/scorecard weights {role}`."
            ).format(role=row.role)
        )
    row.from_day = today
    return True


def _row(books: Books, set_id: int) -> WeightSet:
    row = queries.weight_set(books, set_id)
    if row is None:
        raise NotFound(_("These weights are not there any more."))
    return row
