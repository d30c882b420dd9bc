"""HubSpot's calls, found by when they were; their fields are asked for as the webhook's are."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from bot.calls.domain.call import EndedCall
from bot.calls.logs.asking import Api, CannotRead, Credentials, Wait, needed
from bot.calls.logs.log import DAY, CallLog, Page, spans
from bot.calls.sources.fields import child, children, text

if TYPE_CHECKING:
    from bot.calls.sources.hubspot_api import HubSpotCalls

AT_ONCE = 100


class HubSpotLog(CallLog):
    source = "hubspot"
    needs = ("access_token", "portal_id")

    def __init__(self, said: Credentials, wait: Wait) -> None:
        self._token, self._portal = needed("HubSpot", said, *self.needs)
        self._url = said.get("api_url", "https://api.hubapi.com")
        headers = {"Authorization": f"Bearer {self._token}"}
        self._api = Api("HubSpot", self._url, headers=headers, wait=wait)

    def pages(self, since: datetime, until: datetime) -> Iterator[Page]:
        """Day by day: a search ends at 10,000 results."""
        from bot.calls.sources.hubspot_api import HubSpotCalls  # noqa: PLC0415  0.3 s, for those who use HubSpot

        client = HubSpotCalls(self._token, self._url)
        for start, end in spans(since, until, DAY):
            for keys in self._found(start, end):
                yield Page(self._read(client, keys) if keys else [])

    def _read(self, client: "HubSpotCalls", keys: Sequence[str]) -> Sequence[EndedCall]:
        try:
            return client.read(self._portal, keys)
        except (AttributeError, KeyError, OverflowError, TypeError, ValueError) as error:
            raise CannotRead(
                f"HubSpot answers with something unexpected ({type(error).__name__})."
            ) from error

    def _found(self, start: datetime, end: datetime) -> Iterator[list[str]]:
        after = ""
        while True:
            asked = _search(start, end) | ({"after": after} if after else {})
            said = self._api.once("POST", "/crm/v3/objects/calls/search", json=asked)
            yield [text(one, "id", required=True) for one in children(said, "results")]
            after = text(child(child(said, "paging"), "next"), "after")
            if not after:
                return


def _search(start: datetime, end: datetime) -> dict[str, object]:
    first, last = int(start.timestamp() * 1000), int(end.timestamp() * 1000) - 1
    between = {"propertyName": "hs_timestamp", "operator": "BETWEEN", "value": first, "highValue": last}
    return {
        "filterGroups": [{"filters": [between]}],
        "sorts": [{"propertyName": "hs_timestamp", "direction": "ASCENDING"}],
        "limit": AT_ONCE,
    }
