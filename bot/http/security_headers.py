"""What every HTTP answer says to browsers, and how long a request may take to arrive."""

from collections.abc import Mapping

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

ALWAYS: Mapping[str, str] = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Content-Security-Policy": "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
}
BY_HTTPS = {"Strict-Transport-Security": "max-age=31536000"}


class Guarded:
    """Wraps the whole app, so that answers to errors bear the headers too."""

    def __init__(self, app: ASGIApp, *, public_url: str | None) -> None:
        self._app = app
        by_https = (public_url or "").startswith("https://")
        self._headers = {**ALWAYS, **(BY_HTTPS if by_https else {})}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(self._headers)
            await send(message)

        await self._app(scope, receive, guarded if scope["type"] == "http" else send)
