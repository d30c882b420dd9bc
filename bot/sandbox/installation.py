"""How the app comes into the workspace and goes out of it: installed by hand, or by a person's consent."""

import secrets
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import NamedTuple
from urllib.parse import parse_qs, urlencode, urlsplit

from bot.sandbox import api
from bot.sandbox.courier import Delivery
from bot.sandbox.people.member import Member
from bot.sandbox.state import Consent, Installation, Json, Workspace


class Tokens(NamedTuple):
    bot_token: str
    app_token: str
    signing_secret: str


class Installing:
    """The part of a sandbox that has to do with whether the app is there."""

    workspace: Workspace

    def hear(self, event: Json) -> Delivery | None:
        raise NotImplementedError

    @property
    def app(self) -> Installation:
        if self.workspace.installation is None:
            raise RuntimeError("no app is installed in this workspace: call install() first")
        return self.workspace.installation

    def install(
        self,
        scopes: Iterable[str] | None = None,
        name: str = "cornerman",
        commands: Iterable[str] | None = None,
        shortcuts: Mapping[str, str] | None = None,
    ) -> Tokens:
        """Installs the app, or anew, with these scopes (None: all) and slash commands (None: any).

        A mapping of commands says of each what stands beside it while it is typed. `shortcuts` are the global ones,
        callback id -> name.
        """
        with self.workspace.lock:
            app = self._made(api.SCOPES if scopes is None else frozenset(scopes), name)
            app.commands = None if commands is None else frozenset(commands)
            app.hints = commands if isinstance(commands, Mapping) else {}
            app.shortcuts = shortcuts or {}
            self.workspace.installation = app
            self.workspace.changed()
        registered = self.workspace.registered
        return Tokens(app.bot_token, registered.app_token, registered.signing_secret)

    def consents(self, authorize_url: str, by: Member) -> str:
        """The person is sent to Slack's page and agrees; gives the address that Slack sends their browser on to."""
        asked = _asked(authorize_url)
        if asked["client_id"] != self.workspace.registered.client_id:
            raise ValueError("Slack knows no app of this client id")
        code = secrets.token_hex(16)
        with self.workspace.lock:
            app = self._made(frozenset(asked["scope"].split(",")), "cornerman")
            self.workspace.consents[code] = Consent(app, by.id, asked["redirect_uri"])
        return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"

    def declines(self, authorize_url: str) -> str:
        """The person is sent to Slack's page and cancels; gives the address as `consents` does."""
        asked = _asked(authorize_url)
        return f"{asked['redirect_uri']}?{urlencode({'error': 'access_denied', 'state': asked['state']})}"

    def _made(self, scopes: frozenset[str], name: str) -> Installation:
        return Installation(
            app_id=self.workspace.registered.app_id,
            name=name,
            bot_user=self._bot_user(name),
            bot_id="B0SANDBOX",
            scopes=scopes,
            bot_token=f"xoxb-{secrets.token_hex(12)}",
            team=self.workspace.team,
        )

    def _bot_user(self, name: str) -> str:
        known = (
            person.id for person in self.workspace.people.values() if person.is_bot and person.name == name
        )
        return next(known, None) or (
            self.workspace.new_person(name, email="", tz="UTC", locale="en-US", is_bot=True).id
        )

    def revoke(self) -> None:
        """The app's token is worth nothing from now on, and nobody tells."""
        self.app.bot_token = f"revoked-{secrets.token_hex(12)}"

    def renew_app_token(self) -> None:
        """The app's maker has another app-level token made; the old one is worth nothing."""
        token = f"xapp-{secrets.token_hex(12)}"
        self.workspace.registered = replace(self.workspace.registered, app_token=token)

    def uninstall(self) -> None:
        """The app is removed: both events are sent, and its token is worth nothing."""
        self.hear({"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [self.app.bot_user]}})
        self.hear({"type": "app_uninstalled"})
        self.revoke()


def _asked(authorize_url: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(authorize_url).query).items()}
