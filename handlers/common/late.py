"""Late is not lost: what takes longer than Slack waits is acknowledged first, and says what it found when it has it."""

import threading
from collections.abc import Callable
from typing import Any

import structlog
from slack_bolt import Ack, App, BoltContext, BoltResponse, Respond
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.blocks import kit
from bot.core.i18n import gettext as _
from bot.slack import NETWORK
from bot.slack.client import is_slacks

log = structlog.get_logger()

PATIENCE = 2.0
"""Seconds after which a request is acknowledged for its listener: Slack itself waits for three."""
_BOLT_LOOKS = 60
ONE_MOMENT = _("One moment …")
DONE = _("Done.")


def patient(body: dict[str, Any], context: BoltContext, client: WebClient, next: Callable[[], None]) -> None:
    """A middleware: commands, clicks and forms are acknowledged in time, however long their listeners take."""
    if "command" in body or body.get("type") in (
        "block_actions",
        "shortcut",
        "message_action",
        "view_submission",
    ):
        context["ack"] = PatientAck(body, client)
    next()


def leave_the_time_to_us(app: App) -> None:
    """Bolt stops looking for an acknowledgement after three seconds, though ours may be late on a crowded machine."""
    for listener in app._listeners:
        listener.ack_timeout = _BOLT_LOOKS


class PatientAck(Ack):
    """Acknowledges by itself after `PATIENCE`; what is said after that goes to the response URL or the form."""

    def __init__(self, body: dict[str, Any], client: WebClient) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._body, self._client = body, client
        self._lock = threading.Lock()
        self._is_late = False
        self.is_used = False
        """The listener itself has answered."""
        self._timer = threading.Timer(PATIENCE, self._acknowledge)
        self._timer.daemon = True
        self._timer.start()

    def __call__(self, *args: Any, **answer: Any) -> BoltResponse:
        with self._lock:
            self._timer.cancel()
            self.is_used = True
            if not self._is_late:
                return super().__call__(*args, **answer)
        said = dict(zip(("text", "blocks"), args, strict=False)) | answer
        try:
            self._say(said)
        except (SlackApiError, *NETWORK) as error:
            log.warning("a late answer could not be given", error=type(error).__name__)
        return self.response or BoltResponse(status=200)

    def _acknowledge(self) -> None:
        with self._lock:
            if self.response is not None:
                return
            self._is_late = True
            if "command" in self._body:
                super().__call__(text=ONE_MOMENT, response_type="ephemeral")
            elif self._body.get("type") == "view_submission":
                super().__call__(response_action="update", view=kit.sentence(_("Cornerman"), ONE_MOMENT))
            else:
                super().__call__()
        log.warning("acknowledged before the work was done", type=self._body.get("type") or "command")

    def _say(self, said: dict[str, Any]) -> None:
        if self._body.get("type") == "view_submission":
            self._show(said)
            return
        url, has_words = str(self._body.get("response_url") or ""), said.get("text") or said.get("blocks")
        if has_words and is_slacks(self._client, url):
            respond = Respond(response_url=url, proxy=self._client.proxy, ssl=self._client.ssl)
            respond(
                text=said.get("text") or "",
                blocks=said.get("blocks"),
                response_type=said.get("response_type") or "ephemeral",
                replace_original=False,
            )

    def _show(self, said: dict[str, Any]) -> None:
        """In the form that says "one moment": a form once acknowledged cannot be closed from here."""
        view = said.get("view") or kit.sentence(_("Cornerman"), _sentences(said))
        self._client.views_update(view_id=str(self._body["view"]["id"]), view=view)


def _sentences(said: dict[str, Any]) -> str:
    return "\n".join(str(one) for one in (said.get("errors") or {}).values()) or DONE
