"""Microsoft Graph, as far as records of calls are read from it and a subscription to them is kept."""

import time
from contextlib import closing

from bot.calls.domain.call import EndedCall
from bot.calls.logs.asking import Api, CannotRead, Credentials, NotThere, Wait
from bot.calls.sources import teams
from bot.calls.sources.delivery import Unreadable
from bot.calls.sources.fields import children, text

GRAPH = "https://graph.microsoft.com"
LOGIN = "https://login.microsoftonline.com"
WANTED = ("tenant_id", "client_id", "client_secret")
RECORDS = "/v1.0/communications/callRecords"


def api(said: Credentials, wait: Wait = time.sleep) -> Api:
    """Signed in as the app; raises CannotRead."""
    tenant, client, secret = _credentials(said)
    graph = said.get("api_url", GRAPH)
    form = {
        "grant_type": "client_credentials",
        "client_id": client,
        "client_secret": secret,
        "scope": f"{GRAPH}/.default",
    }
    with closing(Api("Microsoft", said.get("login_url", LOGIN), wait=wait)) as login:
        granted = login.post(f"/{tenant}/oauth2/v2.0/token", data=form)
    token = text(granted, "access_token")
    if not token:
        raise CannotRead("Microsoft gives no token for client_id and client_secret of [teams].")
    found = Api("Microsoft Graph", graph, wait=wait)
    found.bear(token)
    return found


def _credentials(said: Credentials) -> list[str]:
    missing = [one for one in WANTED if not said.get(one)]
    if missing:
        raise CannotRead(
            f"Teams only says which record was made: put {' and '.join(missing)} into [teams] of the file that "
            "CORNERMAN_WEBHOOK_SECRETS names; docs/calls/teams.md says where to find them."
        )
    return [said[one] for one in WANTED]


def call(graph: Api, tenant: str, key: str) -> EndedCall | None:
    """None for a record that is no sales call, that is gone (they are kept for 30 days), or that cannot be read."""
    try:
        record = graph.get(f"{RECORDS}/{key}", {"$expand": "participants_v2"})
        sessions = graph.get(f"{RECORDS}/{key}/sessions")
        return teams.ended_call(tenant, record, children(sessions, "value"))
    except (NotThere, Unreadable):
        return None
