"""Slack is told how the steps of its workflows ended, again where that did not get through."""

from datetime import datetime

import structlog
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.services import steps
from bot.services.steps import Ending
from bot.slack.outcomes import NETWORK, Refused, judged
from storage.database import Database

log = structlog.get_logger()


def tell_all(db: Database, workspace_id: int, slack: WebClient, *, now: datetime) -> None:
    """No transaction is open while Slack is spoken to."""
    with db.read() as session:
        due = steps.endings(session, workspace_id, now=now)
    for ending in due:
        with db.begin() as session:
            is_mine = steps.claim(session, workspace_id, ending.execution, now=now)
        if is_mine and _tell(slack, ending):
            with db.begin() as session:
                steps.told(session, workspace_id, ending.execution)


def _tell(slack: WebClient, ending: Ending) -> bool:
    """Whether that is settled: Slack knows, or does not know the run any more. Telling it twice does no harm."""
    try:
        if ending.refusal:
            slack.functions_completeError(function_execution_id=ending.execution, error=ending.refusal)
        else:
            slack.functions_completeSuccess(function_execution_id=ending.execution, outputs={})
    except SlackApiError as error:
        outcome = judged(error)
        log.warning("Slack did not take the end of a step", error=outcome.why)
        return isinstance(outcome, Refused)
    except NETWORK as error:
        log.warning("Slack could not be told of the end of a step", error=type(error).__name__)
        return False
    return True
