"""What a rep entered in a debrief's form and has not saved: it is there when the form is opened again.

Slack does not tell what a closed form held, so every change is kept as it comes, the latest by Slack's own time.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.core.enums import Outcome
from bot.debriefs.domain.debrief import Answer
from storage.books import Books
from storage.queries.calls import calls
from storage.queries.debriefs import debriefs as debrief_queries
from storage.tables import Screen

__all__ = ["Draft", "Screen", "draft_of", "drop", "ended", "keep", "suggest"]

_FIELDS = {
    Screen.FIRST: (
        "outcome",
        "next_step",
        "next_step_on",
        "went_well",
        "tags",
        "measure",
        "timeline_agreed",
        "authority_reached",
        "pinned_by",
    ),
    Screen.SECOND: ("reason", "competitor", "lost_stage", "improve", "story", "product"),
}


@dataclass(frozen=True, slots=True)
class Draft:
    """`answer` is the debrief so far with this screen as it stood; contact and deal are the second screen's."""

    answer: Answer
    contact: str = ""
    deal_id: int | None = None


def keep(books: Books, person_id: int, call_id: int, screen: Screen, draft: Draft, *, at: datetime) -> None:
    """The screen as it stood at `at`; what comes late, or for a call that is gone, is let go."""
    if calls.of_person(books, person_id, call_id) is None:
        return
    debrief = debrief_queries.of_call(books, call_id)
    if debrief and (debrief.edited_at or debrief.submitted_at) >= at:
        return
    row = debrief_queries.claim_draft(books, call_id, screen)
    if row.kept_at >= at:
        return
    for name, value in _entered(draft.answer, screen).items():
        setattr(row, name, value)
    row.contact, row.deal_id, row.kept_at = draft.contact, draft.deal_id, at


def draft_of(books: Books, call_id: int, screen: Screen, answer: Answer) -> Draft | None:
    """What was entered, over the debrief as it is saved."""
    row = debrief_queries.draft_of_screen(books, call_id, screen)
    if row is None:
        return None
    entered = {name: getattr(row, name) for name in _FIELDS[screen]}
    if screen is Screen.FIRST:
        entered["tags"] = tuple(filter(None, row.tags.split(",")))
    return Draft(replace(answer, **entered), row.contact, row.deal_id)


def ended(books: Books, call_id: int, outcome: Outcome) -> None:
    """One tap on how the call ended outdoes what the draft says of it."""
    if row := debrief_queries.draft_of_screen(books, call_id, Screen.FIRST):
        row.outcome = outcome


def suggest(books: Books, call_id: int, *, timeline: bool, authority: bool) -> tuple[bool, bool]:
    """Ticks what seems so, for the rep to confirm, and never over what they said; returns what was ticked."""
    if not (timeline or authority) or debrief_queries.of_call(books, call_id) is not None:
        return False, False
    row = debrief_queries.claim_draft(books, call_id, Screen.FIRST)
    ticks_timeline = timeline and row.timeline_agreed is None
    ticks_authority = authority and row.authority_reached is None
    row.timeline_agreed = True if ticks_timeline else row.timeline_agreed
    row.authority_reached = True if ticks_authority else row.authority_reached
    return ticks_timeline, ticks_authority


def drop(books: Books, call_id: int, screen: Screen) -> None:
    """The screen was saved."""
    if row := debrief_queries.draft_of_screen(books, call_id, screen):
        books.session.delete(row)


def _entered(answer: Answer, screen: Screen) -> dict[str, Any]:
    entered = {name: getattr(answer, name) for name in _FIELDS[screen]}
    return entered | ({"tags": ",".join(answer.tags)} if screen is Screen.FIRST else {})
