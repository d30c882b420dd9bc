"""`/scorecard`: one's own numbers, a rep's, a team's, and who is top."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient
from slack_sdk.models.blocks import Block

from bot.clock import Clock
from bot.domain import access, asked, periods
from bot.domain.access import Action as Act
from bot.domain.access import Subject, Viewer
from bot.domain.asked import Asked
from bot.domain.periods import Period
from bot.domain.pipeline import Pipeline
from bot.domain.scorecard import Board
from bot.errors import NotFound
from bot.inbox import Inbox
from bot.language import gettext as _
from bot.services import floors, members, people, pipelines, rankings, scorecards
from bot.services.floors import Floor
from bot.services.members import Member
from bot.views import ranking as ranking_views
from bot.views import scorecard as views
from bot.views.ids import Action, Command
from bot.views.reader import Reader, reader
from bot.words import SELLING_ROLES, Role
from storage.database import Database, Session


@dataclass(frozen=True, slots=True)
class Request:
    """One `/scorecard` as a verb finds it: who asks for what, and how to answer."""

    ack: Ack
    asked: Asked
    slack_user: str
    body: dict[str, Any]
    client: WebClient
    db: Database
    workspace_id: int
    now: datetime


@dataclass(frozen=True, slots=True)
class _Scene:
    """What is known once the asker is: `session` is open."""

    session: Session
    workspace_id: int
    member: Member
    viewer: Viewer
    now: datetime

    @property
    def reads(self) -> Reader:
        return reader(self.member.locale, self.member.zone)


def register(app: App, _inbox: Inbox) -> None:
    app.command(Command.SCORECARD)(answer)
    for action in views.PERIODS:
        app.action(action)(show_period)


def answer(
    ack: Ack,
    command: dict[str, Any],
    body: dict[str, Any],
    client: WebClient,
    db: Database,
    clock: Clock,
    workspace_id: int,
) -> None:
    request = Request(
        ack=ack,
        asked=asked.read(str(command.get("text") or ""), VERBS),
        slack_user=str(command["user_id"]),
        body=body,
        client=client,
        db=db,
        workspace_id=workspace_id,
        now=clock(),
    )
    VERBS.get(request.asked.verb, show)(request)


def show(request: Request) -> None:
    """One's own card, or that of the rep who is mentioned."""
    if request.asked.rest:
        show_help(request)
        return
    with request.db.read() as session:
        scene = _scene(session, request.workspace_id, request.slack_user, request.now)
        mentioned = request.asked.slack_user or request.slack_user
        blocks, text = _card(scene, _rep(scene, mentioned), request.asked.period)
    request.ack(blocks=blocks, text=text)


def show_period(
    ack: Ack,
    body: dict[str, Any],
    action: dict[str, Any],
    respond: Respond,
    db: Database,
    clock: Clock,
    workspace_id: int,
) -> None:
    """The same card for another period, in its place."""
    now = clock()
    with db.read() as session:
        scene = _scene(session, workspace_id, str(body["user"]["id"]), now)
        rep = members.member(session, workspace_id, int(action["value"]), now=now)
        blocks, text = _card(scene, rep, views.PERIODS[Action(action["action_id"])])
    ack()
    respond(blocks=blocks, text=text, response_type="ephemeral", replace_original=True)


def show_team(request: Request) -> None:
    with request.db.read() as session:
        scene = _scene(session, request.workspace_id, request.slack_user, request.now)
        floor = _floor(scene, request.asked.rest)
        access.require(scene.viewer, Act.SEE_TEAM, floor.subject)
        period = _period(request.asked.period, floor, request.now)
        boards = _boards(scene, SELLING_ROLES, period, floor, public=False)
        pipeline = _pipeline_of(scene, floor, period)
        reads = scene.reads
    if boards:
        request.ack(
            blocks=ranking_views.team(boards, pipeline, reads), text=ranking_views.team_text(boards, reads)
        )
    else:
        request.ack(text=ranking_views.nobody(floor.name))


def show_top(request: Request) -> None:
    """Of one's own team, as its digest would tell it."""
    if request.asked.rest:
        show_help(request)
        return
    with request.db.read() as session:
        scene = _scene(session, request.workspace_id, request.slack_user, request.now)
        floor = floors.own(session, request.workspace_id, scene.member, now=request.now)
        period = _period(request.asked.period, floor, request.now)
        roles = (request.asked.role,) if request.asked.role else SELLING_ROLES
        boards = _boards(scene, roles, period, floor, public=True)
        reads = scene.reads
    if boards:
        request.ack(blocks=ranking_views.top(boards, reads), text=ranking_views.top_text(boards, reads))
    else:
        request.ack(text=ranking_views.nobody(floor.name))


def show_help(request: Request) -> None:
    unknown = "" if request.asked.verb == "help" else str(request.body.get("text") or "")
    request.ack(blocks=views.help_blocks(unknown), text=views.help_text(unknown))


VERBS: dict[str, Callable[[Request], None]] = {"team": show_team, asked.TOP: show_top, "help": show_help}
"""The first word after the command; any other asks for a card."""


def _scene(session: Session, workspace_id: int, slack_user: str, now: datetime) -> _Scene:
    member = members.me(session, workspace_id, slack_user, now=now)
    viewer = people.viewer(session, workspace_id, member.id, now=now)
    return _Scene(session, workspace_id, member, viewer, now)


def _rep(scene: _Scene, slack_user: str) -> Member:
    if not members.is_known(scene.session, scene.workspace_id, slack_user):
        raise NotFound(
            _(
                "That person is not on the roster, so there are no numbers. Their manager or your admin can add them."
            )
        )
    return members.me(scene.session, scene.workspace_id, slack_user, now=scene.now)


def _card(scene: _Scene, rep: Member, asked_for: str) -> tuple[list[Block], str]:
    """Raises NotAllowed unless the asker may see it."""
    floor = floors.own(scene.session, scene.workspace_id, rep, now=scene.now)
    subject = Subject(person_id=rep.id, team_ids=floor.subject.team_ids)
    access.require(scene.viewer, Act.SEE_SCORECARD, subject)
    period = _period(asked_for, floor, scene.now)
    card = scorecards.of(scene.session, scene.workspace_id, rep.id, period, as_of=scene.now)
    pipeline = None
    if card.rep.role is Role.AE:
        pipeline = pipelines.of_rep(scene.session, scene.workspace_id, rep.id, card.period, as_of=scene.now)
    own, reads = rep.id == scene.member.id, scene.reads
    return (
        views.card(card, reads, own=own, pipeline=pipeline),
        views.text(card, reads, own=own, pipeline=pipeline),
    )


def _floor(scene: _Scene, name: str) -> Floor:
    if name:
        return floors.named(scene.session, scene.workspace_id, name)
    return floors.led(scene.session, scene.workspace_id, scene.member, now=scene.now)


def _period(text: str, floor: Floor, now: datetime) -> Period:
    return periods.parse(text, now=now, zone=floor.zone, fiscal_start=floor.fiscal_start)


def _boards(
    scene: _Scene, roles: tuple[Role, ...], period: Period, floor: Floor, *, public: bool
) -> list[Board]:
    """Of the roles that anybody holds."""
    found = (
        rankings.of(
            scene.session,
            scene.workspace_id,
            role,
            period,
            as_of=scene.now,
            team_id=floor.id,
            public=public,
        )
        for role in roles
    )
    return [board for board in found if board.reps]


def _pipeline_of(scene: _Scene, floor: Floor, period: Period) -> Pipeline | None:
    if floor.id is None:
        return None
    return pipelines.of_team(scene.session, scene.workspace_id, floor.id, period, as_of=scene.now)
