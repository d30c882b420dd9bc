"""A Microsoft Graph that knows people, records of calls and subscriptions."""

from typing import Any

from tests.calls.sources.senders import SECRET
from tests.support.doubles.http import Answer, Asked

OURS, THEIRS = "dc368399-474c-4d40-900c-6265431fd81f", "00000000-0000-4d40-900c-000000000000"


def user(name: str, *, tenant: str = OURS) -> dict[str, Any]:
    """As Graph shows a participant."""
    email = f"{name.lower()}@example.com"
    said = {"id": f"u-{name}", "displayName": name, "tenantId": tenant, "userPrincipalName": email}
    return {"id": f"u-{name}", "identity": {"user": said}}


PHONE = {"id": "+15550100", "identity": {"phone": {"id": "+15550100", "displayName": None}}}


def record(*people: dict[str, Any], organizer: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    return {
        "id": "e523d2ed",
        "version": 1,
        "type": "peerToPeer",
        "startDateTime": "2026-11-16T08:40:00.2169889Z",
        "endDateTime": "2026-11-16T08:50:20.7640013Z",
        "organizer_v2": organizer or user("Ana"),
        "participants_v2": list(people or (user("Ana"), PHONE)),
    } | more


class GraphDouble:
    """Records by id, their sessions, and the subscriptions."""

    def __init__(self) -> None:
        self.records: dict[str, dict[str, Any]] = {"e523d2ed": record()}
        self.sessions: list[dict[str, Any]] = [{"failureInfo": None}]
        self.subscriptions: list[dict[str, Any]] = []
        self.made: list[Any] = []
        self.renewed: list[tuple[str, Any]] = []
        self.secret, self.url = "s", ""

    def __call__(self, asked: Asked) -> Answer:
        if asked.path == f"/{OURS}/oauth2/v2.0/token":
            fits = f"client_secret={self.secret}" in asked.body and "graph.microsoft.com" in asked.body
            return Answer({"access_token": "t-1"}) if fits else Answer({"error": "invalid_client"}, 401)
        if asked.headers.get("authorization") != "Bearer t-1":
            return Answer({}, 401)
        if asked.path.endswith("/sessions"):
            return Answer({"value": self.sessions})
        if asked.path.startswith("/v1.0/communications/callRecords/"):
            found = self.records.get(asked.path.rpartition("/")[2])
            return Answer({"error": {"code": "NotFound"}}, 404) if found is None else Answer(found)
        if asked.method == "POST":
            self.made.append(asked.json)
            return Answer({"id": "new"}, 201)
        if asked.method == "PATCH":
            self.renewed.append((asked.path.rpartition("/")[2], asked.json))
            return Answer({})
        return Answer({"value": self.subscriptions})

    @property
    def credentials(self) -> dict[str, str]:
        addresses = {"api_url": self.url, "login_url": self.url}
        return {"secret": SECRET, "tenant_id": OURS, "client_id": "c", "client_secret": "s"} | addresses
