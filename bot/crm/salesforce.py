"""Salesforce's opportunities and accounts, by SOQL; the only import of its client, which takes over a second."""

import re
from collections.abc import Collection, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

import httpx
import requests
from requests.adapters import HTTPAdapter
from simple_salesforce.api import Salesforce as Client
from simple_salesforce.exceptions import SalesforceError
from urllib3 import Retry

from bot.core.enums import ImportKind
from bot.core.errors import BadInput
from bot.crm.reader import UNLIKE, CannotPull, Record, needed, text

OBJECTS = {ImportKind.DEALS: "Opportunity", ImportKind.ACCOUNTS: "Account"}
CHANGED = "SystemModstamp"
_FIELD = re.compile(r"[A-Za-z]\w*(\.[A-Za-z]\w*)*")
SECONDS = 30
PATIENT = Retry(
    total=6,
    backoff_factor=1,
    status_forcelist=(429, 500, 502, 503, 504),
    allowed_methods=("GET",),
    respect_retry_after_header=True,
    raise_on_status=False,
)
SENTENCES = {
    400: "Salesforce does not understand the question; does the map name a field that is not there? It says: {said}",
    401: "Salesforce does not accept the session any more; the next pull signs in anew.",
    403: "Salesforce refuses: {said} (the day's API calls may be used up, or the app's user may not read this).",
}


class Salesforce:
    def __init__(self, said: Mapping[str, str]) -> None:
        domain, key, secret = needed("salesforce", said, "domain", "consumer_key", "consumer_secret")
        url = said.get("api_url", f"https://{domain}.salesforce.com").rstrip("/")
        token, instance = _sign_in(url, key, secret)
        session = requests.Session()
        session.mount(instance, HTTPAdapter(max_retries=PATIENT))
        session.trust_env = not instance.startswith("http://127.0.0.1")
        self._client = Client(session_id=token, instance_url=instance, session=session)
        if instance.startswith("http://"):  # the client knows https alone
            self._client.base_url = self._client.base_url.replace("https://", "http://", 1)

    def pages(
        self, kind: ImportKind, fields: Collection[str], since: datetime | None
    ) -> Iterator[list[Record]]:
        try:
            yield from self._pages(_question(kind, fields, since), fields)
        except UNLIKE as error:
            raise CannotPull(
                f"Salesforce answers with something unexpected ({type(error).__name__})."
            ) from error

    def deleted(self, kind: ImportKind, fields: Collection[str], since: datetime) -> Iterator[list[Record]]:
        """What lies in the bin: a merge leaves those there that went into another record."""
        question = _question(kind, fields, since).replace(" WHERE ", " WHERE IsDeleted = true AND ", 1)
        try:
            yield from self._pages(question, fields, deleted=True)
        except UNLIKE as error:
            raise CannotPull(
                f"Salesforce answers with something unexpected ({type(error).__name__})."
            ) from error

    def has(self, kind: ImportKind, field: str, value: str) -> bool:
        question = f"SELECT Id FROM {OBJECTS[kind]} WHERE {field} = '{_escaped(value)}' LIMIT 1"
        return bool(self._asked(self._client.query, question)["records"])

    def _pages(
        self, question: str, fields: Collection[str], *, deleted: bool = False
    ) -> Iterator[list[Record]]:
        answer, asked = self._asked(self._client.query, question, include_deleted=deleted), set[str]()
        while True:
            yield [_record(one, fields) for one in answer["records"]]
            if answer["done"]:
                return
            following = answer["nextRecordsUrl"].rpartition("/")[2]
            if following in asked:
                raise CannotPull("Salesforce names the same page again as the next; it is not asked for it.")
            asked.add(following)
            answer = self._asked(self._client.query_more, following, include_deleted=deleted)

    def _asked(self, ask: Any, question: str, *, include_deleted: bool = False) -> Any:
        try:
            return ask(question, include_deleted=include_deleted, timeout=SECONDS)
        except SalesforceError as error:
            sentence = SENTENCES.get(error.status, f"Salesforce answers with {error.status}.")
            raise CannotPull(sentence.format(said=_said(error))) from error
        except requests.RequestException as error:
            raise CannotPull(f"Salesforce cannot be reached ({type(error).__name__}).") from error


def _sign_in(url: str, key: str, secret: str) -> tuple[str, str]:
    """A session and the address it is good for, by the app's own credentials; raises CannotPull."""
    form = {"grant_type": "client_credentials", "client_id": key, "client_secret": secret}
    try:
        answer = httpx.post(
            f"{url}/services/oauth2/token", data=form, timeout=SECONDS, trust_env=url.startswith("https://")
        )
        granted = answer.json()
    except (httpx.HTTPError, ValueError) as error:
        raise CannotPull(f"Salesforce cannot be reached at {url} ({type(error).__name__}).") from error
    if answer.status_code != 200 or "access_token" not in granted:
        raise CannotPull(
            "Salesforce does not accept consumer_key and consumer_secret: they are wrong or were withdrawn. Copy them "
            "again from the connected app."
        )
    return str(granted["access_token"]), str(granted.get("instance_url") or url)


def _question(kind: ImportKind, fields: Collection[str], since: datetime | None) -> str:
    for field in fields:
        if not _FIELD.fullmatch(field):
            raise BadInput(
                f"“{field}” is no field of Salesforce; a map names fields like Amount or Owner.Email."
            )
    asked = ", ".join(sorted({"Id", CHANGED, *fields}))
    changed = f" WHERE {CHANGED} >= {since.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" if since else ""
    return f"SELECT {asked} FROM {OBJECTS[kind]}{changed} ORDER BY {CHANGED} ASC"


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace("'", "\\'")


def _record(found: Mapping[str, Any], fields: Collection[str]) -> Record:
    told = {field: text(_at(found, field.split("."))) for field in fields}
    return Record(str(found["Id"]), datetime.fromisoformat(found[CHANGED]).astimezone(UTC), told)


def _at(found: Any, path: list[str]) -> Any:
    """Owner.Email is Email in the object Owner."""
    for name in path:
        found = found.get(name) if isinstance(found, Mapping) else None
    return found


def _said(error: SalesforceError) -> str:
    content = error.content
    first = content[0] if isinstance(content, list) and content else content
    return str(first.get("message", first) if isinstance(first, dict) else first)[:300]
