"""The bot as `python -m bot run`, and it forgets nothing: what a soak is worth is seen by whether it notices."""

import sys

from starlette.types import ASGIApp, Receive, Scope, Send

from bot import runtime
from bot.cli import main
from bot.http.server import web


class Keeping:
    """As many bytes of each request."""

    def __init__(self, app: ASGIApp, size: int) -> None:
        self._app, self._size = app, size
        self._kept: list[bytes] = []

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self._kept.append(b"x" * self._size)
        await self._app(scope, receive, send)


if __name__ == "__main__":
    size = int(sys.argv[1]) * 1000
    setattr(runtime, "web", lambda *given: Keeping(web(*given), size))  # noqa: B010
    sys.argv = ["cornerman", "run"]
    main()
