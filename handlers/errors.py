"""The one error handler: listeners raise, people read a sentence, the log has the rest."""

import json
from logging import Logger
from typing import Any
from uuid import uuid4

import structlog
from slack_bolt import App, BoltResponse
from slack_sdk import WebClient
from slack_sdk.models.views import View
from slack_sdk.webhook import WebhookClient

from bot.errors import BadInput, CoachError
from bot.language import gettext as _
from bot.views import kit

log = structlog.get_logger()


def register(app: App) -> None:
    app.error(answer)


def answer(
    error: Exception, body: dict[str, Any], client: WebClient, response: BoltResponse | None, logger: Logger
) -> BoltResponse | None:
    """In place while Slack still waits (`response` is given), else by the next best road, and then None."""
    sentence = _sentence(error, body)
    if body.get("type") == "event_callback":
        return None  # it could not be stored: the 500 stands, and Slack sends it again
    if response is None:
        _tell_later(body, client, sentence)
        return None
    if body.get("type") == "view_submission":
        return _json(_in_modal(error, sentence))
    if "command" in body:
        return _json({"response_type": "ephemeral", "text": sentence})
    _tell_later(body, client, sentence)
    return BoltResponse(status=200)


def _sentence(error: Exception, body: dict[str, Any]) -> str:
    if isinstance(error, CoachError):
        return str(error)
    quote = uuid4().hex[:8]
    log.error("a listener failed", quote=quote, type=body.get("type") or body.get("command"), exc_info=error)
    return _(
        "Something broke on our side. Please try again; if it stays, quote {quote} to your admin."
    ).format(quote=quote)


def _in_modal(error: Exception, sentence: str) -> dict[str, Any]:
    """Under the field it belongs to; else on top of the form, which keeps what was typed."""
    if isinstance(error, BadInput) and error.field:
        return {"response_action": "errors", "errors": {error.field: sentence}}
    return {"response_action": "push", "view": _said(sentence).to_dict()}


def _tell_later(body: dict[str, Any], client: WebClient, sentence: str) -> None:
    if body.get("response_url"):
        WebhookClient(str(body["response_url"]), retry_handlers=[], proxy=client.proxy).send(
            text=sentence, response_type="ephemeral", replace_original=False
        )
    elif body.get("type") == "block_actions" and body.get("view", {}).get("type") == "modal":
        client.views_push(trigger_id=body["trigger_id"], view=_said(sentence))
    elif body.get("trigger_id") and body.get("type") in ("block_actions", "shortcut", "message_action"):
        client.views_open(trigger_id=body["trigger_id"], view=_said(sentence))
    elif body.get("user"):
        client.chat_postMessage(channel=str(body["user"]["id"]), text=sentence)


def _said(sentence: str) -> View:
    return kit.sentence(_("Cornerman"), sentence)


def _json(body: dict[str, Any]) -> BoltResponse:
    return BoltResponse(status=200, body=json.dumps(body), headers={"content-type": "application/json"})
