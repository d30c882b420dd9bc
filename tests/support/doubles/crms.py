"""HubSpot and Salesforce as far as deals and accounts are read from them: two records a page."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from tests.support.doubles.http import Answer, Asked

TOKEN = "a-token-for-tests"
A_PAGE = 2


@dataclass(slots=True)
class HubSpotCrm:
    """`deals` and `companies` are by id, with their properties as HubSpot names them."""

    deals: dict[str, dict[str, str]] = field(default_factory=dict)
    companies: dict[str, dict[str, str]] = field(default_factory=dict)
    bin: dict[str, tuple[str, dict[str, str]]] = field(default_factory=dict)
    """What was deleted, by id, with when."""

    def deletes(self, kind: str, key: str, at: str) -> None:
        self.bin[key] = (at, getattr(self, kind).pop(key))

    def __call__(self, asked: Asked) -> Answer:
        if asked.headers.get("authorization") != f"Bearer {TOKEN}":
            return Answer(
                {"status": "error", "message": "expired", "category": "EXPIRED_AUTHENTICATION"}, 401
            )
        if asked.path.startswith("/crm/v3/owners"):
            return Answer({"results": [_owner("7", "ben@acme.io", "Ben"), _owner("8", "who@acme.io", "Who")]})
        records = self.deals if "/deals" in asked.path else self.companies
        if not asked.path.endswith("/search"):
            return self._listed(asked)
        return self._search(records, asked.json)

    def _search(self, records: Mapping[str, dict[str, str]], question: Any) -> Answer:
        since = 0
        for group in question.get("filterGroups") or []:
            [wanted] = group["filters"]
            if wanted["operator"] == "EQ":
                name, value = wanted["propertyName"], wanted["value"]
                records = {key: about for key, about in records.items() if about.get(name) == value}
            else:
                since = int(wanted["value"])
        found = sorted(
            (about["hs_lastmodifieddate"], key, about)
            for key, about in records.items()
            if datetime.fromisoformat(about["hs_lastmodifieddate"]).timestamp() * 1000 >= since
        )
        begin = int(question.get("after") or 0)
        page = [
            _object(key, about, question["properties"]) for _, key, about in found[begin : begin + A_PAGE]
        ]
        following = {"next": {"after": str(begin + A_PAGE)}} if begin + A_PAGE < len(found) else None
        more = {"paging": following} if following else {}
        return Answer({"total": len(found), "results": page, **more})

    def _listed(self, asked: Asked) -> Answer:
        """The bin, in any order; whoever forgets to ask for what is archived gets nothing of it."""
        found = sorted(self.bin.items()) if asked.query.get("archived", "").lower() == "true" else []
        begin = int(asked.query.get("after") or 0)
        page = [
            _object(key, about, ["dealname", "name", "hs_lastmodifieddate"])
            | {"archived": True, "archivedAt": at}
            for key, (at, about) in found[begin : begin + A_PAGE]
        ]
        following = {"next": {"after": str(begin + A_PAGE)}} if begin + A_PAGE < len(found) else None
        return Answer({"results": page, **({"paging": following} if following else {})})


def _object(key: str, about: dict[str, str], asked: list[str]) -> dict[str, Any]:
    times = {
        "createdAt": "2026-01-01T00:00:00Z",
        "updatedAt": about["hs_lastmodifieddate"],
        "archived": False,
    }
    return {"id": key, "properties": {name: about.get(name) for name in asked}, **times}


def _owner(key: str, email: str, name: str) -> dict[str, Any]:
    times = {"createdAt": "2026-01-01T00:00:00Z", "updatedAt": "2026-01-01T00:00:00Z", "archived": False}
    return {
        "id": key,
        "email": email,
        "type": "PERSON",
        "firstName": name,
        "lastName": "",
        "userId": 1,
        **times,
    }


@dataclass(slots=True)
class SalesforceOrg:
    """`records` are by object and id; a dotted field is an object in an object, as there."""

    records: dict[str, dict[str, dict[str, Any]]] = field(default_factory=dict)
    questions: list[str] = field(default_factory=list)
    secret: str = "s"
    _rest: list[dict[str, Any]] = field(default_factory=list)

    def __call__(self, asked: Asked) -> Answer:
        if asked.path == "/services/oauth2/token":
            if f"client_secret={self.secret}" not in asked.body:
                return Answer({"error": "invalid_client"}, 401)
            return Answer({"access_token": TOKEN, "instance_url": f"http://{asked.headers['host']}"})
        if asked.headers.get("authorization") != f"Bearer {TOKEN}":
            return Answer([{"message": "Session expired or invalid", "errorCode": "INVALID_SESSION_ID"}], 401)
        if "q" in asked.query:
            self._rest = self._found(asked.query["q"], everything=asked.path.rstrip("/").endswith("queryAll"))
        page, self._rest = self._rest[:A_PAGE], self._rest[A_PAGE:]
        following = {} if not self._rest else {"nextRecordsUrl": "/services/data/v59.0/query/01g-2000"}
        return Answer({"totalSize": 0, "done": not self._rest, "records": page, **following})

    def _found(self, question: str, *, everything: bool) -> list[dict[str, Any]]:
        self.questions.append(question)
        of = re.search(r" FROM (\w+)", question)
        since = re.search(r"SystemModstamp >= (\S+)", question)
        first = datetime.fromisoformat(since[1]) if since else datetime.min.replace(tzinfo=UTC)
        named = re.search(r"(\w+) = '(.*)' LIMIT 1", question)
        records = self.records.get(of[1] if of else "", {})
        found = [
            {"attributes": {"type": "x"}, "Id": key, **about}
            for key, about in records.items()
            if bool(about.get("IsDeleted")) == ("IsDeleted = true" in question)
            and (everything or not about.get("IsDeleted"))
            and (named is None or about.get(named[1]) == named[2])
            and datetime.fromisoformat(about["SystemModstamp"]) >= first
        ]
        return sorted(found, key=lambda one: str(one["SystemModstamp"]))
