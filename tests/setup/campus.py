"""Several Slack workspaces and one process that serves them all; each came by its own install."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
from cryptography.fernet import Fernet

from bot.app import build_app
from bot.runtime import Runtime
from bot.sandbox import Member, Sandbox, Team
from bot.settings import Settings, load
from bot.slack import tenancy
from storage.database import Database
from storage.installations import Installations
from tests.support import web
from tests.support.office import COMMANDS, DIALER, MONDAY_MORNING, SECRET, Office, StoppedClock

PUBLIC = "https://bot.example"
KEY = Fernet.generate_key().decode()
GLOBEX = Team("T0GLOBEX", "globex", "Globex")


@dataclass
class Browser:
    """Of somebody who installs the app; keeps the cookie it is given, as browsers do."""

    url: str
    cookie: str = ""

    def opens(self, path: str) -> httpx.Response:
        answer = web.get(f"{self.url}{path}", headers={"Cookie": self.cookie} if self.cookie else {})
        if "set-cookie" in answer.headers:
            self.cookie = answer.headers["set-cookie"].partition(";")[0]
        return answer

    def follows(self, address: str) -> httpx.Response:
        """An address of the bot's public one, where Slack sends the browser back to."""
        assert address.startswith(PUBLIC)
        parts = urlsplit(address)
        return self.opens(f"{parts.path}?{parts.query}")


@dataclass
class Campus:
    """One process; `acme` and `globex` are Slack workspaces of the same Slack, and nothing is installed at first."""

    acme: Sandbox
    globex: Sandbox
    db: Database
    folder: Path
    clock: StoppedClock
    by_socket: bool
    running: list[Runtime] = field(default_factory=list)

    def starts(self, **more: Any) -> Runtime:
        """Starts the bot, or starts it anew, with other settings perhaps."""
        self.stops()
        corner = build_app(self.settings(**more), self.db, self.clock, between_posts=timedelta())
        runtime = Runtime(corner, host="127.0.0.1", port=0)
        runtime.start(with_jobs=False)
        self.running.append(runtime)
        for slack in (self.acme, self.globex):
            slack.deliver_over_http(f"{self.url}/slack/events")
        return runtime

    def stops(self) -> None:
        while self.running:
            self.running.pop().stop()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.running[-1].web.port}"

    def browser(self) -> Browser:
        return Browser(self.url)

    def installs(self, slack: Sandbox, by: Member | None = None) -> httpx.Response:
        """Somebody installs the app in this workspace; gives the page they see in the end."""
        browser = self.browser()
        to_slack = browser.opens("/slack/install").headers["location"]
        who = by or slack.add_person("Ines", is_admin=True)
        page = browser.follows(slack.consents(to_slack, who))
        if slack.workspace.installation is not None:
            slack.app.commands = frozenset(COMMANDS)
        return page

    def office(self, slack: Sandbox) -> Office:
        runtime = self.running[-1]
        office = Office(slack, runtime.corner, runtime, self.clock)
        team = slack.workspace.team.id
        office.calls, office.secret = f"/calls/generic/{team}", f"{SECRET} of {team}"
        return office

    def store(self) -> Installations:
        return tenancy.installations(self.settings(), self.db)

    def settings(self, **more: Any) -> Settings:
        registered = self.acme.workspace.registered
        given = {
            "slack_client_id": registered.client_id,
            "slack_client_secret": registered.client_secret,
            "SLACK_TEAMS": "*",
            "slack_app_token": registered.app_token if self.by_socket else None,
            "slack_signing_secret": registered.signing_secret,
            "slack_api_url": self.acme.api_url,
            "CORNERMAN_PUBLIC_URL": PUBLIC,
            "CORNERMAN_SECRET_KEY": KEY,
            "CORNERMAN_CALL_APPS": DIALER,
            "CORNERMAN_WEBHOOK_SECRETS": self.folder,
        }
        return load(_env_file=None, **given | more)


@contextmanager
def open_campus(db: Database, folder: Path, *, by_socket: bool = False) -> Iterator[Campus]:
    clock = StoppedClock(MONDAY_MORNING)
    for team in ("T0SANDBOX", GLOBEX.id):
        (folder / f"{team}.toml").write_text(f'generic = "{SECRET} of {team}"\n', encoding="utf-8")
    with ExitStack() as stack:
        acme = stack.enter_context(Sandbox(clock=clock))
        globex = stack.enter_context(Sandbox(clock=clock, team=GLOBEX, neighbour=acme))
        campus = Campus(acme, globex, db, folder, clock, by_socket)
        stack.callback(campus.stops)
        yield campus
