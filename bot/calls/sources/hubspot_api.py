"""HubSpot's call objects, a hundred at a time; the only import of its client, which takes a third of a second."""

from collections.abc import Sequence

import structlog
import urllib3
from hubspot import Client
from hubspot.crm.associations.v4 import BatchInputPublicFetchAssociationsBatchRequest
from hubspot.crm.associations.v4.exceptions import ApiException as AssociationsRefused
from hubspot.crm.contacts import BatchReadInputSimplePublicObjectId as BatchReadInputSimpleContactId
from hubspot.crm.contacts import SimplePublicObjectId as ContactId
from hubspot.crm.contacts.exceptions import ApiException as ContactsRefused
from hubspot.crm.objects.calls import BatchReadInputSimplePublicObjectId, SimplePublicObjectId
from hubspot.crm.objects.calls.exceptions import ApiException as CallsRefused
from hubspot.crm.owners.exceptions import ApiException as OwnersRefused

from bot.calls.domain.call import Agent, EndedCall
from bot.calls.sources.delivery import Unreadable
from bot.calls.sources.hubspot import PROPERTIES, ended_call
from bot.core.errors import CoachError

log = structlog.get_logger()

SECONDS = 15
"""For one answer."""

ODD = (AttributeError, IndexError, KeyError, TypeError, ValueError)
"""What HubSpot's client raises for an answer that is not as documented. A call is a call without its contact's name."""
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
        contacts = self._contacts([found.id for found in answer.results])
        told = (
            self._told(account, found.id, found.properties, owners, contacts.get(found.id, ""))
            for found in answer.results
        )
        return [call for call in told if call is not None]

    def _contacts(self, call_keys: Sequence[str]) -> dict[str, str]:
        """Whom each call is associated with, by name; none where the token may not read contacts."""
        try:
            asked = BatchInputPublicFetchAssociationsBatchRequest([{"id": key} for key in call_keys])
            found = self._client.crm.associations.v4.batch_api.get_page(
                "calls", "contacts", asked, _request_timeout=SECONDS
            )
            first = {one._from.id: str(one.to[0].to_object_id) for one in found.results if one.to}
            names = self._names(sorted(set(first.values())))
        except (AssociationsRefused, ContactsRefused, urllib3.exceptions.HTTPError, *ODD) as error:
            log.warning("contacts of calls cannot be read", source="hubspot", reason=type(error).__name__)
            return {}
        return {call: names.get(contact, "") for call, contact in first.items()}

    def _names(self, contacts: Sequence[str]) -> dict[str, str]:
        if not contacts:
            return {}
        asked = BatchReadInputSimpleContactId(
            properties=["firstname", "lastname", "email"], inputs=[ContactId(id=key) for key in contacts]
        )
        found = self._client.crm.contacts.batch_api.read(asked, _request_timeout=SECONDS)
        return {one.id: _name(one.properties) for one in found.results}

    def _told(
        self,
        account: str,
        call_key: str,
        properties: dict[str, str | None],
        owners: dict[str, Agent],
        contact: str,
    ) -> EndedCall | None:
        owner = properties.get("hubspot_owner_id") or ""
        if owner and owner not in owners:
            owners[owner] = self._owner(owner)
        try:
            return ended_call(account, call_key, properties, owners[owner], contact) if owner else None
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


def _name(properties: dict[str, str | None]) -> str:
    name = f"{properties.get('firstname') or ''} {properties.get('lastname') or ''}".strip()
    return name or properties.get("email") or ""
