"""What is wrong with an installation, line by line, each with what to do about it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot import tenancy
from bot.call_logs import LOGS
from bot.crm import configured
from bot.domain import scopes
from bot.errors import CoachError
from bot.services import health, outside, silence, workspaces
from bot.settings import Settings, require_slack
from bot.slack import client, scopes_of
from bot.views import outside as views
from bot.views.reader import reader
from storage import schema
from storage.database import Database, DatabaseError, Session

MOST_SKEW = timedelta(seconds=20)
"""Several processes on one database must agree to within this; Slack refuses signatures five minutes apart."""


@dataclass(frozen=True, slots=True)
class Finding:
    check: str
    ok: bool
    says: str


def examine(settings: Settings, now: datetime) -> list[Finding]:
    return [*_settings(settings), *_slack(settings, now), *_database(settings)]


def _settings(settings: Settings) -> Iterator[Finding]:
    try:
        require_slack(settings)
        sources = ["a file for each workspace"] if settings.serves_many else sorted(settings.call_secrets())
        crms = [config.name for config in configured(settings.crm)]
    except CoachError as error:
        yield Finding("settings", False, str(error))
        return
    road = "Socket Mode" if settings.uses_socket_mode else "HTTP at /slack/events"
    yield Finding(
        "settings",
        True,
        f"Slack reaches the bot by {road}; call sources: {', '.join(sources) or 'none'}; "
        f"CRMs: {', '.join(crms) or 'none'}.",
    )


def _slack(settings: Settings, now: datetime) -> Iterator[Finding]:
    if settings.slack_bot_token is None:
        return
    reader = client(settings.slack_api_url, settings.slack_bot_token.get_secret_value(), retries=True)
    try:
        answer = reader.auth_test()
    except SlackApiError as error:
        yield Finding(
            "bot token", False, f"Slack refuses it ({error.response['error']}); copy SLACK_BOT_TOKEN again."
        )
        return
    except OSError as error:
        yield Finding(
            "slack", False, f"{settings.slack_api_url} cannot be reached ({error}); check the network."
        )
        return
    yield Finding("bot token", True, f"{answer['user']} in {answer['team']}.")
    headers = {name.lower(): value for name, value in answer.headers.items()}
    yield from _scopes(scopes_of(answer) or "")
    yield from _skew(headers.get("date", ""), now)
    yield from _app_token(settings)


def _scopes(told: str) -> Iterator[Finding]:
    missing, declined = scopes.missing(told), scopes.missing(told, scopes.OPTIONAL)
    without = " ".join(f"Without {scope} {off}." for scope, off in {**missing, **declined}.items())
    if missing:
        says = f"missing {', '.join(missing)}; add them on OAuth & Permissions and install the app again. {without}"
    else:
        says = f"all that are needed. {without}" if declined else "all of manifest.yml."
    yield Finding("scopes", not missing, says)


def _skew(date_header: str, now: datetime) -> Iterator[Finding]:
    if not date_header:
        return
    skew = abs(parsedate_to_datetime(date_header) - now)
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
    except SlackApiError as error:
        yield Finding(
            "app token", False, f"Slack refuses it ({error.response['error']}); it needs connections:write."
        )
        return
    yield Finding("app token", True, "opens a socket.")


def _installs(settings: Settings, db: Database) -> Iterator[Finding]:
    """Each workspace that installed the app: whether its token opens, and Slack takes it."""
    try:
        require_slack(settings)
    except CoachError:
        return  # said before
    tenants = tenancy.of_installs(settings, db, tenancy.installations(settings, db))
    for tenant in tenants.paused:
        yield Finding(f"workspace {tenant.team_id}", False, tenant.trouble)
    for tenant in tenants.served:
        with db.read() as session:
            told = workspaces.scopes(session, tenant.workspace_id)
        for finding in _scopes(told or ""):
            yield Finding(f"workspace {tenant.team_id}", finding.ok, finding.says)
    if not (tenants.paused or tenants.served):
        yield Finding("workspaces", True, f"none yet; the first installs the app at {settings.install_url}.")
    yield from _app_token(settings)


def _database(settings: Settings) -> Iterator[Finding]:
    try:
        db = Database(settings.database_url)
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
    yield Finding("database", True, f"{db.url.get_backend_name()}, schema {found.current}.")
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
    for gap in silence.told_of_all(session):
        says = f"{views.missing(gap, in_utc)} (UTC) {views.remedy(gap, LOGS)}"
        yield Finding(f"calls of {gap.source}", False, says)
    for trouble in outside.crm_of_all(session):
        yield Finding("CRM", False, trouble)
    if n := outside.unnamed_of_all(session):
        yield Finding(
            "agents", True, f"calls of {n} that nobody has named wait; /scorecard agents names them."
        )
