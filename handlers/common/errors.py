"""The one error handler: listeners raise, people read a sentence, the log has the rest."""

import json
from typing import Any
from uuid import uuid4

import structlog
from slack_bolt import App, BoltResponse
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.models.views import View
from slack_sdk.webhook import WebhookClient

from bot.blocks import kit
from bot.core.errors import BadInput, CoachError
from bot.core.i18n import gettext as _
from bot.core.logs import Repeated
from bot.delivery.inbox import NotStored
from bot.slack.client import is_slacks

log = structlog.get_logger()
unstored = Repeated()

STALE = frozenset({"trigger_expired", "expired_trigger_id", "trigger_exchanged", "exchanged_trigger_id"})
TOO_SLOW = _("Slack was too slow. Please press it again.")


def register(app: App) -> None:
    app.error(answer)


def answer(error: Exception, body: dict[str, Any], client: WebClient) -> BoltResponse | None:
    """In place, since Slack still waits; what fails after its acknowledgement is for `tell_later`."""
    if isinstance(error, NotStored):
        unstored.warn("an event could not be stored", error=str(error))
        return None  # the 500 stands, and Slack sends it again
    said = sentence(error, body)
    if body.get("type") == "event_callback":
        return None
    if body.get("type") == "view_submission":
        return _json(_in_modal(error, said))
    if "command" in body:
        return _json({"response_type": "ephemeral", "text": said})
    _tell(body, client, said, may_open=not _is_stale(error))
    return BoltResponse(status=200)


def tell_later(error: Exception, body: dict[str, Any], client: WebClient) -> None:
    """By the next best road: Slack has been acknowledged, and shows nothing more in place."""
    _tell(body, client, sentence(error, body), may_open=not _is_stale(error))


def sentence(error: Exception, body: dict[str, Any]) -> str:
    """What a person is told of it; what nobody has foreseen stands in the log."""
    if isinstance(error, CoachError):
        return str(error)
    if _is_stale(error):
        log.warning("a form came too late to be opened", type=body.get("type") or body.get("command"))
        return TOO_SLOW
    quote = uuid4().hex[:8]
    log.error("a listener failed", quote=quote, type=body.get("type") or body.get("command"), exc_info=error)
    return _(
        "Something broke on our side. Please try again; if it stays, quote {quote} to your admin."
    ).format(quote=quote)


def _is_stale(error: Exception) -> bool:
    """The trigger that a form is opened by lives for three seconds, and for one form."""
    return isinstance(error, SlackApiError) and error.response.get("error") in STALE


def _in_modal(error: Exception, sentence: str) -> dict[str, Any]:
    """Under the field it belongs to; else on top of the form, which keeps what was typed."""
    if isinstance(error, BadInput) and error.field:
        return {"response_action": "errors", "errors": {error.field: sentence}}
    return {"response_action": "push", "view": _said(sentence).to_dict()}


def _tell(body: dict[str, Any], client: WebClient, sentence: str, *, may_open: bool) -> None:
    """Whom Slack lets nobody reach is not told; what went wrong stands in the log."""
    try:
        _tell_by_a_road(body, client, sentence, may_open=may_open)
    except SlackApiError as refused:
        log.warning("an answer could not be given", error=refused.response.get("error"))


def _tell_by_a_road(body: dict[str, Any], client: WebClient, sentence: str, *, may_open: bool) -> None:
    """By the response URL, in a form of its own, or by DM; never in a form that was just acknowledged, for Slack may
    show what the acknowledgement said after it."""
    url = str(body.get("response_url") or "")
    if url and is_slacks(client, url):
        WebhookClient(url, retry_handlers=[], proxy=client.proxy).send(
            text=sentence, response_type="ephemeral", replace_original=False
        )
    elif may_open and body.get("type") == "block_actions" and body.get("view", {}).get("type") == "modal":
        client.views_push(trigger_id=body["trigger_id"], view=_said(sentence))
    elif (
        may_open
        and body.get("trigger_id")
        and body.get("type") in ("block_actions", "shortcut", "message_action")
    ):
        client.views_open(trigger_id=body["trigger_id"], view=_said(sentence))
    elif body.get("user"):
        client.chat_postMessage(channel=str(body["user"]["id"]), text=sentence)


def _said(sentence: str) -> View:
    return kit.sentence(_("Cornerman"), sentence)


def _json(body: dict[str, Any]) -> BoltResponse:
    return BoltResponse(status=200, body=json.dumps(body), headers={"content-type": "application/json"})
