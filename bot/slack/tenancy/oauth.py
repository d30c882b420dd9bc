"""The way into a workspace: a person is sent to Slack, agrees there, comes back with a code, and reads what came
of it.
"""

from collections.abc import Callable, Sequence
from html import escape

import structlog
from slack_bolt import BoltRequest, BoltResponse
from slack_bolt.error import BoltError
from slack_bolt.oauth import OAuthFlow
from slack_bolt.oauth.callback_options import CallbackOptions, FailureArgs, SuccessArgs
from slack_bolt.oauth.oauth_settings import OAuthSettings
from slack_sdk.oauth.installation_store import Installation
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot.core.i18n import gettext as _
from bot.settings import Settings
from bot.slack import NETWORK, client, scopes
from bot.slack.tenancy.tenants import Tenants
from storage.database import Database, DatabaseError
from storage.installations import Installations, States

log = structlog.get_logger()

SECONDS_TO_FINISH = 600
ANY_TEAM = "*"
"""In SLACK_TEAMS: whoever has the link may install. Without it only the teams that it names may."""
INSTALL, REDIRECT = "/slack/install", "/slack/oauth_redirect"


class NotHere(BoltError):
    """This workspace may not install the app; the sentence is for the person who tried."""


class Installing(OAuthFlow):
    """Bolt's flow: a state that is taken once by the browser it was given to, pages in our own words."""

    def __init__(self, settings: Settings, db: Database, store: Installations, tenants: Tenants) -> None:
        self._teams, self._tenants = settings.slack_teams, tenants
        secret = settings.slack_client_secret
        flow = OAuthSettings(
            client_id=settings.slack_client_id,
            client_secret=secret.get_secret_value() if secret else "",
            scopes=[*scopes.NEEDED, *scopes.OPTIONAL],
            user_scopes=[],
            redirect_uri=f"{settings.public_url}{REDIRECT}",
            authorization_url=f"{settings.slack_api_url.removesuffix('api/')}oauth/v2/authorize",
            install_page_rendering_enabled=False,
            installation_store=store,
            state_store=States(db, SECONDS_TO_FINISH),
            state_expiration_seconds=SECONDS_TO_FINISH,
            callback_options=CallbackOptions(_installed, _not_installed),
        )
        super().__init__(client=client(settings.slack_api_url, None), settings=flow)

    def run_installation(self, code: str) -> Installation | None:
        try:
            return super().run_installation(code)
        except NETWORK as error:
            log.warning("an install was not finished", error=type(error).__name__)
            return None

    def store_installation(self, request: BoltRequest, installation: Installation) -> None:
        """From here on the workspace is served."""
        if installation.is_enterprise_install or not installation.team_id:
            raise NotHere(
                _("Cornerman is installed into one workspace at a time, not into a whole organization.")
            )
        if ANY_TEAM not in self._teams and installation.team_id not in self._teams:
            log.warning("a workspace that may not install was refused", team=installation.team_id)
            raise NotHere(
                _("Whoever runs this Cornerman has not allowed it for your workspace. Please ask them.")
            )
        try:
            super().store_installation(request, installation)
        except DatabaseError as error:
            log.error("an install could not be stored", error=type(error).__name__)
            raise BoltError("storage_error") from error
        self._tenants.look()
        log.info("installed", team=installation.team_id)


def routes(flow: Installing) -> list[Route]:
    """Both pages, worked in the thread pool: they speak to Slack and to the database."""

    def page(handle: Callable[[BoltRequest], BoltResponse]) -> Callable[[Request], object]:
        async def answer(request: Request) -> Response:
            asked = BoltRequest(body="", query=request.url.query, headers=dict(request.headers))
            answered = await run_in_threadpool(handle, asked)
            headers = {name: values[0] for name, values in answered.headers.items()}
            return Response(answered.body, answered.status, headers)

        return answer

    return [Route(INSTALL, page(flow.handle_installation)), Route(REDIRECT, page(flow.handle_callback))]


def _installed(args: SuccessArgs) -> BoltResponse:
    return _answered(args, 200, page_of_installed(args.installation.team_name or "Slack"))


def _not_installed(args: FailureArgs) -> BoltResponse:
    reason = str(args.error) if isinstance(args.error, NotHere) else args.reason
    status = 403 if isinstance(args.error, NotHere) else args.suggested_status_code
    return _answered(args, status, page_of_failure(reason, INSTALL))


def _answered(args: SuccessArgs | FailureArgs, status: int, body: str) -> BoltResponse:
    headers: dict[str, str | Sequence[str]] = {
        "Content-Type": "text/html; charset=utf-8",
        "Set-Cookie": args.settings.state_utils.build_set_cookie_for_deletion(),
    }
    return BoltResponse(status=status, body=body, headers=headers)


FAILURES = {
    "access_denied": _("Nothing was installed, as you chose. Nothing was kept either."),
    "invalid_browser": _("This page belongs to an install that was begun in another browser, or longer ago."),
    "invalid_state": _("This install was finished before, or begun more than ten minutes ago."),
    "missing_code": _("Slack's answer was cut short."),
    "invalid_code": _("Slack did not confirm the install. Nothing was kept."),
    "storage_error": _("The install could not be stored. Nothing was kept."),
}
OTHERWISE = _("Slack broke the install off. Nothing was kept.")


def page_of_installed(team: str) -> str:
    return _page(
        _("Cornerman is in {team}").format(team=team),
        _("Open it in Slack, under Apps: its Home tab says what comes next. You may close this page."),
    )


def page_of_failure(reason: str, again: str) -> str:
    """`reason` is Bolt's or Slack's word for it, or a sentence; `again` is where one may begin anew."""
    return _page(
        _("Cornerman was not installed"),
        reason if " " in reason else FAILURES.get(reason, OTHERWISE),
        again,
    )


def _page(title: str, sentence: str, again: str = "") -> str:
    link = f'<p><a href="{escape(again)}">{escape(_("Begin again"))}</a></p>' if again else ""
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>{escape(title)}</title></head>"
        f"<body><h1>{escape(title)}</h1><p>{escape(sentence)}</p>{link}</body></html>"
    )
