"""Questions about when people began, where nobody said so: what is the first that is known of them."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import cache

import sqlalchemy as sa
from sqlmodel import col, select

from storage.books import Books
from storage.tables import AccountValue, Call, Deal, Handoff, Membership, Team
from storage.types import UTCDateTime


def since_added(books: Books) -> Sequence[tuple[Membership, Team]]:
    """Roles that began when their holders were added, for want of a better day."""
    return books.session.exec(
        select(Membership, Team)
        .join(
            Team,
            sa.and_(
                col(Membership.team_id) == col(Team.id),
                col(Membership.workspace_id) == col(Team.workspace_id),
            ),
        )
        .where(Membership.workspace_id == books.workspace_id, col(Membership.since_added))
        .order_by(col(Membership.id))
    ).all()


def first_records(books: Books, person_id: int) -> Sequence[datetime | date]:
    """The first call, lead passed, lead decided, deal and account value of a person, of each kind that there is.

    A deal is theirs since it was given to them: what somebody else began says nothing about the heir.
    """
    found = books.session.execute(
        _firsts(), {"workspace_id": books.workspace_id, "person_id": person_id}
    ).one()
    return [one for one in found if one is not None]


@cache
def _firsts() -> sa.Executable:
    given = sa.func.coalesce(
        col(Deal.owner_since), col(Deal.opened_at), col(Deal.closed_at), type_=UTCDateTime
    )
    kinds = (
        (Call.workspace_id, Call.person_id, col(Call.started_at)),
        (Handoff.workspace_id, Handoff.sdr_id, col(Handoff.passed_at)),
        (Handoff.workspace_id, Handoff.ae_id, col(Handoff.decided_at)),
        (Deal.workspace_id, Deal.ae_id, given),
        (AccountValue.workspace_id, AccountValue.am_id, col(AccountValue.as_of)),
    )
    return sa.select(
        *(
            sa.select(sa.func.min(when))
            .where(
                col(home) == sa.bindparam("workspace_id", type_=sa.Integer),
                col(person) == sa.bindparam("person_id", type_=sa.Integer),
            )
            .scalar_subquery()
            for home, person, when in kinds
        )
    )
