"""Workflow Builder's step “Ask for a debrief”: worked from the inbox, ended by a job."""

from enum import StrEnum

from slack_bolt import App

from bot.calls.services import workflow_steps as steps
from bot.core.i18n import gettext as _
from bot.delivery.inbox import Event, Inbox
from handlers.calls.calls import show_joined
from storage.books import Books


class Step(StrEnum):
    """Functions of the manifest."""

    ASK_FOR_DEBRIEF = "ask_for_debrief"


def register(_app: App, inbox: Inbox) -> None:
    inbox.on("function_executed", executed)


def executed(books: Books, event: Event) -> None:
    inner = event.body["event"]
    execution, now = str(inner["function_execution_id"]), event.worked_at
    if inner["function"]["callback_id"] != Step.ASK_FOR_DEBRIEF:
        sentence = _("This version of Cornerman has no such step; an admin can update it.")
        steps.refuse(books.at(now), execution, sentence)
        return
    recorded = steps.ask_for_debrief(books.at(now), execution, inner.get("inputs") or {})
    show_joined(books, event, recorded)
