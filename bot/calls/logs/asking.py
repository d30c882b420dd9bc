"""One API asked politely: as often as it likes, again when it asks for patience, and never elsewhere."""

import time
from collections.abc import Callable, Mapping
from itertools import count
from typing import Any
from urllib.parse import urlsplit

import httpx

from bot.core.errors import CoachError

Credentials = Mapping[str, str]
Fields = Mapping[str, Any]
Wait = Callable[[float], None]

SECONDS = 30.0
"""For one answer."""
MOST_TRIES = 8
LONGEST_WAIT = 300.0
WITHOUT_A_WORD = 5.0
"""Seconds until the next try, where the API does not say how long it wants to be left alone."""


class CannotRead(CoachError):
    """The log cannot be read; the sentence is for whoever runs the program."""


class NotThere(CannotRead):
    """What was asked for is not there, or no longer."""


class Api:
    """`headers` and `auth` go to `url`'s own host alone, whatever address a page names as the next.

    `sentences` say what a refusal means here, by its status.
    """

    def __init__(
        self,
        name: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        auth: tuple[str, str] | None = None,
        sentences: Mapping[int, str] | None = None,
        tries: int = MOST_TRIES,
        wait: Wait = time.sleep,
    ) -> None:
        self._name, self._url, self._wait = name, url.rstrip("/"), wait
        self._sentences, self._tries = sentences or {}, tries
        self._pages: set[str] = set()
        self._client = httpx.Client(
            headers=headers, auth=auth, timeout=SECONDS, trust_env=not url.startswith("http://127.0.0.1")
        )

    def get(self, where: str, params: Mapping[str, Any] | None = None) -> Fields:
        """`where` is a path, or the whole address of a next page; raises CannotRead."""
        return self._asked("GET", where, params=params)

    def once(self, method: str, where: str, **more: Any) -> Fields:
        """A page of a list. An API that names a page it has given already would be asked for ever."""
        page = f"{method} {where} {more}"
        if page in self._pages:
            raise CannotRead(f"{self._name} names the same page again as the next; it is not asked for it.")
        self._pages.add(page)
        return self._asked(method, where, **more)

    def post(self, where: str, **more: Any) -> Fields:
        return self._asked("POST", where, **more)

    def patch(self, where: str, **more: Any) -> Fields:
        return self._asked("PATCH", where, **more)

    def bear(self, token: str) -> None:
        """From now on every question carries this token."""
        self._client.auth = httpx.Auth()
        self._client.headers["Authorization"] = f"Bearer {token}"

    def close(self) -> None:
        self._client.close()

    def _asked(self, method: str, where: str, **more: Any) -> Fields:
        address = self._address(where)
        for attempt in count(1):
            answer = self._answer(method, address, **more)
            is_refused = answer.status_code == 429 or answer.status_code >= 500
            if not is_refused or attempt == self._tries:
                break
            self._wait(_patience(answer, attempt))
        if is_refused and answer.status_code not in self._sentences:
            raise CannotRead(f"{self._name} answers with {answer.status_code} again and again; try later.")
        return self._read(answer)

    def _address(self, where: str) -> str:
        address = where if where.startswith("http") else self._url + where
        if urlsplit(address)[:2] != urlsplit(self._url)[:2]:
            raise CannotRead(
                f"{self._name} names a next page at another address, {address}; it is not asked."
            )
        return address

    def _answer(self, method: str, address: str, **more: Any) -> httpx.Response:
        try:
            return self._client.request(method, address, **more)
        except httpx.HTTPError as error:
            raise CannotRead(f"{self._name} cannot be reached ({type(error).__name__}).") from error

    def _read(self, answer: httpx.Response) -> Fields:
        if sentence := self._sentences.get(answer.status_code):
            raise CannotRead(sentence)
        if answer.status_code == 401:
            raise CannotRead(
                f"{self._name} does not accept the credentials: they are wrong or have expired. Make new ones there, "
                "and put them into the file that CORNERMAN_WEBHOOK_SECRETS names."
            )
        if answer.status_code == 403:
            raise CannotRead(f"{self._name} does not let these credentials read calls; give them that right.")
        if not answer.is_success:
            refusal = NotThere if answer.status_code == 404 else CannotRead
            raise refusal(f"{self._name} answers with {answer.status_code} at {answer.request.url.path}.")
        try:
            said = answer.json()
        except ValueError as error:
            raise CannotRead(f"{self._name} answers with something that is not JSON.") from error
        if not isinstance(said, dict):
            raise CannotRead(f"{self._name} answers with something unexpected.")
        return said


def needed(name: str, said: Credentials, *wanted: str) -> tuple[str, ...]:
    """The credentials of those names; raises CannotRead with what is missing."""
    missing = [one for one in wanted if not said.get(one)]
    if missing:
        raise CannotRead(
            f"{name}'s call log needs {' and '.join(missing)} in [{name.lower()}] of the file that "
            "CORNERMAN_WEBHOOK_SECRETS names; docs/backfill.md says where to find them."
        )
    return tuple(said[one] for one in wanted)


def _patience(answer: httpx.Response, attempt: int) -> float:
    """Seconds: as long as it asks for, else longer each time."""
    asked = answer.headers.get("Retry-After", "")
    if asked.replace(".", "", 1).isdecimal():
        return min(float(asked), LONGEST_WAIT)
    return min(WITHOUT_A_WORD * float(2 ** (attempt - 1)), LONGEST_WAIT)
