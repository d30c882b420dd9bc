"""A sales team at work: the sandbox, the whole bot behind it over the wire, and a clock that tests move."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx
import yaml
from sqlmodel import Session, col, func, select

from bot import settings
from bot.app import Cornerman, build_app
from bot.calls.sources.generic import signature
from bot.core.enums import Role
from bot.delivery.outcomes import SETTLE
from bot.delivery.services import health
from bot.jobs.rounds import Rounds
from bot.runtime import Runtime
from bot.sandbox import Member, Sandbox, Tokens
from bot.slack.rate_limit import Pace
from storage.database import Database
from storage.tables import EVER, Membership, OutboxMessage, OutboxState, Person, Team
from tests.support import web
from tests.support.idle import Idle
from tests.support.judged import objections
from tests.tree import ROOT

MANIFEST = yaml.safe_load((ROOT / "manifest.yml").read_text(encoding="utf-8"))
COMMANDS = {command["command"] for command in MANIFEST["features"]["slash_commands"]}
SCOPES = {scope for kind in ("bot", "bot_optional") for scope in MANIFEST["oauth_config"]["scopes"][kind]}
SECRET = "for-tests-only"
DIALER = "A0DIALER"
UNHURRIED = 60.0
"""Seconds that people wait for an answer: a crowded machine is no slow bot."""
LOOKS = 60
"""For work that nobody takes up, a fiftieth of a second apart."""
AT_WORK = 6.0
"""Seconds of this process's own work, within which a worker is done: a crowded machine takes longer for them."""


class StoppedClock:
    """Stands still until a test moves it."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def advance(self, by: timedelta) -> None:
        self.now += by


class Office:
    """`tick()` lets the bot do what is due now; what people click is worked at once."""

    def __init__(self, sandbox: Sandbox, corner: Cornerman, runtime: Runtime, clock: StoppedClock) -> None:
        """`sandbox` is the Slack of one of the workspaces that `corner` serves."""
        self.sandbox, self.corner, self.runtime, self.clock = sandbox, corner, runtime, clock
        tenant = corner.tenants.of_team(sandbox.workspace.team.id)
        assert tenant is not None
        self.db, self.workspace_id = corner.db, tenant.workspace_id
        self.url = f"http://127.0.0.1:{runtime.web.port}"
        self.calls, self.secret = "/calls/generic", SECRET
        self._rounds, self._idle = Rounds(clock), Idle()
        sandbox.wait(UNHURRIED)

    def team(self, name: str = "East", *, zone: str = "Europe/Berlin", channel: str | None = None) -> int:
        with self.db.begin() as session:
            team = Team(workspace_id=self.workspace_id, name=name, time_zone=zone, channel=channel)
            session.add(team)
            session.flush()
            return team.id

    def hires(
        self,
        name: str,
        role: Role,
        team_id: int,
        *,
        zone: str = "Europe/Berlin",
        started_on: date = EVER,
        **about: Any,
    ) -> Member:
        """A person in Slack and on the roster."""
        email = f"{name.lower()}@example.com"
        member = self.sandbox.add_person(name, email=email, tz=zone, is_admin=bool(about.get("is_admin")))
        with self.db.begin() as session:
            person = Person(
                workspace_id=self.workspace_id,
                name=name,
                email=email,
                slack_user_id=member.id,
                time_zone=zone,
                **about,
            )
            session.add(person)
            session.flush()
            session.add(
                Membership(
                    workspace_id=self.workspace_id,
                    person_id=person.id,
                    team_id=team_id,
                    role=role,
                    started_on=started_on,
                )
            )
        return member

    def call_ended(
        self, rep: Member, *, minutes: int = 10, contact: str = "Dana", company: str = "Acme", **more: Any
    ) -> httpx.Response:
        """A dialer reports a call that ended just now."""
        ended = self.clock()
        return self.delivers(
            {
                "call_id": uuid4().hex,
                "rep_email": rep.person.email,
                "started_at": (ended - timedelta(minutes=minutes)).isoformat(),
                "ended_at": ended.isoformat(),
                "duration_s": minutes * 60,
                "contact": contact,
                "company": company,
                "disposition": "completed",
            }
            | more
        )

    def delivers(
        self, fields: object, *, secret: str | None = None, at: datetime | None = None
    ) -> httpx.Response:
        """A signed delivery to `POST /calls/generic`, after which the bot does what is due."""
        answer = self.posts(fields, secret=secret, at=at)
        self.tick()
        return answer

    def posts(
        self, fields: object, *, secret: str | None = None, at: datetime | None = None
    ) -> httpx.Response:
        """The delivery alone."""
        body = fields if isinstance(fields, bytes) else httpx.Request("POST", "http://x", json=fields).content
        stamp = str(int((at or self.clock()).timestamp()))
        headers = {
            "X-Cornerman-Timestamp": stamp,
            "X-Cornerman-Signature": signature(secret or self.secret, stamp, body),
        }
        return web.post(f"{self.url}{self.calls}", content=body, headers=headers)

    def tick(self) -> None:
        """Work what came in, run every job that is due, send what is due."""
        self.corner.inbox.work_all()
        self.corner.errands.run_all()
        self._settle()  # a worker that was woken at once may be at work on it still
        for job in self._rounds.due():
            for tools in self.corner.everybodys_tools(job.while_paused):
                self._idle.run(job, tools)
        self.corner.outbox.send_all()
        self._settle()

    def _settle(self) -> None:
        """Until nothing is under way: a worker may hold the very message that the test looks for."""
        looks, until = 0, time.process_time() + AT_WORK
        while looks < LOOKS and time.process_time() < until:
            with self.db.read() as session:
                if health.is_quiet(session, now=self.clock()):
                    return
                looks += not _is_being_said(session, self.clock())
            time.sleep(0.02)

    def at(self, moment: datetime) -> None:
        self.clock.now = moment
        self.tick()

    def later(self, **by: float) -> None:
        self._settle()  # what is being said as the clock jumps would look as if its sender had died
        self.clock.advance(timedelta(**by))
        self.tick()


def _is_being_said(session: Session, now: datetime) -> bool:
    """A message in doubt is held too, but for a moment and by nobody."""
    return bool(
        session.scalar(
            select(func.count()).where(
                OutboxMessage.state == OutboxState.SENDING, col(OutboxMessage.leased_until) > now + SETTLE
            )
        )
    )


MONDAY_MORNING = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)  # 10:00 in Berlin


@contextmanager
def open_office(
    db: Database,
    folder: Path,
    *,
    now: datetime = MONDAY_MORNING,
    by_socket: bool = False,
    scopes: set[str] | None = None,
    sources: str = f'generic = "{SECRET}"',
    pace: Pace | None = None,
    **more: Any,
) -> Iterator[Office]:
    """Everything started, over HTTP unless `by_socket`; jobs run when the test says so.

    `sources` is the TOML of the call sources, `pace` how often people may ask, `more` are further settings.
    """
    clock = StoppedClock(now)
    with Sandbox(clock=clock) as sandbox:
        tokens = sandbox.install(scopes=scopes or SCOPES, commands=COMMANDS)
        sandbox.subscribe(MANIFEST["settings"]["event_subscriptions"]["bot_events"])
        corner = build_app(
            _settings(sandbox, tokens, folder, sources, by_socket=by_socket, **more),
            db,
            clock,
            between_posts=timedelta(),
            pace=pace,
        )
        runtime = Runtime(corner, host="127.0.0.1", port=0)
        runtime.start(with_jobs=False)
        office = Office(sandbox, corner, runtime, clock)
        sandbox.deliver_over_http(f"{office.url}/slack/events")
        try:
            yield office
        finally:
            runtime.stop()
        assert not (told := objections(sandbox)), told


def _settings(
    sandbox: Sandbox, tokens: Tokens, folder: Path, sources: str, *, by_socket: bool, **more: Any
) -> settings.Settings:
    secrets = folder / "webhooks.toml"
    secrets.write_text(sources, encoding="utf-8")
    usual: dict[str, Any] = {
        "slack_bot_token": tokens.bot_token,
        "slack_app_token": tokens.app_token if by_socket else None,
        "slack_signing_secret": tokens.signing_secret,
        "slack_api_url": sandbox.api_url,
        "CORNERMAN_WEBHOOK_SECRETS": secrets,
        "CORNERMAN_CALL_APPS": DIALER,
    }
    return settings.load(_env_file=None, **(usual | more))
