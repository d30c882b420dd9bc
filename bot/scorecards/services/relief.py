"""By how much the coaching they did lowers reps' targets, where the workspace pays for it so."""

from collections import Counter, defaultdict
from collections.abc import Collection
from datetime import date, datetime

from bot.calendar.periods import Period
from bot.core.coaching_enums import PaidBy
from bot.people.services import workspace as workspaces
from bot.scorecards.domain.coached import CoachedSession, counted, monday_of
from storage.books import Books
from storage.queries.scorecards import targets as queries


def minutes(books: Books, reps: Collection[int], period: Period, *, as_of: datetime) -> Counter[int]:
    """By rep, the credited minutes of the period's days up to the moment; none where coaching is paid in money.

    A month to which a manager said no lowers nothing.
    """
    days = period.until(as_of).dates()
    if not days or workspaces.settings(books).paid_by is not PaidBy.RELIEF:
        return Counter()
    held: dict[int, list[CoachedSession]] = defaultdict(list)
    for one in queries.with_commitment(books, reps, monday_of(days[0]), days[-1]):
        session = CoachedSession(one.id, one.learner_id, one.held_on, one.minutes, confirmed=True)
        held[one.coach_id].append(session)
    refused = queries.refused(books, reps, as_of)
    return Counter({rep: _credited(rep, own, days[0], refused) for rep, own in held.items()})


def _credited(
    rep: int, held: Collection[CoachedSession], first: date, refused: Collection[tuple[int, date]]
) -> int:
    day_of = {one.id: one.held_on for one in held}
    return sum(
        credited
        for id, credited in counted(held, since=first).items()
        if (rep, day_of[id].replace(day=1)) not in refused
    )
