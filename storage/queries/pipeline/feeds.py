"""Questions about the days on which a team's records came."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import col

from storage.books import Books
from storage.tables import Call, Deal, Handoff


def days(books: Books, reps: Collection[int], since: datetime) -> Mapping[str, set[date]]:
    """On which calls and leads came, and on which deals opened, closed, or were worked on; by kind."""
    kinds = (
        ("calls", col(Call.workspace_id), col(Call.person_id), col(Call.started_at)),
        ("leads", col(Handoff.workspace_id), col(Handoff.sdr_id), col(Handoff.passed_at)),
        ("deals", col(Deal.workspace_id), col(Deal.ae_id), col(Deal.opened_at)),
        ("deals", col(Deal.workspace_id), col(Deal.ae_id), col(Deal.closed_at)),
        ("deals", col(Deal.workspace_id), col(Deal.ae_id), col(Deal.last_activity_at)),
    )
    came = (
        sa.select(sa.literal(kind), sa.func.date(at)).where(
            home == books.workspace_id, person.in_(reps), at >= since, at <= books.now
        )
        for kind, home, person, at in kinds
    )
    found: dict[str, set[date]] = defaultdict(set)
    for kind, day in books.session.execute(sa.union(*came)):
        found[kind].add(day if isinstance(day, date) else date.fromisoformat(str(day)))
    return found
