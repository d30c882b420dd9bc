"""What one call source still needs, and how to see that it works."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from datetime import datetime

from bot.calls.jobs.backfill import LOOKS_BACK
from bot.calls.logs import LOGS, POLLED, CannotRead
from bot.calls.services import source_health
from bot.calls.sources import SOURCES
from bot.calls.sources.generic import SHORTEST_TOKEN
from bot.core.clock import Clock, system_clock
from bot.core.errors import BadInput, CoachError
from bot.doctor.installation import Finding
from bot.settings import Settings
from storage.database import Database, DatabaseError

MOST_KINDS = 3


def examine(settings: Settings, source: str, clock: Clock = system_clock) -> list[Finding]:
    """Raises BadInput for a source there is no adapter for."""
    if source not in (*SOURCES, *POLLED):
        raise BadInput(f"There is no call source {source!r}; there are {', '.join((*SOURCES, *POLLED))}.")
    try:
        said = settings.call_sources().get(source)
    except CoachError as error:
        return [Finding("secret", False, str(error))]
    return [
        _secret(source, said),
        _asked(source, said or {}, clock()) if source in POLLED else _address(settings, source),
        *_token(source, said or {}),
        *_heard(settings, source, clock),
        Finding(
            "test", True, f"{(SOURCES.get(source) or LOGS[source]).try_it} The page: docs/calls/{source}.md."
        ),
    ]


def _secret(source: str, said: Mapping[str, str] | None) -> Finding:
    if said is None:
        says = f'{source} is not configured: add {source} = "…" to the file that CORNERMAN_WEBHOOK_SECRETS names.'
        return Finding("secret", False, says)
    return Finding("secret", True, "present; it takes effect when the bot starts.")


def _asked(source: str, said: Mapping[str, str], now: datetime) -> Finding:
    """A source that sends nothing is asked now."""
    try:
        with closing(LOGS[source](said, lambda _seconds: None)) as log:
            pages = list(log.pages(now - LOOKS_BACK, now))
    except CannotRead as error:
        return Finding("log", False, str(error))
    read, unread = sum(len(one.calls) for one in pages), sum(one.unreadable for one in pages)
    says = f"it is asked every five minutes, and has {read} calls of the last three hours"
    return Finding(
        "log", True, f"{says}, and {unread} that do not say whose they are." if unread else f"{says}."
    )


def _address(settings: Settings, source: str) -> Finding:
    path = f"/calls/{source}"
    if settings.public_url is None:
        needed = SOURCES[source].signs_its_address
        why = (
            "this source signs the address, so nothing is believed without it" if needed else "for this page"
        )
        says = f"CORNERMAN_PUBLIC_URL is not set ({why}); the source sends to https://<your host>{path}."
        return Finding("address", not needed, says)
    address = f"{settings.public_url.rstrip('/')}{path}"
    if not address.startswith("https://"):
        return Finding("address", False, f"{address} is not https; no source sends to it.")
    return Finding("address", True, f"the source sends to {address}.")


def _token(source: str, said: Mapping[str, str]) -> Iterator[Finding]:
    if source == "hubspot":
        has = bool(said.get("access_token"))
        says = "present." if has else "missing: put access_token of the private app into [hubspot]."
        yield Finding("access token", has, says)

    if source == "generic" and said.get("token"):
        is_long = len(said["token"]) >= SHORTEST_TOKEN
        wants = f"has fewer than {SHORTEST_TOKEN} characters, so it opens nothing: make up a longer one."
        yield Finding("token", is_long, "present; send it as Authorization: Bearer." if is_long else wants)


def _heard(settings: Settings, source: str, clock: Clock) -> Iterator[Finding]:
    try:
        db = Database(settings.database_url)
        with db.read() as session:
            heard = source_health.heard(session, source, now=clock())
        db.close()
    except (CoachError, DatabaseError):
        yield Finding("deliveries", False, "the database cannot be read; see `cornerman doctor`.")
        return
    last = f"the last one came at {heard.last_at:%Y-%m-%d %H:%M} UTC." if heard.last_at else "none yet."
    yield Finding("deliveries", True, last)
    if heard.trouble:
        yield Finding("fetching", False, heard.trouble)
    if heard.unread:
        yield Finding("not understood", True, _unread(source, heard.unread))


def _unread(source: str, unread: Sequence[tuple[str, int]]) -> str:
    total = sum(deliveries for _kind, deliveries in unread)
    kinds = ", ".join(f"{kind} {deliveries}" for kind, deliveries in unread[:MOST_KINDS])
    events = "event" if total == 1 else "events"
    asked = SOURCES[source].subscribe_to
    return f"{total} {events} of a kind I do not read in the last week ({kinds}); subscribe to {asked}."
