"""Workflow Builder asks for a debrief: each run of the step once, and Slack is told how it ended."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from bot.calls.domain import workflow_steps as steps
from bot.calls.domain.call import Agent, EndedCall
from bot.calls.domain.workflow_steps import Reached
from bot.calls.services import calls
from bot.calls.services.calls import Recorded
from bot.core.errors import CoachError, NotFound
from bot.core.i18n import gettext as _
from bot.people.services import workspace as workspaces
from storage.books import Books, insert_once
from storage.queries.calls import workflow_steps as queries
from storage.queries.people import members
from storage.tables import WorkflowStep

SOURCE = "workflow"
AGAIN = timedelta(minutes=1)
MAX_ATTEMPTS = 60


@dataclass(frozen=True, slots=True)
class Ending:
    """What Slack is to be told of a run; `refusal` is blank where it succeeded."""

    execution: str
    refusal: str


def ask_for_debrief(books: Books, execution: str, inputs: Mapping[str, Any]) -> Recorded | None:
    """None where the step failed (the sentence is kept for Slack) or has run before."""
    step = WorkflowStep(workspace_id=books.workspace_id, execution=execution, next_at=books.now)
    if not insert_once(books.session, step):
        return None
    try:
        return _record(books, execution, steps.read(inputs, now=books.now))
    except CoachError as error:
        refuse(books, execution, str(error))
        return None


def refuse(books: Books, execution: str, sentence: str) -> None:
    insert_once(
        books.session, WorkflowStep(workspace_id=books.workspace_id, execution=execution, next_at=books.now)
    )
    step = queries.by_execution(books, execution)
    if step is not None:
        step.refusal = sentence


def endings(books: Books, *, limit: int = 20) -> list[Ending]:
    """Runs whose end Slack has not been told."""
    return [Ending(row.execution, row.refusal) for row in queries.due(books, limit=limit)]


def claim(books: Books, execution: str) -> bool:
    """Whether this process is to tell Slack now; it is tried again a minute later, for an hour."""
    step = queries.claim(books, execution)
    if step is None:
        return False
    step.attempts += 1
    step.next_at = books.now + AGAIN if step.attempts < MAX_ATTEMPTS else None
    return True


def told(books: Books, execution: str) -> None:
    step = queries.by_execution(books, execution)
    if step is not None:
        step.next_at = None


def _record(books: Books, execution: str, reached: Reached) -> Recorded:
    rep = members.by_slack_user(books, reached.slack_user)
    if rep is None:
        raise NotFound(
            _("This person is not on Cornerman's roster, so there is nobody to ask. An admin can add them.")
        )
    ended = EndedCall(
        source=SOURCE,
        account="",
        call_key=execution,
        agent=Agent(key=reached.slack_user),
        started_at=reached.started_at,
        ended_at=reached.ended_at,
        talk_seconds=_seconds(books, reached),
        contact=reached.contact,
        company=reached.company,
    )
    return calls.record(books, rep.id, ended)


def _seconds(books: Books, reached: Reached) -> int:
    """Whoever does not say how long it was wants it asked about all the same."""
    if reached.talk_seconds is not None:
        return reached.talk_seconds
    return workspaces.settings(books).min_talk_seconds
