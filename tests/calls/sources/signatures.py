"""How each call source packs and signs what it says; knows nothing of the bot."""

import base64
import hashlib
import hmac
import json
from datetime import datetime
from urllib.parse import urlencode

import httpx
import jwt

SECRET = "a long secret, for the tests only"
PUBLIC = "https://coach.example.com"
SOURCES = (
    *("zoom", "aircall", "dialpad", "twilio", "ringcentral", "hubspot"),
    *("gong", "teams", "meet", "vonage", "generic"),
)
STAMPED = ("zoom", "hubspot", "vonage", "generic")
"""Those that sign a time; the others may be sent again for ever."""

Headers = dict[str, str]


def packed(source: str, said: object, *, secret: str = SECRET) -> bytes:
    """What goes over the wire; bytes go as they are."""
    if isinstance(said, bytes):
        return said
    if source == "twilio":
        assert isinstance(said, dict)
        return urlencode(said).encode()
    if source == "dialpad":
        assert isinstance(said, dict)
        return jwt.encode(said, secret, algorithm="HS256").encode()
    if source == "aircall":
        assert isinstance(said, dict)
        said = {"token": secret, **said}
    if source == "teams":
        assert isinstance(said, dict)
        notices = said.get("value")
        if isinstance(notices, list):
            said = said | {
                "value": [{"clientState": secret, **one} if isinstance(one, dict) else one for one in notices]
            }
    return json.dumps(said).encode()


def signed(source: str, body: bytes, at: datetime, *, secret: str = SECRET) -> Headers:
    """The headers that go with `body`."""
    match source:
        case "zoom" | "generic":
            return _v0(source, body, at, secret)
        case "hubspot":
            return _v3(body, at, secret)
        case "twilio":
            return {"X-Twilio-Signature": _twilio(body, secret)}
        case "vonage":
            claims = {
                "iss": "Vonage",
                "iat": int(at.timestamp()),
                "payload_hash": hashlib.sha256(body).hexdigest(),
            }
            return {"Authorization": f"Bearer {jwt.encode(claims, secret, algorithm='HS256')}"}
        case "ringcentral":
            return {"Verification-Token": secret}
    return {}


def query(source: str, *, secret: str = SECRET) -> str:
    """What the address ends in: the keys of Gong and Meet travel there."""
    return f"?{urlencode({'key': secret})}" if source in ("gong", "meet") else ""


def _v0(source: str, body: bytes, at: datetime, secret: str) -> Headers:
    prefix = {"zoom": "x-zm-request-", "generic": "X-Cornerman-"}[source]
    name = {"zoom": "x-zm-signature", "generic": "X-Cornerman-Signature"}[source]
    stamp = str(int(at.timestamp()))
    digest = hmac.new(secret.encode(), b"v0:" + stamp.encode() + b":" + body, hashlib.sha256).hexdigest()
    return {f"{prefix}timestamp": stamp, name: f"v0={digest}"}


def _v3(body: bytes, at: datetime, secret: str) -> Headers:
    stamp = str(int(at.timestamp() * 1000))
    text = b"POST" + f"{PUBLIC}/calls/hubspot".encode() + body + stamp.encode()
    digest = hmac.new(secret.encode(), text, hashlib.sha256).digest()
    return {
        "X-HubSpot-Request-Timestamp": stamp,
        "X-HubSpot-Signature-v3": base64.b64encode(digest).decode(),
    }


def _twilio(body: bytes, secret: str) -> str:
    """As Twilio documents it: the address, then each parameter's name and value, sorted by name."""
    parameters = httpx.QueryParams(body.decode("utf-8", "replace")).multi_items()
    text = f"{PUBLIC}/calls/twilio" + "".join(name + value for name, value in sorted(parameters))
    return base64.b64encode(hmac.new(secret.encode(), text.encode(), hashlib.sha1).digest()).decode()
