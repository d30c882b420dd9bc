"""The next call knows the last one: what was promised then, and whether it was done."""

from dataclasses import replace
from datetime import datetime

from bot.calls.services import calls
from bot.core.enums import Resolved
from bot.core.errors import NotFound
from bot.core.i18n import gettext as _
from bot.debriefs.domain.last_time import LastTime, Resolutions, same_people
from storage.books import Books
from storage.queries.debriefs import debriefs as queries
from storage.tables import Call, Debrief

LOOKED_BACK = 200
"""Debriefs among which the last with the same people is looked for."""


def last_time(books: Books, person_id: int, call_id: int) -> LastTime | None:
    """Before this call of the rep's; None where nothing was left off with."""
    call = calls.own(books, person_id, call_id)
    found = _before(books, call)
    if found is None:
        return None
    due_on = found.step_moved_to or found.next_step_on
    told = LastTime(
        found.call_started_at,
        found.next_step,
        due_on,
        found.measure,
        found.resolved,
        found.timeline_agreed,
        found.authority_reached,
        found.pinned_by,
    )
    put_off = found.resolved is Resolved.NOT_NOW and (found.resolved_at or books.now) < call.started_at
    return replace(told, resolved=None) if put_off else told


def resolve(books: Books, person_id: int, call_id: int, resolved: Resolved) -> None:
    """The rep's own word on what they had set out to show before this call."""
    found = _before(books, calls.own(books, person_id, call_id))
    if found is None:
        raise NotFound(_("What you set out to do then is gone."))
    found.resolved, found.resolved_at = resolved, books.now


def resolutions(books: Books, person_id: int, since: datetime, until: datetime) -> Resolutions:
    """What the rep said yes or no to in [since, until); what was not the moment for is neither."""
    said = queries.resolved(books, person_id, since, until)
    return Resolutions(kept=said[Resolved.YES], of=said[Resolved.YES] + said[Resolved.NO])


def _before(books: Books, call: Call) -> Debrief | None:
    """The latest that says how it goes on."""
    rows = queries.written_before(books, call.person_id, call.started_at, limit=LOOKED_BACK)
    return next(
        (
            debrief
            for debrief, other in rows
            if (debrief.measure.strip() or debrief.next_step.strip() or debrief.next_step_on)
            and same_people(call.contact, call.company, other.contact, other.company)
        ),
        None,
    )
