"""The whole bot running in this process: workers of the two roads, the scheduler, the HTTP side, the socket."""

import threading
from typing import Any

import structlog
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.builtin import SocketModeClient

from bot.app import Cornerman
from bot.errors import Misconfigured
from bot.scheduler import Worker, scheduled
from bot.slack import client
from bot.web import WebServer, web

log = structlog.get_logger()

INBOX_WORKERS = 2
OUTBOX_WORKERS = 3


class Runtime:
    """`stop()` takes nothing new and finishes what is under way."""

    def __init__(self, corner: Cornerman, *, host: str = "0.0.0.0", port: int | None = None) -> None:  # noqa: S104  a server
        self.corner = corner
        self.web = WebServer(web(corner), host=host, port=corner.settings.port if port is None else port)
        self._workers = [Worker(f"inbox-{n}", corner.inbox.work_all) for n in range(INBOX_WORKERS)]
        self._workers += [Worker(f"outbox-{n}", corner.outbox.send_all) for n in range(OUTBOX_WORKERS)]
        self._scheduler = scheduled(corner.tools)
        self._socket: SocketModeClient | None = None
        self._asked_to_stop = threading.Event()

    def start(self, *, with_jobs: bool = True) -> None:
        """Returns once it serves; raises Misconfigured when the port is taken or the app token is wrong."""
        try:
            self.web.start()
        except OSError as error:
            raise Misconfigured(
                f"The HTTP side cannot start: {error}. Set CORNERMAN_PORT to a free one."
            ) from error
        for worker in self._workers:
            worker.start()
        if with_jobs:
            self._scheduler.start()
        if self.corner.settings.uses_socket_mode:
            self._connect()

    def wait(self) -> None:
        """Until somebody asks it to stop."""
        self._asked_to_stop.wait()

    def ask_to_stop(self, *_signal: Any) -> None:
        """Safe in a signal handler, which must not wait for threads."""
        self._asked_to_stop.set()

    def stop(self) -> None:
        if self._socket is not None:
            self._socket.close()
        if self._scheduler.running:
            self._scheduler.shutdown(wait=True)
        self.web.stop()
        for worker in self._workers:
            worker.stop()

    def _connect(self) -> None:
        settings = self.corner.settings
        token = settings.slack_app_token.get_secret_value() if settings.slack_app_token else ""
        opener = client(settings.slack_api_url, token)
        try:  # once by hand: with a wrong token the client itself would try for ever
            opener.apps_connections_open(app_token=token)
        except SlackApiError as error:
            raise Misconfigured(
                f"Slack does not accept SLACK_APP_TOKEN ({error.response['error']}). Create an app-level token with "
                "the scope connections:write on the app's page Basic Information."
            ) from error
        handler = SocketModeHandler(self.corner.slack, token, web_client=opener)
        handler.connect()  # type: ignore[no-untyped-call]
        self._socket = handler.client
        log.info("connected to Slack by Socket Mode")
