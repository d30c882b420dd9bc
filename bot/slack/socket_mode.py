"""One Socket Mode connection, and the watchdog that starts it anew when it has gone silent."""

import threading
from collections.abc import Callable

import structlog
from slack_bolt import App
from slack_bolt.adapter.socket_mode.internals import run_bolt_app, send_response
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.builtin import SocketModeClient
from slack_sdk.socket_mode.client import BaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest

from bot.core import telemetry
from bot.core.clock import stopwatch
from bot.core.errors import Misconfigured
from bot.slack import client

log = structlog.get_logger()

SILENCE = 600.0
"""Seconds without a hello or an event after which a connection is not trusted any more."""
REFUSALS = frozenset(
    {
        "invalid_auth",
        "not_authed",
        "account_inactive",
        "token_revoked",
        "not_allowed_token_type",
        "missing_scope",
    }
)

WhenRefused = Callable[[Misconfigured], None]


class SocketMode:
    """`when_refused` hears of a token that stopped being accepted: no retry mends that."""

    def __init__(self, app: App, api_url: str, token: str, when_refused: WhenRefused) -> None:
        self._app, self._api_url, self._token = app, api_url, token
        self._when_refused = when_refused
        self._client: SocketModeClient | None = None
        self._heard_at = stopwatch()

    def open(self) -> None:
        """Connect; raises Misconfigured for a token that Slack does not accept."""
        opener = client(self._api_url, self._token)
        try:  # once by hand: with a wrong token the client itself would try for ever
            opener.apps_connections_open(app_token=self._token)
        except SlackApiError as error:
            raise _refused(error) from error
        self._client = self._connected()
        log.info("connected to Slack by Socket Mode")

    @property
    def is_connected(self) -> bool:
        return self._client is not None and self._client.is_connected()

    def look(self, *, silence: float = SILENCE) -> bool:
        """Replace a connection that has been silent for so many seconds, the new one first; says whether it did.

        Slack answers pings on connections that carry no events any more, so only an event or a hello counts.
        """
        old = self._client
        if old is None or stopwatch() - self._heard_at < silence:
            return False
        log.warning(
            "the socket has gone silent and is opened anew", seconds=round(stopwatch() - self._heard_at)
        )
        telemetry.SOCKET_RESTARTS.inc()
        self._client = self._connected()
        threading.Thread(target=old.close, name="old-socket", daemon=True).start()
        return True

    def close(self) -> None:
        """Take nothing new, and acknowledge what was taken."""
        if self._client is not None:
            self._client.close()

    def _connected(self) -> SocketModeClient:
        made = _Client(self._token, self._api_url, self._when_refused)
        made.on_message_listeners.append(self._hear)
        made.socket_mode_request_listeners.append(self._handle)
        self._heard_at = stopwatch()
        made.connect()
        return made

    def _hear(self, _message: str) -> None:
        self._heard_at = stopwatch()

    def _handle(self, from_: BaseSocketModeClient, request: SocketModeRequest) -> None:
        began = stopwatch()
        answer = run_bolt_app(self._app, request)
        send_response(from_, request, answer, began)
        telemetry.ACK_SECONDS.labels("socket").observe(stopwatch() - began)


class _Client(SocketModeClient):
    """Tells of a refused token, which the library would go on trying."""

    def __init__(self, token: str, api_url: str, when_refused: WhenRefused) -> None:
        super().__init__(token, web_client=client(api_url, token), ping_interval=10)
        self._when_refused = when_refused

    def issue_new_wss_url(self) -> str:
        try:
            return super().issue_new_wss_url()
        except SlackApiError as error:
            if error.response["error"] in REFUSALS:
                self.auto_reconnect_enabled = self.default_auto_reconnect_enabled = False
                self._when_refused(_refused(error))
            raise


def _refused(error: SlackApiError) -> Misconfigured:
    return Misconfigured(
        f"Slack does not accept SLACK_APP_TOKEN ({error.response['error']}). Create an app-level token with "
        "the scope connections:write on the app's page Basic Information."
    )
