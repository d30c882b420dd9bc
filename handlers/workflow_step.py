"""Workflow Builder's step “Ask for a debrief”: worked from the inbox, ended by a job."""

from enum import StrEnum

from slack_bolt import App

from bot.inbox import Event, Inbox
from bot.language import gettext as _
from bot.services import steps
from handlers.calls import show_joined
from storage.database import Session


class Step(StrEnum):
    """Functions of the manifest."""

    ASK_FOR_DEBRIEF = "ask_for_debrief"


def register(_app: App, inbox: Inbox) -> None:
    inbox.on("function_executed", executed)


def executed(session: Session, event: Event) -> None:
    inner = event.body["event"]
    execution, now = str(inner["function_execution_id"]), event.worked_at
    if inner["function"]["callback_id"] != Step.ASK_FOR_DEBRIEF:
        sentence = _("This version of Cornerman has no such step; an admin can update it.")
        steps.refuse(session, event.workspace_id, execution, sentence, now=now)
        return
    recorded = steps.ask_for_debrief(
        session, event.workspace_id, execution, inner.get("inputs") or {}, now=now
    )
    show_joined(session, event, recorded)
