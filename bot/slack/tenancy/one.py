"""One workspace: that of SLACK_BOT_TOKEN."""

from slack_sdk.errors import SlackApiError

from bot.core.clock import system_clock
from bot.core.errors import Misconfigured
from bot.people.services import erasure_requests
from bot.people.services import workspace as workspaces
from bot.settings import Settings
from bot.slack import NETWORK, REFUSES_TOKEN, client, in_words, scopes_of
from bot.slack.tenancy.tenants import Tenant, Tenants
from storage.books import Books
from storage.database import Database


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
