"""Who is served: the Slack workspaces that this process knows, and how it speaks to each."""

import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import structlog
from slack_bolt import BoltContext
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.authorization.authorize import Authorize
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.web import SlackResponse

from bot.core.clock import stopwatch, system_clock
from bot.core.errors import Misconfigured, NotFound
from bot.people.services import erasure_requests
from bot.people.services import workspace as workspaces
from bot.settings import Settings
from bot.slack import NETWORK, REFUSES_TOKEN, client, in_words, scopes_of
from storage.books import Books
from storage.database import Database

log = structlog.get_logger()

LOOK_AGAIN = 1.0
"""Seconds after which an unknown team is looked for anew: another process may have been told of it."""


@dataclass(frozen=True, slots=True)
class Tenant:
    """A Slack workspace that is served; with `trouble`, a sentence for whoever runs the program, it is paused."""

    workspace_id: int
    team_id: str
    bot_user_id: str
    bot_id: str
    token: str = field(repr=False)
    trouble: str = ""


Find = Callable[[], Sequence[Tenant]]


class Tenants(Authorize):
    """`find` tells who there is: at the start, at every `look()`, and when a team is met that nobody knows.

    Bolt asks it whom a request comes from.
    """

    def __init__(self, api_url: str, find: Find) -> None:
        self._api_url, self._find = api_url, find
        self._looking = threading.Lock()
        self._all: tuple[Tenant, ...] = ()
        self.look()

    def look(self) -> None:
        """Tells the log of trouble that is new."""
        with self._looking:
            before = {tenant.trouble for tenant in self._all}
            self._all = tuple(self._find())
            self._looked_at = stopwatch()
        for tenant in self.paused:
            if tenant.trouble not in before:
                log.error("a workspace is paused", workspace=tenant.workspace_id, why=tenant.trouble)

    @property
    def served(self) -> list[Tenant]:
        return [tenant for tenant in self._all if not tenant.trouble]

    @property
    def paused(self) -> list[Tenant]:
        return [tenant for tenant in self._all if tenant.trouble]

    @property
    def only(self) -> Tenant:
        """Raises NotFound where there are several, or none yet."""
        if len(self._all) != 1:
            raise NotFound(f"This installation serves {len(self._all)} workspaces; say which one.")
        return self._all[0]

    def of_team(self, team_id: str | None) -> Tenant | None:
        known = self._of_team(team_id)
        if known is None and team_id is not None and stopwatch() - self._looked_at >= LOOK_AGAIN:
            self.look()
            known = self._of_team(team_id)
        return known

    def client(self, workspace_id: int, *, retries: bool = False) -> WebClient:
        """Without a token where the workspace is paused or gone: Slack refuses it, and what was to be said waits."""
        tokens = (tenant.token for tenant in self.served if tenant.workspace_id == workspace_id)
        return client(self._api_url, next(tokens, ""), retries=retries)

    def __call__(
        self,
        *,
        context: BoltContext,
        enterprise_id: str | None,
        team_id: str | None,
        user_id: str | None,
        **_actor: str | None,
    ) -> AuthorizeResult | None:
        """None for a workspace that is not served here."""
        tenant = self.of_team(team_id)
        if tenant is None:
            return None
        return AuthorizeResult(
            enterprise_id=enterprise_id,
            team_id=tenant.team_id,
            bot_user_id=tenant.bot_user_id,
            bot_id=tenant.bot_id,
            bot_token=None if tenant.trouble else tenant.token,
            user_id=user_id,
        )

    def _of_team(self, team_id: str | None) -> Tenant | None:
        return next((tenant for tenant in self._all if tenant.team_id == team_id), None)


ONE_WORKSPACE = (
    "SLACK_BOT_TOKEN is of an install for a whole organization, and Cornerman serves workspaces: install the app in "
    "the workspace itself, and copy the token that its page OAuth & Permissions shows then."
)


def for_an_organization(told: SlackResponse) -> bool:
    """By what auth.test says. Events bear the id of a workspace, such a token that of the organization."""
    return bool(told.get("is_enterprise_install")) or str(told["team_id"]).startswith("E")


def of_token(settings: Settings, db: Database) -> Tenants:
    """Raises Misconfigured when Slack does not know the token."""
    token = settings.slack_bot_token.get_secret_value() if settings.slack_bot_token else ""
    try:
        known = client(settings.slack_api_url, token, retries=True).auth_test()
    except SlackApiError as error:
        if error.response.get("error") not in REFUSES_TOKEN:
            raise Misconfigured(f"{settings.slack_api_url} {in_words(error)}.") from error
        raise Misconfigured(
            f"Slack does not accept SLACK_BOT_TOKEN ({error.response['error']}). Copy it again from the app's page "
            "OAuth & Permissions."
        ) from error
    except NETWORK as error:
        raise Misconfigured(
            f"Slack at {settings.slack_api_url} {in_words(error)}; check the network."
        ) from error
    if for_an_organization(known):
        raise Misconfigured(ONE_WORKSPACE)
    with db.begin() as session:
        workspace_id = workspaces.connect(
            session,
            slack_team_id=str(known["team_id"]),
            name=str(known["team"]),
            bot_user_id=str(known["user_id"]),
            scopes=scopes_of(known),
            time_zone=settings.time_zone,
        )
        erasure_requests.came_back(Books(session, workspace_id, system_clock()))
    tenant = Tenant(workspace_id, str(known["team_id"]), str(known["user_id"]), str(known["bot_id"]), token)
    return Tenants(settings.slack_api_url, lambda: [tenant])
