"""Many workspaces: those that installed the app by OAuth, as the database tells."""

from dataclasses import dataclass

import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.oauth.installation_store import Bot

from bot.core.clock import stopwatch, system_clock
from bot.people.services import erasure_requests
from bot.people.services import workspace as workspaces
from bot.settings import Settings
from bot.slack import NETWORK, REFUSES_TOKEN, client, scopes_of
from bot.slack.tenancy.tenants import Tenant, Tenants
from storage.books import Books
from storage.database import Database
from storage.installations import Installations, Keyring

log = structlog.get_logger()

ASK_AGAIN = 3600.0
"""Seconds for which Slack's word on a token stands."""


def installations(settings: Settings, db: Database) -> Installations:
    return Installations(db, settings.slack_client_id or "", Keyring(settings.secret_keys()))


def of_installs(settings: Settings, db: Database, store: Installations) -> Tenants:
    """Whoever installed the app; a workspace whose token is of no use is paused, and the others are served."""
    return Tenants(settings.slack_api_url, Installed(settings, db, store))


@dataclass(frozen=True, slots=True)
class _Word:
    """What Slack said of a token, and by our stopwatch when."""

    tenant: Tenant
    at: float


class Installed:
    """Slack is asked about a token when it is new, and then once an hour."""

    def __init__(self, settings: Settings, db: Database, store: Installations) -> None:
        self._settings, self._db, self._store = settings, db, store
        self._words: dict[str, _Word] = {}

    def __call__(self) -> list[Tenant]:
        return [self._tenant(bot) for bot in self._store.newest() if bot.team_id]

    def _tenant(self, bot: Bot) -> Tenant:
        word = self._words.get(bot.team_id or "")
        if word and word.tenant.token == (bot.bot_token or "") and stopwatch() - word.at < ASK_AGAIN:
            return word.tenant
        tenant = self._examined(bot)
        self._words[tenant.team_id] = _Word(tenant, stopwatch())
        return tenant

    def _examined(self, bot: Bot) -> Tenant:
        trouble, scopes = self._asked(bot)
        with self._db.begin() as session:
            workspace_id = workspaces.connect(
                session,
                slack_team_id=bot.team_id or "",
                name=bot.team_name or "",
                bot_user_id=bot.bot_user_id or "",
                scopes=scopes,
                time_zone=self._settings.time_zone,
            )
            if not trouble:
                erasure_requests.came_back(Books(session, workspace_id, system_clock()))
        return Tenant(
            workspace_id,
            bot.team_id or "",
            bot.bot_user_id or "",
            bot.bot_id or "",
            bot.bot_token or "",
            trouble,
        )

    def _asked(self, bot: Bot) -> tuple[str, str | None]:
        """What is wrong with the token, and what it allows; a Slack that cannot be asked just now is no trouble."""
        whose = f"{bot.team_name} ({bot.team_id})"
        again = f"have the app installed again at {self._settings.install_url}"
        if not bot.bot_token:
            return (
                f"The token of {whose} was sealed with a key that CORNERMAN_SECRET_KEY does not hold. "
                f"Put that key behind the first one, or {again}."
            ), None
        try:
            known = client(self._settings.slack_api_url, bot.bot_token, retries=True).auth_test()
        except SlackApiError as error:
            code = str(error.response.get("error"))
            refused = f"Slack does not accept the token of {whose} any more ({code}); {again}."
            return refused if code in REFUSES_TOKEN else "", None
        except NETWORK as error:
            log.warning("Slack cannot be asked about a token", team=bot.team_id, error=type(error).__name__)
            return "", None
        return "", scopes_of(known)
