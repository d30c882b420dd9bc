"""HubSpot's calls: those that a webhook pointed at, and those of a time, found by when they were."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import datetime
from urllib.parse import quote

import structlog

from bot.calls.domain.call import Agent, EndedCall
from bot.calls.logs.asking import Api, CannotRead, Credentials, Wait, needed
from bot.calls.logs.log import DAY, CallLog, Page, spans
from bot.calls.sources.delivery import Unreadable
from bot.calls.sources.fields import Fields, child, children, text
from bot.calls.sources.hubspot import PROPERTIES, ended_call

log = structlog.get_logger()

URL = "https://api.hubapi.com"
AT_ONCE = 100
CALLS = "/crm/v3/objects/calls"
REFUSALS = {
    401: "HubSpot does not accept access_token; copy it again from the private app.",
    403: "HubSpot's access_token may not read calls; give the private app crm.objects.calls.read.",
    429: "HubSpot asks for patience; it is asked again later.",
}


class HubSpotLog(CallLog):
    source = "hubspot"
    needs = ("access_token", "portal_id")

    def __init__(self, said: Credentials, wait: Wait) -> None:
        token, self._portal = needed("HubSpot", said, *self.needs)
        headers = {"Authorization": f"Bearer {token}"}
        self._api = Api("HubSpot", said.get("api_url", URL), headers=headers, wait=wait)

    def pages(self, since: datetime, until: datetime) -> Iterator[Page]:
        """Day by day: a search ends at 10,000 results."""
        for start, end in spans(since, until, DAY):
            for keys in self._found(start, end):
                yield Page(_read(self._api, self._portal, keys) if keys else [])

    def _found(self, start: datetime, end: datetime) -> Iterator[list[str]]:
        after = ""
        while True:
            asked = _search(start, end) | ({"after": after} if after else {})
            said = self._api.once("POST", f"{CALLS}/search", json=asked)
            yield [text(one, "id", required=True) for one in children(said, "results")]
            after = text(child(child(said, "paging"), "next"), "after")
            if not after:
                return


def calls(said: Credentials, account: str, call_keys: Sequence[str]) -> list[EndedCall]:
    """Those that have ended and are somebody's; a call that was deleted is not among them. Raises CannotRead."""
    headers = {"Authorization": f"Bearer {said['access_token']}"}
    with closing(
        Api("HubSpot", said.get("api_url", URL), headers=headers, sentences=REFUSALS, tries=1)
    ) as api:
        return _read(api, account, call_keys)


def _read(api: Api, account: str, call_keys: Sequence[str]) -> list[EndedCall]:
    answer = _of_ids(api, CALLS, PROPERTIES, call_keys)
    found = {text(one, "id", required=True): child(one, "properties") for one in answer}
    contacts, owners = _contacts(api, list(found)), dict[str, Agent]()
    told = (_told(api, account, key, fields, owners, contacts.get(key, "")) for key, fields in found.items())
    return [call for call in told if call is not None]


def _of_ids(api: Api, objects: str, properties: Sequence[str], ids: Sequence[str]) -> Sequence[Fields]:
    asked = {"properties": list(properties), "inputs": [{"id": one} for one in ids]}
    return children(api.post(f"{objects}/batch/read", json=asked), "results")


def _contacts(api: Api, call_keys: Sequence[str]) -> dict[str, str]:
    """Whom each call is associated with, by name; none where the token may not read contacts."""
    try:
        asked = {"inputs": [{"id": key} for key in call_keys]}
        linked = children(api.post("/crm/v4/associations/calls/contacts/batch/read", json=asked), "results")
        first = {
            text(child(one, "from"), "id"): text(to[0], "toObjectId")
            for one in linked
            if (to := children(one, "to"))
        }
        known = (
            _of_ids(
                api,
                "/crm/v3/objects/contacts",
                ("firstname", "lastname", "email"),
                sorted(set(first.values())),
            )
            if first
            else []
        )
        names = {text(one, "id"): _contact(child(one, "properties")) for one in known}
    except (CannotRead, Unreadable) as error:
        log.warning("contacts of calls cannot be read", source="hubspot", reason=str(error))
        return {}
    return {call: names.get(contact, "") for call, contact in first.items()}


def _contact(properties: Fields) -> str:
    return _name(properties, "firstname", "lastname") or text(properties, "email")


def _told(
    api: Api, account: str, call_key: str, properties: Fields, owners: dict[str, Agent], contact: str
) -> EndedCall | None:
    try:
        owner = text(properties, "hubspot_owner_id")
        if owner and owner not in owners:
            owners[owner] = _owner(api, owner)
        return ended_call(account, call_key, properties, owners[owner], contact) if owner else None
    except Unreadable as error:
        log.warning("a call cannot be read", source="hubspot", call=call_key, reason=str(error))
        return None


def _owner(api: Api, owner_id: str) -> Agent:
    """By email where the token may read owners; their id does as well, once somebody has said whose it is."""
    try:
        owner = api.get(f"/crm/v3/owners/{quote(owner_id, safe='')}")
        return Agent(
            email=text(owner, "email") or None, key=owner_id, name=_name(owner, "firstName", "lastName")
        )
    except (CannotRead, Unreadable):
        return Agent(key=owner_id)


def _name(fields: Fields, first: str, last: str) -> str:
    return f"{text(fields, first)} {text(fields, last)}".strip()


def _search(start: datetime, end: datetime) -> dict[str, object]:
    first, last = int(start.timestamp() * 1000), int(end.timestamp() * 1000) - 1
    between = {"propertyName": "hs_timestamp", "operator": "BETWEEN", "value": first, "highValue": last}
    return {
        "filterGroups": [{"filters": [between]}],
        "sorts": [{"propertyName": "hs_timestamp", "direction": "ASCENDING"}],
        "limit": AT_ONCE,
    }
