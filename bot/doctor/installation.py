"""What is wrong with an installation, line by line, each with what to do about it."""

import socket
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import httpx
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.blocks.reader import reader
from bot.calls.logs import LOGS
from bot.calls.services import source_health
from bot.calls.views import source_health as views
from bot.core.clock import system_clock
from bot.core.errors import CoachError
from bot.crm import configured
from bot.delivery.services import health
from bot.doctor.spelling import misspelt
from bot.home.services import intake
from bot.people.services import workspace as workspaces
from bot.settings import Settings, missing_for_slack
from bot.slack import NETWORK, client, in_words, scopes, scopes_of, tenancy
from bot.slack.outcomes import NOT_SLACK
from storage import schema
from storage.backup import damage
from storage.database import Database, DatabaseError, Session

MOST_SKEW = timedelta(seconds=20)
"""Several processes on one database must agree to within this; Slack refuses signatures five minutes apart."""


@dataclass(frozen=True, slots=True)
class Finding:
    check: str
    ok: bool
    says: str


def examine(settings: Settings, now: datetime) -> list[Finding]:
    """Everything in one go: what is wrong with one thing keeps no other from being looked at."""
    return [
        *_settings(settings),
        *_files(settings),
        *_port(settings),
        *_slack(settings, now),
        *_database(settings),
    ]


def _settings(settings: Settings) -> Iterator[Finding]:
    missing = list(missing_for_slack(settings))
    for sentence in (*missing, *misspelt()):
        yield Finding("settings", False, sentence)
    if not missing:
        road = "Socket Mode" if settings.uses_socket_mode else "HTTP at /slack/events"
        yield Finding("settings", True, f"Slack reaches the bot by {road}.")


def _files(settings: Settings) -> Iterator[Finding]:
    """Those of call sources and of CRMs, each for itself."""
    for check, read in (("call sources", _sources), ("CRMs", _crms)):
        try:
            names = read(settings)
        except CoachError as error:
            yield Finding(check, False, str(error))
        else:
            yield Finding(check, True, f"{', '.join(names) or 'none'}.")


def _sources(settings: Settings) -> list[str]:
    if not settings.serves_many:
        return sorted(settings.call_secrets())
    files = sorted(settings.webhook_secrets.glob("*.toml")) if settings.webhook_secrets else []
    return [f"{file.stem}: {' '.join(sorted(settings.call_secrets(file.stem)))}" for file in files]


def _crms(settings: Settings) -> list[str]:
    return [config.name for config in configured(settings.crm)]


def _port(settings: Settings) -> Iterator[Finding]:
    if settings.port == 0:
        return
    try:
        with socket.create_server(("0.0.0.0", settings.port)):  # noqa: S104  where `run` listens
            yield Finding("port", True, f"{settings.port} is free.")
    except OSError as error:
        if _is_ours(settings.port):
            yield Finding("port", True, f"{settings.port} is held by a running Cornerman.")
            return
        says = f"{settings.port} cannot be listened on ({error.strerror or error}); set CORNERMAN_PORT to a free one."
        yield Finding("port", False, says)


def _is_ours(port: int) -> bool:
    try:
        answer = httpx.get(f"http://127.0.0.1:{port}/healthz", timeout=2, trust_env=False)
    except httpx.HTTPError:
        return False
    return answer.text == "ok"


def _slack(settings: Settings, now: datetime) -> Iterator[Finding]:
    if settings.slack_bot_token is None:
        return
    reader = client(settings.slack_api_url, settings.slack_bot_token.get_secret_value(), retries=True)
    try:
        answer = reader.auth_test()
    except (SlackApiError, *NETWORK) as error:
        yield _refused("bot token", error, settings, "copy SLACK_BOT_TOKEN again")
        return
    if tenancy.for_an_organization(answer):
        yield Finding("bot token", False, tenancy.ONE_WORKSPACE)
        return
    yield Finding("bot token", True, f"{answer['user']} in {answer['team']}.")
    headers = {name.lower(): value for name, value in answer.headers.items()}
    yield from _scopes(scopes_of(answer))
    yield from _skew(headers.get("date", ""), now)
    yield from _app_token(settings)


def _refused(check: str, error: Exception, settings: Settings, mend: str) -> Finding:
    """By Slack, or by what stands between."""
    code = str(error.response.get("error")) if isinstance(error, SlackApiError) else NOT_SLACK
    if code != NOT_SLACK:
        return Finding(check, False, f"Slack refuses it ({code}); {mend}.")
    return Finding(
        "slack", False, f"{settings.slack_api_url} {in_words(error)}; check the network and its proxy."
    )


def _scopes(told: str | None) -> Iterator[Finding]:
    if told is None:
        says = "Slack did not tell its scopes (a proxy may take the header out), so nothing is known of them."
        yield Finding("scopes", True, says)
        return
    missing, declined = scopes.missing(told), scopes.missing(told, scopes.OPTIONAL)
    without = " ".join(f"Without {scope} {off}." for scope, off in {**missing, **declined}.items())
    if missing:
        says = f"missing {', '.join(missing)}; add them on OAuth & Permissions and install the app again. {without}"
    else:
        says = f"all that are needed. {without}" if declined else "all of manifest.yml."
    yield Finding("scopes", not missing, says)


def _skew(date_header: str, now: datetime) -> Iterator[Finding]:
    try:
        skew = abs(parsedate_to_datetime(date_header) - now)
    except (ValueError, TypeError):
        return  # none, or one that nobody can read
    says = f"{skew.total_seconds():.0f} s away from Slack's."
    yield Finding(
        "clock", skew <= MOST_SKEW, says if skew <= MOST_SKEW else f"{says} Let the machine set its clock."
    )


def _app_token(settings: Settings) -> Iterator[Finding]:
    if settings.slack_app_token is None:
        return
    token = settings.slack_app_token.get_secret_value()
    opener: WebClient = client(settings.slack_api_url, token, retries=True)
    try:
        opener.apps_connections_open(app_token=token)
    except (SlackApiError, *NETWORK) as error:
        yield _refused("app token", error, settings, "it needs connections:write")
        return
    yield Finding("app token", True, "opens a socket.")


def _installs(settings: Settings, db: Database) -> Iterator[Finding]:
    """Each workspace that installed the app: whether its token opens, and Slack takes it."""
    if any(missing_for_slack(settings)):
        return  # said before
    tenants = tenancy.of_installs(settings, db, tenancy.installations(settings, db))
    for tenant in tenants.paused:
        yield Finding(f"workspace {tenant.team_id}", False, tenant.trouble)
    for tenant in tenants.served:
        with db.reading(tenant.workspace_id, system_clock()) as books:
            told = workspaces.scopes(books)
        for finding in _scopes(told):
            yield Finding(f"workspace {tenant.team_id}", finding.ok, finding.says)
    if not (tenants.paused or tenants.served):
        yield Finding("workspaces", True, f"none yet; the first installs the app at {settings.install_url}.")
    yield from _app_token(settings)


def _file(db: Database) -> Iterator[Finding]:
    """Of SQLite: whether it is there, sound, and its owner's alone. Nothing is made here."""
    path = Path(db.url.database or "")
    if not path.exists():
        if not path.parent.is_dir():
            yield Finding(
                "database", False, f"There is no folder {path.parent}; make it, or change DATABASE_URL."
            )
        else:
            yield Finding("database", True, "a fresh database: `cornerman run` makes it.")
        return
    if wrong := damage(path):
        yield Finding(
            "database", False, f"it is damaged ({wrong}); keep the file, restore your last good backup."
        )
    if path.stat().st_mode & 0o077:
        yield Finding("database file", False, f"others may read {path}; chmod 600 it.")


def _database(settings: Settings) -> Iterator[Finding]:
    try:
        db = Database(settings.database_url)
        if db.is_sqlite:
            yield from _file(db)
            if not Path(db.url.database or "").exists():
                return
        found = schema.status(db)
    except (CoachError, DatabaseError) as error:
        reason = str(getattr(error, "orig", None) or error).splitlines()[0]
        yield Finding("database", False, f"{reason}; check DATABASE_URL.")
        return
    try:
        schema.require_current(found)
    except CoachError as error:
        yield Finding("database", False, str(error))
        return
    pooled = db.pooling_trouble()
    yield Finding("database", not pooled, pooled or f"{db.url.get_backend_name()}, schema {found.current}.")
    if settings.serves_many:
        yield from _installs(settings, db)
    with db.read() as session:
        for trouble in health.set_aside(session):
            yield Finding(trouble.where, False, trouble.says)
        yield from _outside(session)
    db.close()


def _outside(session: Session) -> Iterator[Finding]:
    """What may not have come in, over all workspaces."""
    in_utc = reader(None, ZoneInfo("UTC"))
    for gap in source_health.told_of_all(session):
        says = f"{views.missing(gap, in_utc)} (UTC) {views.remedy(gap, LOGS)}"
        yield Finding(f"calls of {gap.source}", False, says)
    for trouble in intake.crm_of_all(session, system_clock()):
        yield Finding("CRM", False, trouble)
    if n := intake.unnamed_of_all(session, system_clock()):
        yield Finding(
            "agents", True, f"calls of {n} that nobody has named wait; /scorecard agents names them."
        )
