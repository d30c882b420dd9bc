"""What a monitor may ask. That the process lives and serves anybody may know; why not, and how much, only the house."""

from collections.abc import Callable
from ipaddress import ip_address

from prometheus_client import CONTENT_TYPE_LATEST
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot import telemetry
from bot.app import Cornerman
from bot.services import health

FORWARDED = ("forwarded", "x-forwarded-for", "x-real-ip", "via")


def routes(corner: Cornerman, unready: Callable[[], str]) -> list[Route]:
    """`unready` says in a sentence what keeps this process from serving."""

    def healthz(_request: Request) -> Response:
        return PlainTextResponse("ok")

    def readyz(request: Request) -> Response:
        missing = unready()
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
