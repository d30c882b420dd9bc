"""build_app(): the only module that knows everybody. It joins Bolt, the roads, the surfaces and the jobs."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

import structlog
from slack_bolt import Ack, App, BoltContext, BoltResponse
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

import handlers as surfaces
from bot import doubts, pictures, refusals
from bot.clock import Clock
from bot.errors import Misconfigured
from bot.inbox import Inbox
from bot.jobs import Tools
from bot.outbox import BETWEEN_POSTS, Outbox
from bot.services import workspaces
from bot.settings import Settings
from bot.slack import client
from storage.database import Database

log = structlog.get_logger()

LISTENER_THREADS = 10


@dataclass(frozen=True, slots=True)
class Cornerman:
    """The whole bot, built and not yet running."""

    settings: Settings
    slack: App
    db: Database
    clock: Clock
    inbox: Inbox
    outbox: Outbox
    tools: Tools


def build_app(
    settings: Settings, db: Database, clock: Clock, *, between_posts: timedelta = BETWEEN_POSTS
) -> Cornerman:
    """Raises Misconfigured when Slack does not know the bot token."""
    token = settings.slack_bot_token.get_secret_value() if settings.slack_bot_token else ""
    writer = client(settings.slack_api_url, token)
    reader = client(settings.slack_api_url, token, retries=True)
    workspace_id = _workspace(reader, db, settings)
    inbox = Inbox(db, clock)
    outbox = Outbox(
        db,
        lambda _workspace_id: writer,
        clock,
        between_posts=between_posts,
        when_unknown=doubts.tell,
        when_dead=refusals.tell,
        draw=pictures.draw,
    )
    tools = Tools(db, clock, workspace_id, reader)
    app = App(
        client=writer,
        signing_secret=settings.slack_signing_secret.get_secret_value()
        if settings.slack_signing_secret
        else "socket",
        listener_executor=ThreadPoolExecutor(LISTENER_THREADS, thread_name_prefix="listener"),
    )
    _use(app, inbox, tools, settings)
    surfaces.register(app, inbox)
    app.event(re.compile(".*"))(_seen)  # last: the first listener that matches wins
    return Cornerman(settings, app, db, clock, inbox, outbox, tools)


def _workspace(reader: WebClient, db: Database, settings: Settings) -> int:
    """The workspace the token belongs to; one that was imported before Slack was connected is adopted."""
    try:
        known = reader.auth_test()
    except SlackApiError as error:
        raise Misconfigured(
            f"Slack does not accept SLACK_BOT_TOKEN ({error.response['error']}). Copy it again from the app's page "
            "OAuth & Permissions."
        ) from error
    except OSError as error:
        raise Misconfigured(f"Slack cannot be reached at {settings.slack_api_url} ({error}).") from error
    with db.begin() as session:
        return workspaces.connect(
            session,
            slack_team_id=str(known["team_id"]),
            name=str(known["team"]),
            bot_user_id=str(known["user_id"]),
            time_zone=settings.time_zone,
        )


def _use(app: App, inbox: Inbox, tools: Tools, settings: Settings) -> None:
    """Global middleware: what listeners may ask for by name, then the durable insert, which runs before the ack."""

    def give(context: BoltContext, next: Callable[[], None]) -> None:
        context["db"] = tools.db
        context["clock"] = tools.clock
        context["workspace_id"] = tools.workspace_id
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=uuid4().hex[:12])
        next()

    def keep_events(body: dict[str, Any], next: Callable[[], None]) -> BoltResponse | None:
        if body.get("type") == "app_rate_limited":
            log.warning("Slack holds events back", minute=body.get("minute_rate_limited"))
            return BoltResponse(status=200)
        if body.get("type") == "event_callback" and _is_believed(body["event"], settings):
            request_id = str(structlog.contextvars.get_contextvars()["request_id"])
            with tools.db.begin() as session:
                inbox.keep(session, tools.workspace_id, "slack", str(body["event_id"]), body, request_id)
        next()
        return None

    app.use(give)
    app.use(keep_events)


def _seen(ack: Ack) -> None:
    """Every event is in the inbox by now; a worker outside Bolt works it."""
    ack()


def _is_believed(event: dict[str, Any], settings: Settings) -> bool:
    """Any app can post metadata that anybody made up: only that of listed apps is taken in."""
    if event.get("type") != "message_metadata_posted" or event.get("app_id") in settings.call_apps:
        return True
    log.warning("metadata of an app that is not in CORNERMAN_CALL_APPS was ignored", app=event.get("app_id"))
    return False
