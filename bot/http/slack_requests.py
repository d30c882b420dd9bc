"""`POST /slack/events`: Slack's signature is asked of the raw bytes, before Bolt or anybody else reads them."""

from slack_bolt import BoltRequest
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from bot.app import Cornerman
from bot.core import telemetry
from bot.core.clock import stopwatch, system_clock
from bot.core.repeated import Repeated
from bot.slack.signature import is_signed

refused = Repeated()


def is_open(corner: Cornerman) -> bool:
    """Without a signing secret (Socket Mode) nobody can prove to be Slack here, so nobody may speak."""
    return corner.settings.slack_signing_secret is not None


async def answer(corner: Cornerman, request: Request, body: bytes) -> Response:
    """401 and nothing else for what Slack did not sign; Bolt's answer for the rest, worked in the thread pool."""
    secret = corner.settings.slack_signing_secret
    signed = secret is not None and is_signed(
        secret.get_secret_value(), request.headers, body, now=system_clock()
    )
    if not signed:
        refused.warn("an unsigned or stale request was refused", path="/slack/events")
        return PlainTextResponse("unsigned", 401)
    asked = BoltRequest(
        body=body.decode("utf-8", "replace"), query=request.url.query, headers=dict(request.headers)
    )
    began = stopwatch()
    answered = await run_in_threadpool(corner.slack.dispatch, asked)
    telemetry.ACK_SECONDS.labels("http").observe(stopwatch() - began)
    headers = {name: values[0] for name, values in answered.headers.items()}
    return Response(answered.body, answered.status, headers)
