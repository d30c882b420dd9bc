"""Google, as far as conferences are read from it and each host's subscription to them is kept.

A service account speaks as each host (domain-wide delegation): who hosted a conference may read its record.
"""

import time
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime, timedelta
from typing import NamedTuple

import jwt

from bot.calls.domain.call import EndedCall
from bot.calls.domain.meetings import Guest, MeetingNotice, ended_call
from bot.calls.logs.asking import Api, CannotRead, Credentials, Fields, NotThere, Wait
from bot.calls.sources.fields import child, children, iso, text
from bot.calls.sources.meet import ENDED, RECORDS, Meet

WANTED = ("client_email", "private_key", "topic")
SCOPES = "https://www.googleapis.com/auth/meetings.space.readonly https://www.googleapis.com/auth/directory.readonly"
GRANT = "urn:ietf:params:oauth:grant-type:jwt-bearer"
AN_HOUR = timedelta(hours=1)
MEETINGS, EVENTS, PEOPLE, LOGIN = (
    f"https://{name}.googleapis.com" for name in ("meet", "workspaceevents", "people", "oauth2")
)


class Host(NamedTuple):
    """Google's services, as one person."""

    email: str
    meetings: Api
    events: Api
    people: Api


@contextmanager
def as_host(said: Credentials, email: str, *, now: datetime, wait: Wait = time.sleep) -> Iterator[Host]:
    """Raises CannotRead where Google does not let the service account speak as them."""
    with ExitStack() as open_:

        def api(url: str) -> Api:
            made = Api("Google", said.get("api_url", url), wait=wait)
            open_.callback(made.close)
            return made

        token = _token(api(LOGIN), said, email, now)
        services = [api(url) for url in (MEETINGS, EVENTS, PEOPLE)]
        for one in services:
            one.bear(token)
        yield Host(email, *services)


def _token(login: Api, said: Credentials, email: str, now: datetime) -> str:
    missing = [one for one in WANTED if not said.get(one)]
    if missing:
        raise CannotRead(
            f"Meet only says which conference ended: put {' and '.join(missing)} into [meet] of the file that "
            "CORNERMAN_WEBHOOK_SECRETS names; docs/calls/meet.md says where to find them."
        )
    claims = {
        "iss": said["client_email"],
        "sub": email,
        "scope": SCOPES,
        "aud": f"{LOGIN}/token",
        "iat": int(now.timestamp()),
        "exp": int((now + AN_HOUR).timestamp()),
    }
    try:
        signed = jwt.encode(claims, said["private_key"], "RS256")
    except (jwt.PyJWTError, ValueError, TypeError) as error:
        raise CannotRead(
            "private_key of [meet] is no RSA key; copy it whole out of the key's file."
        ) from error
    token = text(login.post("/token", data={"grant_type": GRANT, "assertion": signed}), "access_token")
    if not token:
        raise CannotRead(f"Google gives no token to speak as {email}.")
    return token


def subscriptions(host: Host) -> Iterable[Fields]:
    """Those of this host that tell of ended conferences."""
    asked = {"filter": f'event_types:"{ENDED}"'}
    return children(host.events.get("/v1/subscriptions", asked), "subscriptions")


def call(host: Host, key: str) -> EndedCall | None:
    """None for a conference that is no sales call, is not over, or is gone (they are kept for 30 days)."""
    try:
        record = host.meetings.get(f"/v2/{RECORDS}{key}")
    except NotThere:
        return None
    began, ended = iso(record, "startTime"), iso(record, "endTime")
    told = [MeetingNotice("", host.email, "", began, ended)]
    told += [MeetingNotice("", host.email, guest=guest) for guest in _guests(host, key)]
    found = ended_call(told, source=Meet.name, account="", call_key=key)
    return None if found is None or len(told) == 1 else found


def _guests(host: Host, key: str) -> Iterator[Guest]:
    asked = {"pageSize": 250}
    said = host.meetings.once("GET", f"/v2/{RECORDS}{key}/participants", params=asked)
    while True:
        for one in children(said, "participants"):
            yield _guest(host, one)
        following = text(said, "nextPageToken")
        if not following:
            return
        asked_on = {**asked, "pageToken": following}
        said = host.meetings.once("GET", f"/v2/{RECORDS}{key}/participants", params=asked_on)


def _guest(host: Host, one: Fields) -> Guest:
    signed_in = child(one, "signedinUser")
    if not signed_in:
        name = text(child(one, "anonymousUser"), "displayName") or text(
            child(one, "phoneUser"), "displayName"
        )
        return Guest("", "", name or text(one, "name"))
    key = text(signed_in, "user").removeprefix("users/")
    return Guest(key, _email(host, key), text(signed_in, "displayName"))


def _email(host: Host, key: str) -> str:
    """Google tells the emails of the host's own company; of anybody else's none."""
    try:
        person = host.people.get(f"/v1/people/{key}", {"personFields": "emailAddresses"})
    except NotThere:
        return ""
    return next((email for one in children(person, "emailAddresses") if (email := text(one, "value"))), "")
