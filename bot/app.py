"""build_app(): the only module that knows everybody. It joins Bolt, the roads, the surfaces and the jobs."""

import logging
import re
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

import structlog
from slack_bolt import Ack, App, BoltContext, BoltResponse
from slack_bolt.logger.messages import warning_client_prioritized_and_token_skipped

import handlers as surfaces
from bot.core.clock import Clock
from bot.core.errors import NotAllowed
from bot.core.i18n import gettext as _
from bot.delivery.errands import Errands
from bot.delivery.inbox import Inbox
from bot.delivery.outbox import BETWEEN_POSTS, Outbox
from bot.digest import undelivered
from bot.jobs import Tools
from bot.scorecards import draw
from bot.settings import Settings
from bot.slack import client, tenancy
from bot.slack.rate_limit import Pace
from bot.slack.tenancy import Installing, Tenant, Tenants
from handlers.common import late, newcomers
from storage.database import Database

log = structlog.get_logger()

LISTENER_THREADS = 10

NOT_HERE = _("Cornerman is not installed in this workspace any more. An admin can install it again.")

TOO_OFTEN = _("That was often in a short time. Please wait a few seconds and ask again.")
PAUSED = _("Cornerman is paused in this workspace until its install is renewed. Please tell your admin.")


@dataclass(frozen=True, slots=True)
class Cornerman:
    """The whole bot, built and not yet running."""

    settings: Settings
    slack: App
    db: Database
    clock: Clock
    inbox: Inbox
    errands: Errands
    outbox: Outbox
    tenants: Tenants
    installing: Installing | None
    """The way in for more workspaces, where there may be many."""

    @property
    def tools(self) -> Tools:
        """Of the only workspace there is."""
        return self._tools(self.tenants.only)

    def everybodys_tools(self, while_paused: bool) -> list[Tools]:
        """One set for each workspace that is served now, or is paused."""
        paused = self.tenants.paused if while_paused else []
        return [self._tools(tenant) for tenant in (*self.tenants.served, *paused)]

    def _tools(self, tenant: Tenant) -> Tools:
        reader = self.tenants.client(tenant.workspace_id, retries=True)
        return Tools(self.db, self.clock, tenant.workspace_id, reader, self.settings, tenant.team_id)


def build_app(
    settings: Settings,
    db: Database,
    clock: Clock,
    *,
    between_posts: timedelta = BETWEEN_POSTS,
    pace: Pace | None = None,
) -> Cornerman:
    """Raises Misconfigured when Slack does not know the bot token."""
    tenants, installing = _tenants(settings, db)
    inbox, errands = Inbox(db, tenants.client, clock), Errands(db, tenants.client, clock)
    outbox = Outbox(
        db,
        tenants.client,
        clock,
        between_posts=between_posts,
        when_unknown=undelivered.ask_whether_it_arrived,
        when_dead=undelivered.tell_of_refusal,
        draw=draw.draw,
    )
    app = _bolt(settings, tenants, installing)
    app.use(_giving(db, clock, tenants))
    app.use(newcomers.meeting(tenants.client))
    app.use(_keeping_events(inbox, settings))
    app.use(_keeping_pace(pace or Pace()))
    app.use(late.patient)
    surfaces.register(app, inbox, errands)
    app.event(re.compile(".*"))(_seen)  # last: the first listener that matches wins
    late.leave_the_time_to_us(app)
    return Cornerman(settings, app, db, clock, inbox, errands, outbox, tenants, installing)


def _tenants(settings: Settings, db: Database) -> tuple[Tenants, Installing | None]:
    if not settings.serves_many:
        return tenancy.of_token(settings, db), None
    store = tenancy.installations(settings, db)
    tenants = tenancy.of_installs(settings, db, store)
    return tenants, Installing(settings, db, store, tenants)


def _bolt(settings: Settings, tenants: Tenants, installing: Installing | None) -> App:
    """Its own client bears no token: each request and each event brings that of its workspace."""
    logging.getLogger("slack_bolt.App").addFilter(_is_so)
    secret = settings.slack_signing_secret.get_secret_value() if settings.slack_signing_secret else "socket"
    return App(
        name="cornerman",  # else Bolt reads the source of everybody on the stack for one
        client=client(settings.slack_api_url, None),
        signing_secret=secret,
        authorize=tenants,  # type: ignore[arg-type]  # it may be an Authorize, and may answer None
        oauth_flow=installing,
        listener_executor=Listening(LISTENER_THREADS, thread_name_prefix="listener"),
        user_facing_authorize_error_message=NOT_HERE,
    )


class Listening(ThreadPoolExecutor):
    """Threads that know which request they work for, so that what they log and keep bears its id."""

    def submit(self, work: Callable[..., Any], /, *given: Any, **named: Any) -> "Future[Any]":
        return super().submit(copy_context().run, work, *given, **named)


def _is_so(record: logging.LogRecord) -> bool:
    """Bolt finds the bot token in the environment and warns that it is not used; it is, for what it is good for."""
    return record.getMessage() != warning_client_prioritized_and_token_skipped()


Middleware = Callable[..., BoltResponse | None]
"""Runs before every listener, in the order of their use."""


def _giving(db: Database, clock: Clock, tenants: Tenants) -> Middleware:
    """What listeners may ask for by name, of the workspace that the request is about."""

    def give(context: BoltContext, body: dict[str, Any], next: Callable[[], None]) -> BoltResponse | None:
        tenant = tenants.of_team(context.team_id)
        if tenant is None:  # Bolt lets an event about a lost token pass, of whatever workspace
            return BoltResponse(status=200)
        context["db"] = db
        context["clock"] = clock
        context["workspace_id"] = tenant.workspace_id
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=uuid4().hex[:12])
        if tenant.trouble and body.get("type") != "event_callback":  # events wait for better days
            raise NotAllowed(PAUSED)
        next()
        return None

    return give


def _keeping_events(inbox: Inbox, settings: Settings) -> Middleware:
    """The durable insert, which runs before the ack."""

    def keep_events(body: dict[str, Any], workspace_id: int, next: Callable[[], None]) -> BoltResponse | None:
        if body.get("type") == "app_rate_limited":
            log.warning("Slack holds events back", minute=body.get("minute_rate_limited"))
            return BoltResponse(status=200)
        if body.get("type") == "event_callback" and _is_taken_in(body["event"], settings):
            request_id = str(structlog.contextvars.get_contextvars()["request_id"])
            inbox.take(workspace_id, "slack", str(body["event_id"]), _storable(body), request_id)
        next()
        return None

    return keep_events


def _keeping_pace(pace: Pace) -> Middleware:
    """Commands and shortcuts, not the clicks that answer what the bot asked."""

    def keep_pace(context: BoltContext, body: dict[str, Any], next: Callable[[], None]) -> None:
        asked = body.get("command") or (body.get("callback_id") if body.get("type") == "shortcut" else None)
        if asked and not pace.allows((context["workspace_id"], context.user_id, asked)):
            raise NotAllowed(TOO_OFTEN)
        next()

    return keep_pace


def _seen(ack: Ack) -> None:
    """Every event is in the inbox by now; a worker outside Bolt works it."""
    ack()


def _storable(body: dict[str, Any]) -> dict[str, Any]:
    """Without the token that comes with a workflow's step, and without the words of what people write."""
    left_out = {"bot_access_token"}
    if _is_written(body["event"]):
        left_out |= {"text", "blocks", "attachments"}
    event = {name: value for name, value in body["event"].items() if name not in left_out}
    return body | {"event": event}


def _is_written(event: dict[str, Any]) -> bool:
    """Whether a person wrote to the bot, in words alone."""
    is_from_a_person = bool(event.get("user")) and not event.get("bot_id") and not event.get("subtype")
    return event.get("type") == "message" and event.get("channel_type") == "im" and is_from_a_person


def _is_taken_in(event: dict[str, Any], settings: Settings) -> bool:
    """Any app can post metadata that anybody made up: only that of listed apps is believed.

    Of what people write to the bot only files are stored, and that they wrote: never words.
    """
    if event.get("type") == "message":
        return _is_written(event) or (
            event.get("subtype") == "file_share" and event.get("channel_type") == "im"
        )
    if event.get("type") != "message_metadata_posted" or event.get("app_id") in settings.call_apps:
        return True
    log.warning("metadata of an app that is not in CORNERMAN_CALL_APPS was ignored", app=event.get("app_id"))
    return False
