"""Workflow Builder asks for a debrief: each run of the step once, and Slack is told how it ended."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session

from bot.domain import steps
from bot.domain.calls import Agent, EndedCall
from bot.domain.steps import Reached
from bot.errors import CoachError, NotFound
from bot.language import gettext as _
from bot.services import calls, workspaces
from bot.services.calls import Recorded
from storage.queries import members
from storage.queries import steps as queries
from storage.queries.inbox import insert_once
from storage.tables import WorkflowStep

SOURCE = "workflow"
AGAIN = timedelta(minutes=1)
MAX_ATTEMPTS = 60


@dataclass(frozen=True, slots=True)
class Ending:
    """What Slack is to be told of a run; `refusal` is blank where it succeeded."""

    execution: str
    refusal: str


def ask_for_debrief(
    session: Session, workspace_id: int, execution: str, inputs: Mapping[str, Any], *, now: datetime
) -> Recorded | None:
    """None where the step failed (the sentence is kept for Slack) or has run before."""
    step = WorkflowStep(workspace_id=workspace_id, execution=execution, next_at=now)
    if not insert_once(session, step):
        return None
    try:
        return _record(session, workspace_id, execution, steps.read(inputs, now=now))
    except CoachError as error:
        refuse(session, workspace_id, execution, str(error), now=now)
        return None


def refuse(session: Session, workspace_id: int, execution: str, sentence: str, *, now: datetime) -> None:
    insert_once(session, WorkflowStep(workspace_id=workspace_id, execution=execution, next_at=now))
    step = queries.by_execution(session, workspace_id, execution)
    if step is not None:
        step.refusal = sentence


def endings(session: Session, workspace_id: int, *, now: datetime, limit: int = 20) -> list[Ending]:
    """Runs whose end Slack has not been told."""
    return [
        Ending(row.execution, row.refusal) for row in queries.due(session, workspace_id, now=now, limit=limit)
    ]


def claim(session: Session, workspace_id: int, execution: str, *, now: datetime) -> bool:
    """Whether this process is to tell Slack now; it is tried again a minute later, for an hour."""
    step = queries.claim(session, workspace_id, execution, now=now)
    if step is None:
        return False
    step.attempts += 1
    step.next_at = now + AGAIN if step.attempts < MAX_ATTEMPTS else None
    return True


def told(session: Session, workspace_id: int, execution: str) -> None:
    step = queries.by_execution(session, workspace_id, execution)
    if step is not None:
        step.next_at = None


def _record(session: Session, workspace_id: int, execution: str, reached: Reached) -> Recorded:
    rep = members.by_slack_user(session, workspace_id, reached.slack_user)
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
        talk_seconds=_seconds(session, workspace_id, reached),
        contact=reached.contact,
        company=reached.company,
    )
    return calls.record(session, workspace_id, rep.id, ended)


def _seconds(session: Session, workspace_id: int, reached: Reached) -> int:
    """Whoever does not say how long it was wants it asked about all the same."""
    if reached.talk_seconds is not None:
        return reached.talk_seconds
    return workspaces.settings(session, workspace_id).min_talk_seconds
