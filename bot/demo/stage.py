"""The whole bot and the stand-in Slack in one process, with the invented team in both and one clock for all."""

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import httpx
import yaml

from bot import settings
from bot.app import Cornerman, build_app
from bot.calls.sources.generic import signature
from bot.core.clock import Clock, stopwatch
from bot.core.errors import CoachError
from bot.delivery.services import health
from bot.demo.beginning import begun
from bot.demo.season.cast import ADMIN, CAST, EAST, TEAMS
from bot.demo.season.people import Rep, Team
from bot.demo.season.season import SeasonFile, begins, import_season, season
from bot.jobs.rounds import Rounds
from bot.runtime import Runtime
from bot.sandbox import Channel, Member, Progress, Sandbox, Tokens
from storage import schema
from storage.database import Database

MANIFEST = Path(__file__).parents[2] / "manifest.yml"

MONDAY = date(2026, 11, 16)
"""Every demo begins in the same week: the same team, the same numbers and the same names, whenever it is run."""
DIALER = "A0DIALER"
"""The id of another company's app that posts what its calls were."""
SECRET = "only-for-this-demo"  # noqa: S105  guards nothing but a Slack on loopback
SETTLED_WITHIN = 30.0
"""Seconds that the bot is given to do what is due."""
RESTS = 0.02
STRIDE = timedelta(hours=3)

_rest = threading.Event()
"""Never set: only waited for."""


class MovableClock:
    """The demo's time: from another beginning, at the pace of `pace`, and it never goes back.

    A pace that stands still makes a clock that only goes where it is moved.
    """

    def __init__(self, beginning: datetime, pace: Clock) -> None:
        self._pace = pace
        self._ahead = beginning - pace()

    def __call__(self) -> datetime:
        return self._pace() + self._ahead

    def move_to(self, moment: datetime) -> None:
        self._ahead += max(moment - self(), timedelta())


@dataclass(frozen=True, slots=True)
class Stage:
    """`people` are the members of the workspace by handle, `channels` those of the teams by the team's name."""

    sandbox: Sandbox
    corner: Cornerman
    runtime: Runtime
    clock: MovableClock
    rounds: Rounds
    people: Mapping[str, Member]
    channels: Mapping[str, Channel]
    folder: Path
    to_come: list[SeasonFile]
    """Exports of the CRM and the dialer that arrive when their time has come."""

    def call_ended(self, rep: Member, *, minutes: float, contact: str, company: str = "") -> None:
        """The dialer tells the bot, signed, that a call of this rep ended just now; raises CoachError if refused."""
        told = self.ended_call(rep, minutes=minutes, contact=contact, company=company)
        body = httpx.Request("POST", "http://dialer", json=told).content
        stamp = str(int(self.clock().timestamp()))
        headers = {"X-Cornerman-Timestamp": stamp, "X-Cornerman-Signature": signature(SECRET, stamp, body)}
        url = f"http://127.0.0.1:{self.runtime.web.port}/calls/generic"
        answer = httpx.post(url, content=body, headers=headers, trust_env=False)
        if answer.is_error:
            raise CoachError(f"The bot did not take the call: {answer.status_code} {answer.text}")
        self.settle()

    def ended_call(
        self, rep: Member, *, minutes: float, contact: str, company: str = ""
    ) -> dict[str, str | int]:
        """A call that ended just now, in the fields of the contract."""
        ended, length = self.clock(), timedelta(minutes=minutes)
        return {
            "call_id": uuid4().hex,
            "rep_email": rep.email,
            "started_at": (ended - length).isoformat(),
            "ended_at": ended.isoformat(),
            "duration_s": int(length.total_seconds()),
            "contact": contact,
            "company": company,
            "disposition": "completed",
        }

    def move_to(self, moment: datetime) -> None:
        """Passes through the hours, so that what falls due on the way happens about then, in New York too.

        What is under way is finished first: no hour must pass while a message is half sent.
        """
        start = self.clock()
        try:
            while (now := self.clock()) < moment:
                self._tell(
                    f"{now.astimezone(EAST.zone):%A, %H:%M} in Berlin", (now - start) / (moment - start)
                )
                self._pass(min(moment, now + STRIDE))
        finally:
            self.sandbox.tell_progress(None)

    def _pass(self, until: datetime) -> None:
        self._wait_until_quiet()
        self.receive(until)
        self.clock.move_to(until)
        self.settle()

    def receive(self, until: datetime) -> None:
        """Import what has arrived by then."""
        arriving = [file for file in self.to_come if file.known_at <= until]
        self.to_come[:] = [file for file in self.to_come if file not in arriving]
        for done, file in enumerate(arriving):
            words = f"A sales team's records come in: {file.kind} ({done + 1} of {len(arriving)})"
            self._tell(words, done / len(arriving))
            import_season(self.corner.db, self.corner.tools.workspace_id, [file], self.folder)

    def _tell(self, words: str, share: float) -> None:
        """The page; while it opens, it shows nothing else."""
        opening = not self.sandbox.controls
        self.sandbox.tell_progress(Progress(words, share, opening=opening))

    def settle(self) -> None:
        """Do now what is due, instead of at the next tick."""
        self.corner.inbox.work_all()
        for job in self.rounds.due():
            job.run(self.corner.tools)
        self._wait_until_quiet()

    def _wait_until_quiet(self) -> None:
        until = stopwatch() + SETTLED_WITHIN
        while stopwatch() < until:
            self.corner.inbox.work_all()
            self.corner.errands.run_all()
            self.corner.outbox.send_all()
            with self.corner.db.read() as session:
                if health.is_quiet(session, now=self.clock()):
                    return
            _rest.wait(RESTS)
        raise CoachError(f"The bot was busy for {SETTLED_WITHIN:.0f} seconds; its log says with what.")


@contextmanager
def open_stage(
    folder: Path,
    pace: Clock,
    *,
    port: int = 0,
    with_jobs: bool,
    on_page: Callable[[str], object] = lambda _: None,
) -> Iterator[Stage]:
    """Everything running, the team imported, the clock at the beginning; raises OSError where the port is taken.

    `on_page` is told the page's address as soon as it shows how far the rest is.
    """
    clock = MovableClock(begins(MONDAY), pace)
    with Sandbox(port=port, clock=clock) as sandbox, _database(folder) as db:
        sandbox.tell_progress(Progress("The team comes in", 0, opening=True))
        on_page(sandbox.url)
        tokens = _installed(sandbox)
        people = {rep.handle: _joined(sandbox, rep) for rep in CAST}
        channels = {team.name: _channel(sandbox, team, people) for team in TEAMS}
        corner = build_app(_settings(sandbox, tokens, folder), db, clock, between_posts=timedelta())
        ids = {team: channel.id for team, channel in channels.items()}
        files = season(MONDAY, channels=ids)
        runtime = Runtime(corner, host="127.0.0.1", port=0)
        stage = Stage(sandbox, corner, runtime, clock, Rounds(clock), people, channels, folder, files)
        stage.receive(until=clock())
        begun(corner)
        runtime.start(with_jobs=with_jobs)
        try:
            stage.settle()
            sandbox.tell_progress(None)
            yield stage
        finally:
            runtime.stop()


@contextmanager
def _database(folder: Path) -> Iterator[Database]:
    db = Database(f"sqlite:///{folder / 'demo.db'}")
    try:
        schema.upgrade(db)
        yield db
    finally:
        db.close()


def _installed(sandbox: Sandbox) -> Tokens:
    """With the scopes and commands of the manifest, as a customer installs it."""
    manifest = yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))
    scopes = manifest["oauth_config"]["scopes"]
    features = manifest["features"]
    sandbox.subscribe(manifest["settings"]["event_subscriptions"]["bot_events"])
    return sandbox.install(
        scopes={*scopes["bot"], *scopes["bot_optional"]},
        commands={one["command"]: one.get("usage_hint", "") for one in features["slash_commands"]},
        shortcuts={one["callback_id"]: one["name"] for one in features["shortcuts"]},
    )


def _joined(sandbox: Sandbox, rep: Rep) -> Member:
    team = rep.team
    return sandbox.add_person(
        rep.name,
        email=rep.email,
        tz=team.zone.key,
        locale=team.locale,
        is_admin=rep.handle == ADMIN,
        title=f"{rep.role}, {team.name}",
    )


def _channel(sandbox: Sandbox, team: Team, people: Mapping[str, Member]) -> Channel:
    there = [people[rep.handle] for rep in CAST if rep.team is team]
    channel = sandbox.add_channel(team.channel, members=there)
    sandbox.invite_bot(channel)
    return channel


def _settings(sandbox: Sandbox, tokens: Tokens, folder: Path) -> settings.Settings:
    secrets = folder / "webhooks.toml"
    secrets.write_text(f'generic = "{SECRET}"\n', encoding="utf-8")
    return settings.load(
        _env_file=None,
        slack_bot_token=tokens.bot_token,
        slack_app_token=tokens.app_token,
        slack_signing_secret=tokens.signing_secret,
        slack_api_url=sandbox.api_url,
        CORNERMAN_WEBHOOK_SECRETS=secrets,
        CORNERMAN_CALL_APPS=DIALER,
    )
