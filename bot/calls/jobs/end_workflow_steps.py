"""Slack is told how the steps of its workflows ended, again where that did not get through."""

import structlog
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.calls.services import workflow_steps as steps
from bot.calls.services.workflow_steps import Ending
from bot.slack.outcomes import NETWORK, Refused, judged
from bot.slack.tools import Tools

log = structlog.get_logger()


def end_workflow_steps(tools: Tools) -> None:
    """Tell Slack how the steps of its workflows ended; telling it twice does no harm.

    No transaction is open while Slack is spoken to.
    """
    db, workspace_id, now = tools.db, tools.workspace_id, tools.clock()
    with db.reading(workspace_id, now) as books:
        due = steps.endings(books)
    for ending in due:
        with db.writing(workspace_id, now) as books:
            is_mine = steps.claim(books, ending.execution)
        if is_mine and _tell(tools.slack, ending):
            with db.writing(workspace_id, now) as books:
                steps.told(books, ending.execution)


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
