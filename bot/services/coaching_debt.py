"""Who has gone too long without coaching: told to the manager first."""

from collections.abc import Mapping
from datetime import date, timedelta

from sqlmodel import Session

from bot.domain.plans import Someone, Uncoached
from bot.errors import BadInput
from bot.language import gettext as _
from bot.services.remembered import once
from storage.queries import coaching_rules, presence, sessions
from storage.queries import members as people

DEBT_DAYS = range(7, 366)


def limit(session: Session, workspace_id: int) -> int:
    """Days without coaching after which a manager is told."""
    return once(
        session, ("debt days", workspace_id), lambda: coaching_rules.of(session, workspace_id).debt_days
    )


def set_limit(session: Session, workspace_id: int, days: int) -> None:
    if days not in DEBT_DAYS:
        raise BadInput(_("Please give a number of days from 7 to 365: `/scorecard coaching 28`."))
    rules = coaching_rules.of(session, workspace_id)
    rules.debt_days = days
    session.add(rules)


def has_begun(session: Session, workspace_id: int, day: date) -> bool:
    """Whether anybody in the workspace has met within the limit: else coaching has not begun, or has stopped."""
    since = day - timedelta(days=limit(session, workspace_id))
    return once(
        session,
        ("coached since", workspace_id, since),
        lambda: sessions.is_any_since(session, workspace_id, since),
    )


def owed(
    session: Session, workspace_id: int, reps: Mapping[int, Someone], day: date
) -> tuple[Uncoached, ...]:
    """Of these reps, as of a day: those who want coaching, have been here as long, and had none; the longest first.

    Nobody, where coaching has not begun.
    """
    since = day - timedelta(days=limit(session, workspace_id))
    if not has_begun(session, workspace_id, day):
        return ()
    last = sessions.last_as_learner(session, workspace_id, reps.keys(), day)
    new = presence.began_after(session, workspace_id, reps.keys(), since)
    found = [
        Uncoached(reps[person.id], (day - last[person.id]).days if person.id in last else None)
        for person in people.by_ids(session, workspace_id, reps.keys())
        if person.wants_coaching and person.id not in new and last.get(person.id, date.min) < since
    ]
    return tuple(sorted(found, key=lambda one: (one.days is not None, -(one.days or 0), one.person.name)))
