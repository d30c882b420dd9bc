"""What one call source still needs, and how to see that it works."""

from collections.abc import Iterator, Mapping

from bot.calls import SOURCES
from bot.doctor import Finding
from bot.errors import BadInput, CoachError
from bot.services import sources
from bot.settings import Settings
from storage.database import Database, DatabaseError

SIGNS_THE_ADDRESS = ("twilio", "hubspot")

TESTS = {
    "zoom": "In the Zoom app press Validate beside the address, then make a call of a minute.",
    "aircall": "Make a call of a minute; its record comes half a minute after the hang-up.",
    "dialpad": "Make a call of a minute with somebody outside; the hang-up comes at once.",
    "twilio": "Make a call of a minute; a 401 means that the public address or the auth token is another.",
    "ringcentral": "Create the subscription (RingCentral tests the address), then make a call of a minute.",
    "hubspot": "Log a call in HubSpot with yourself as its owner; it is here within a minute.",
    "generic": "Send one of the bodies of the page, signed with the secret.",
}


def examine(settings: Settings, source: str) -> list[Finding]:
    """Raises BadInput for a source there is no adapter for."""
    if source not in SOURCES:
        raise BadInput(f"There is no call source {source!r}; there are {', '.join(SOURCES)}.")
    try:
        said = settings.call_sources().get(source)
    except CoachError as error:
        return [Finding("secret", False, str(error))]
    return [
        _secret(source, said),
        _address(settings, source),
        *_token(source, said or {}),
        *_heard(settings, source),
        Finding("test", True, f"{TESTS[source]} The page: docs/calls/{source}.md."),
    ]


def _secret(source: str, said: Mapping[str, str] | None) -> Finding:
    if said is None:
        says = f'{source} is not configured: add {source} = "…" to the file that CORNERMAN_WEBHOOK_SECRETS names.'
        return Finding("secret", False, says)
    return Finding("secret", True, "present; it takes effect when the bot starts.")


def _address(settings: Settings, source: str) -> Finding:
    path = f"/calls/{source}"
    if settings.public_url is None:
        needed = source in SIGNS_THE_ADDRESS
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


def _heard(settings: Settings, source: str) -> Iterator[Finding]:
    try:
        db = Database(settings.database_url)
        with db.read() as session:
            heard = sources.heard(session, source)
        db.close()
    except (CoachError, DatabaseError):
        yield Finding("deliveries", False, "the database cannot be read; see `cornerman doctor`.")
        return
    last = f"the last one came at {heard.last_at:%Y-%m-%d %H:%M} UTC." if heard.last_at else "none yet."
    yield Finding("deliveries", True, last)
    if heard.trouble:
        yield Finding("fetching", False, heard.trouble)
