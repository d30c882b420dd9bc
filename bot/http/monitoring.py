"""What a monitor may ask. That the process lives and serves anybody may know; why not, and how much, only the house."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from ipaddress import ip_address

from prometheus_client import CONTENT_TYPE_LATEST
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.app import Cornerman
from bot.core import telemetry
from bot.delivery.services import health

SECONDS_TO_TELL = 4.0
FORWARDED = ("forwarded", "x-forwarded-for", "x-real-ip", "via")


def routes(corner: Cornerman, unready: Callable[[], str]) -> list[Route]:
    """`unready` says in a sentence what keeps this process from serving."""

    prober = ThreadPoolExecutor(1, thread_name_prefix="ready")

    async def healthz(_request: Request) -> Response:
        """On the event loop: it needs no thread that work could hold."""
        return PlainTextResponse("ok")

    async def readyz(request: Request) -> Response:
        """Asked in a thread of its own, and not waited for longer than a monitor waits."""
        asked = asyncio.get_running_loop().run_in_executor(prober, unready)
        try:
            missing = await asyncio.wait_for(asyncio.shield(asked), SECONDS_TO_TELL)
        except TimeoutError:
            missing = "The database does not answer in time."
        if not missing:
            return PlainTextResponse("ready")
        return PlainTextResponse(missing if is_inside(request) else "not ready", 503)

    def metrics(request: Request) -> Response:
        if not is_inside(request):
            return PlainTextResponse("Not Found", 404)
        with corner.db.read() as session:
            depths = health.depths(session, now=corner.clock())
        return Response(telemetry.page(depths), media_type=CONTENT_TYPE_LATEST)

    return [Route("/healthz", healthz), Route("/readyz", readyz), Route("/metrics", metrics)]


def is_inside(request: Request) -> bool:
    """From this machine or a private network, and not handed on by a proxy, behind which the whole world stands."""
    if any(name in request.headers for name in FORWARDED) or request.client is None:
        return False
    try:
        return ip_address(request.client.host).is_private
    except ValueError:
        return False
