"""HubSpot's deals and companies, by its search; the only import of its client here, which takes a third of a second."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import urllib3
from hubspot import Client
from hubspot.crm.companies import PublicObjectSearchRequest as CompanySearch
from hubspot.crm.companies.exceptions import ApiException as CompaniesRefused
from hubspot.crm.deals import PublicObjectSearchRequest as DealSearch
from hubspot.crm.deals.exceptions import ApiException as DealsRefused
from hubspot.crm.owners.exceptions import ApiException as OwnersRefused

from bot.core.enums import ImportKind
from bot.crm.reader import UNLIKE, CannotPull, Record, needed, text

REFUSED = (CompaniesRefused, DealsRefused, OwnersRefused)
SECONDS = 30
AT_ONCE = 100
MOST_OF_A_SEARCH = 10_000
"""Then HubSpot ends it, and the next one begins where it ended."""
CHANGED = {ImportKind.DEALS: "hs_lastmodifieddate", ImportKind.ACCOUNTS: "hs_lastmodifieddate"}
OWNER = "hubspot_owner_id"
MERGED = "hs_merged_object_ids"
"""A merge makes a record with a new id, which names those that went into it here."""
PATIENT = urllib3.Retry(
    total=6,
    backoff_factor=1,
    status_forcelist=(429, 500, 502, 503, 504),
    allowed_methods=None,
    respect_retry_after_header=True,
    raise_on_status=False,
)
SENTENCES = {
    401: "HubSpot does not accept access_token: it is wrong or was withdrawn. Copy it again from the private app.",
    403: "HubSpot's access_token may not read this; give the private app the scopes that docs/crm.md names.",
    429: "HubSpot asks for patience again and again; it is tried again in an hour.",
}


class HubSpot:
    def __init__(self, said: Mapping[str, str]) -> None:
        (token,) = needed("hubspot", said, "access_token")
        url = said.get("api_url", "https://api.hubapi.com")
        self._client = Client(access_token=token, host=url, retry=PATIENT)

    def pages(
        self, kind: ImportKind, fields: Collection[str], since: datetime | None
    ) -> Iterator[list[Record]]:
        try:
            yield from self._pages(kind, fields, since)
        except UNLIKE as error:
            raise CannotPull(
                f"HubSpot answers with something unexpected ({type(error).__name__})."
            ) from error

    def _pages(
        self, kind: ImportKind, fields: Collection[str], since: datetime | None
    ) -> Iterator[list[Record]]:
        owners = self._owners()
        asked = _asked(kind, fields)
        seen: set[str] = set()
        while True:
            count, last = 0, since
            for found in self._search(kind, asked, since):
                records = [_record(kind, one, owners) for one in found]
                count += len(records)
                last = records[-1].changed_at if records else last
                yield [record for record in records if record.key not in seen]
                seen |= {record.key for record in records}
            if count < MOST_OF_A_SEARCH or last == since:
                return
            since = last

    def deleted(self, kind: ImportKind, fields: Collection[str], since: datetime) -> Iterator[list[Record]]:
        """HubSpot lists what was deleted in the last 90 days, and not by date."""
        crm = self._client.crm
        api = crm.deals.basic_api if kind is ImportKind.DEALS else crm.companies.basic_api
        after: str | None = None
        try:
            owners = self._owners()
            while True:
                answer = _sentenced(
                    api.get_page,
                    limit=AT_ONCE,
                    after=after,
                    properties=_asked(kind, fields),
                    archived=True,
                )
                yield [
                    replace(_record(kind, one, owners), changed_at=one.archived_at)
                    for one in answer.results
                    if one.archived_at and one.archived_at >= since
                ]
                before, after = (
                    after,
                    answer.paging.next.after if answer.paging and answer.paging.next else None,
                )
                if after is None:
                    return
                _require_other(before, after)
        except UNLIKE as error:
            raise CannotPull(
                f"HubSpot answers with something unexpected ({type(error).__name__})."
            ) from error

    def has(self, kind: ImportKind, field: str, value: str) -> bool:
        search = DealSearch if kind is ImportKind.DEALS else CompanySearch
        crm = self._client.crm
        api = crm.deals.search_api if kind is ImportKind.DEALS else crm.companies.search_api
        wanted = [{"filters": [{"propertyName": field, "operator": "EQ", "value": value}]}]
        question = search(filter_groups=wanted, sorts=[], properties=[field], limit=1, after="0")
        return bool(_sentenced(api.do_search, question).results)

    def _search(self, kind: ImportKind, asked: list[str], since: datetime | None) -> Iterator[list[Any]]:
        search = DealSearch if kind is ImportKind.DEALS else CompanySearch
        crm = self._client.crm
        api = crm.deals.search_api if kind is ImportKind.DEALS else crm.companies.search_api
        after, read = "0", 0
        while after and read < MOST_OF_A_SEARCH:
            question = search(
                filter_groups=_since(kind, since),
                sorts=[{"propertyName": CHANGED[kind], "direction": "ASCENDING"}],
                properties=asked,
                limit=AT_ONCE,
                after=after,
            )
            answer = _sentenced(api.do_search, question)
            read += len(answer.results)
            yield answer.results
            before, after = after, answer.paging.next.after if answer.paging and answer.paging.next else ""
            _require_other(before, after)

    def _owners(self) -> dict[str, tuple[str, str]]:
        """By id: email and name."""
        found: dict[str, tuple[str, str]] = {}
        after: str | None = None
        while True:
            answer = _sentenced(self._client.crm.owners.owners_api.get_page, limit=500, after=after)
            for owner in answer.results:
                name = f"{owner.first_name or ''} {owner.last_name or ''}".strip()
                found[str(owner.id)] = (owner.email or "", name)
            if not (answer.paging and answer.paging.next):
                return found
            before, after = after, answer.paging.next.after
            _require_other(before, after)


def _asked(kind: ImportKind, fields: Collection[str]) -> list[str]:
    return sorted({*fields, OWNER, MERGED, CHANGED[kind]} - {"owner_email", "owner_name", "id"})


def _require_other(before: str | None, after: str | None) -> None:
    """A page that names itself as the next would be asked for ever."""
    if after and after == before:
        raise CannotPull("HubSpot names the same page again as the next; it is not asked for it.")


def _since(kind: ImportKind, since: datetime | None) -> list[dict[str, Any]]:
    if since is None:
        return []
    stamp = str(int(since.timestamp() * 1000))
    return [{"filters": [{"propertyName": CHANGED[kind], "operator": "GTE", "value": stamp}]}]


def _record(kind: ImportKind, found: Any, owners: Mapping[str, tuple[str, str]]) -> Record:
    fields = {name: text(value) for name, value in found.properties.items()}
    fields["owner_email"], fields["owner_name"] = owners.get(fields.get(OWNER, ""), ("", ""))
    changed = datetime.fromisoformat(fields[CHANGED[kind]]) if fields.get(CHANGED[kind]) else found.updated_at
    merged = tuple(one for one in fields.pop(MERGED, "").split(";") if one)
    return Record(str(found.id), changed.astimezone(UTC), fields | {"id": str(found.id)}, merged)


def _sentenced(ask: Any, *question: Any, **more: Any) -> Any:
    try:
        return ask(*question, **more, _request_timeout=SECONDS)
    except REFUSED as error:
        sentence = SENTENCES.get(error.status, f"HubSpot answers with {error.status}: {error.reason}.")
        raise CannotPull(sentence) from error
    except urllib3.exceptions.HTTPError as error:
        raise CannotPull(f"HubSpot cannot be reached ({type(error).__name__}).") from error
