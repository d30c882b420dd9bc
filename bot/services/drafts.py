"""What a rep entered in a debrief's form and has not saved: it is there when the form is opened again.

Slack does not tell what a closed form held, so every change is kept as it comes, the latest by Slack's own time.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlmodel import Session

from bot.domain.debriefs import Answer
from bot.words import Outcome
from storage.queries import calls
from storage.queries import debriefs as debrief_queries
from storage.queries import drafts as queries
from storage.tables import Screen

__all__ = ["Draft", "Screen", "drop", "ended", "keep", "of"]

_FIELDS = {
    Screen.FIRST: ("outcome", "went_well", "tags", "measure", "timeline_agreed", "authority_reached"),
    Screen.SECOND: ("reason", "improve", "next_step", "next_step_on", "story"),
}


@dataclass(frozen=True, slots=True)
class Draft:
    """`answer` is the debrief so far with this screen as it stood; contact and deal are the second screen's."""

    answer: Answer
    contact: str = ""
    deal_id: int | None = None


def keep(
    session: Session,
    workspace_id: int,
    person_id: int,
    call_id: int,
    screen: Screen,
    draft: Draft,
    *,
    at: datetime,
) -> None:
    """The screen as it stood at `at`; what comes late, or for a call that is gone, is let go."""
    if calls.of_person(session, workspace_id, person_id, call_id) is None:
        return
    debrief = debrief_queries.of_call(session, workspace_id, call_id)
    if debrief and (debrief.edited_at or debrief.submitted_at) >= at:
        return
    row = queries.claim(session, workspace_id, call_id, screen)
    if row.kept_at >= at:
        return
    for name, value in _entered(draft.answer, screen).items():
        setattr(row, name, value)
    row.contact, row.deal_id, row.kept_at = draft.contact, draft.deal_id, at


def of(session: Session, workspace_id: int, call_id: int, screen: Screen, answer: Answer) -> Draft | None:
    """What was entered, over the debrief as it is saved."""
    row = queries.of_screen(session, workspace_id, call_id, screen)
    if row is None:
        return None
    entered = {name: getattr(row, name) for name in _FIELDS[screen]}
    if screen is Screen.FIRST:
        entered["tags"] = tuple(filter(None, row.tags.split(",")))
    return Draft(replace(answer, **entered), row.contact, row.deal_id)


def ended(session: Session, workspace_id: int, call_id: int, outcome: Outcome) -> None:
    """One tap on how the call ended outdoes what the draft says of it."""
    if row := queries.of_screen(session, workspace_id, call_id, Screen.FIRST):
        row.outcome = outcome


def drop(session: Session, workspace_id: int, call_id: int, screen: Screen) -> None:
    """The screen was saved."""
    if row := queries.of_screen(session, workspace_id, call_id, screen):
        session.delete(row)


def _entered(answer: Answer, screen: Screen) -> dict[str, Any]:
    entered = {name: getattr(answer, name) for name in _FIELDS[screen]}
    return entered | ({"tags": ",".join(answer.tags)} if screen is Screen.FIRST else {})
