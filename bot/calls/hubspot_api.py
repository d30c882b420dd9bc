"""HubSpot's call objects, a hundred at a time; the only import of its client, which takes a third of a second."""

from collections.abc import Sequence

import structlog
import urllib3
from hubspot import Client
from hubspot.crm.objects.calls import BatchReadInputSimplePublicObjectId, SimplePublicObjectId
from hubspot.crm.objects.calls.exceptions import ApiException as CallsRefused
from hubspot.crm.owners.exceptions import ApiException as OwnersRefused

from bot.calls.delivery import Unreadable
from bot.calls.hubspot import PROPERTIES, ended_call
from bot.domain.calls import Agent, EndedCall
from bot.errors import CoachError

log = structlog.get_logger()

SECONDS = 15
"""For one answer."""

REFUSALS = {
    401: "HubSpot does not accept access_token; copy it again from the private app.",
    403: "HubSpot's access_token may not read calls; give the private app crm.objects.calls.read.",
    429: "HubSpot asks for patience; it is asked again later.",
}


class NotFetched(CoachError):
    """HubSpot did not answer with the calls; the sentence is for whoever runs the program."""


class HubSpotCalls:
    def __init__(self, access_token: str, api_url: str) -> None:
        self._client = Client(access_token=access_token, host=api_url, retry=urllib3.Retry(0))

    def read(self, account: str, call_keys: Sequence[str]) -> list[EndedCall]:
        """Those that have ended and are somebody's; a call that was deleted is not among them."""
        asked = BatchReadInputSimplePublicObjectId(
            properties=list(PROPERTIES), inputs=[SimplePublicObjectId(id=key) for key in call_keys]
        )
        try:
            answer = self._client.crm.objects.calls.batch_api.read(asked, _request_timeout=SECONDS)
        except CallsRefused as error:
            raise NotFetched(REFUSALS.get(error.status, f"HubSpot answers with {error.status}.")) from error
        except urllib3.exceptions.HTTPError as error:
            raise NotFetched(f"HubSpot cannot be reached ({type(error).__name__}).") from error
        owners: dict[str, Agent] = {}
        told = (self._told(account, found.id, found.properties, owners) for found in answer.results)
        return [call for call in told if call is not None]

    def _told(
        self, account: str, call_key: str, properties: dict[str, str | None], owners: dict[str, Agent]
    ) -> EndedCall | None:
        owner = properties.get("hubspot_owner_id") or ""
        if owner and owner not in owners:
            owners[owner] = self._owner(owner)
        try:
            return ended_call(account, call_key, properties, owners[owner]) if owner else None
        except Unreadable as error:
            log.warning("a call cannot be read", source="hubspot", call=call_key, reason=str(error))
            return None

    def _owner(self, owner_id: str) -> Agent:
        """By email where the token may read owners; their id does as well, once somebody has said whose it is."""
        try:
            owner = self._client.crm.owners.owners_api.get_by_id(int(owner_id), _request_timeout=SECONDS)
        except (OwnersRefused, urllib3.exceptions.HTTPError, ValueError):
            return Agent(key=owner_id)
        name = f"{owner.first_name or ''} {owner.last_name or ''}".strip()
        return Agent(email=owner.email or None, key=owner_id, name=name)
