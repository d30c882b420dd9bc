"""HubSpot's deals and companies, by its search."""

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from bot.calls.logs.asking import Api, CannotRead
from bot.core.enums import ImportKind
from bot.crm.reader import UNLIKE, CannotPull, Record, needed, text

AT_ONCE = 100
MOST_OF_A_SEARCH = 10_000
"""Then HubSpot ends it, and the next one begins where it ended."""
TRIES = 5
OBJECTS = {ImportKind.DEALS: "/crm/v3/objects/deals", ImportKind.ACCOUNTS: "/crm/v3/objects/companies"}
CHANGED = "hs_lastmodifieddate"
OWNER = "hubspot_owner_id"
MERGED = "hs_merged_object_ids"
"""A merge makes a record with a new id, which names those that went into it here."""
SENTENCES = {
    401: "HubSpot does not accept access_token: it is wrong or was withdrawn. Copy it again from the private app.",
    403: "HubSpot's access_token may not read this; give the private app the scopes that docs/crm.md names.",
    429: "HubSpot asks for patience again and again; it is tried again in an hour.",
}


class HubSpot:
    def __init__(self, said: Mapping[str, str]) -> None:
        (token,) = needed("hubspot", said, "access_token")
        url = said.get("api_url", "https://api.hubapi.com")
        headers = {"Authorization": f"Bearer {token}"}
        self._api = Api("HubSpot", url, headers=headers, sentences=SENTENCES, tries=TRIES)

    def pages(
        self, kind: ImportKind, fields: Collection[str], since: datetime | None
    ) -> Iterator[list[Record]]:
        with _sentences():
            owners, asked, seen = self._owners(), _asked(fields), set[str]()
            while True:
                count, last = 0, since
                for found in self._search(kind, asked, since):
                    records = [_record(one, owners) for one in found]
                    count += len(records)
                    last = records[-1].changed_at if records else last
                    yield [record for record in records if record.key not in seen]
                    seen |= {record.key for record in records}
                if count < MOST_OF_A_SEARCH or last == since:
                    return
                since = last

    def deleted(self, kind: ImportKind, fields: Collection[str], since: datetime) -> Iterator[list[Record]]:
        """HubSpot lists what was deleted in the last 90 days, and not by date."""
        asked = {"limit": AT_ONCE, "properties": ",".join(_asked(fields)), "archived": "true"}
        with _sentences():
            owners = self._owners()
            for found in self._listed(OBJECTS[kind], asked):
                gone = [
                    (one, datetime.fromisoformat(one["archivedAt"])) for one in found if one.get("archivedAt")
                ]
                yield [replace(_record(one, owners), changed_at=at) for one, at in gone if at >= since]

    def has(self, kind: ImportKind, field: str, value: str) -> bool:
        wanted = _where(field, "EQ", value) | {"properties": [field], "limit": 1}
        with _sentences():
            return bool(self._api.post(f"{OBJECTS[kind]}/search", json=wanted)["results"])

    def _search(self, kind: ImportKind, asked: list[str], since: datetime | None) -> Iterator[list[Any]]:
        question: dict[str, Any] = {
            "sorts": [{"propertyName": CHANGED, "direction": "ASCENDING"}],
            "properties": asked,
            "limit": AT_ONCE,
        }
        if since is not None:
            question |= _where(CHANGED, "GTE", str(int(since.timestamp() * 1000)))
        after, read = "", 0
        while read < MOST_OF_A_SEARCH:
            more = {"after": after} if after else {}
            answer = self._api.post(f"{OBJECTS[kind]}/search", json=question | more)
            read += len(answer["results"])
            yield answer["results"]
            if not (after := _following(answer, after)):
                return

    def _listed(self, where: str, asked: Mapping[str, Any]) -> Iterator[list[Any]]:
        after = ""
        while True:
            answer = self._api.get(where, {**asked, **({"after": after} if after else {})})
            yield answer["results"]
            if not (after := _following(answer, after)):
                return

    def _owners(self) -> dict[str, tuple[str, str]]:
        """By id: email and name."""
        return {
            str(owner["id"]): (
                owner.get("email") or "",
                f"{owner.get('firstName') or ''} {owner.get('lastName') or ''}".strip(),
            )
            for page in self._listed("/crm/v3/owners", {"limit": 500})
            for owner in page
        }


@contextmanager
def _sentences() -> Iterator[None]:
    try:
        yield
    except CannotRead as error:
        raise CannotPull(str(error)) from error
    except UNLIKE as error:
        raise CannotPull(f"HubSpot answers with something unexpected ({type(error).__name__}).") from error


def _asked(fields: Collection[str]) -> list[str]:
    return sorted({*fields, OWNER, MERGED, CHANGED} - {"owner_email", "owner_name", "id"})


def _following(answer: Mapping[str, Any], before: str) -> str:
    """A page that names itself as the next would be asked for ever."""
    after = str(((answer.get("paging") or {}).get("next") or {}).get("after") or "")
    if after and after == before:
        raise CannotPull("HubSpot names the same page again as the next; it is not asked for it.")
    return after


def _where(field: str, operator: str, value: str) -> dict[str, Any]:
    return {"filterGroups": [{"filters": [{"propertyName": field, "operator": operator, "value": value}]}]}


def _record(found: Any, owners: Mapping[str, tuple[str, str]]) -> Record:
    fields = {name: text(value) for name, value in found["properties"].items()}
    fields["owner_email"], fields["owner_name"] = owners.get(fields.get(OWNER, ""), ("", ""))
    changed = datetime.fromisoformat(fields.get(CHANGED) or found["updatedAt"])
    merged = tuple(one for one in fields.pop(MERGED, "").split(";") if one)
    key = text(found["id"])
    return Record(key, changed.astimezone(UTC), fields | {"id": key}, merged)
