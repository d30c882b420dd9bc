"""`/scorecard`: one's own numbers, a rep's, a team's, and who is top."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient
from slack_sdk.models.blocks import Block

from bot.clock import Clock
from bot.domain import access, asked
from bot.domain.access import Action as Act
from bot.domain.asked import Asked
from bot.domain.periods import Period
from bot.domain.pipeline import Pipeline
from bot.domain.scorecard import Board
from bot.inbox import Inbox
from bot.services import floors, pipelines, rankings, scorecards
from bot.services.erasure import sums
from bot.services.floors import Floor
from bot.services.members import Member
from bot.views import privacy as privacy_views
from bot.views import ranking as ranking_views
from bot.views import scorecard as views
from bot.views import scorecard_help
from bot.views.ids import Action, Command
from bot.words import SELLING_ROLES, Role
from handlers import watched
from handlers.scene import Scene, scene
from storage.database import Database


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
        here = scene(session, request.workspace_id, request.slack_user, request.now)
        rep = here.mentioned(request.asked.slack_user or request.slack_user)
        blocks, text = _card(here, rep, request.asked.period)
    watched.saw(request.db, here, rep, "card")
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
        here = scene(session, workspace_id, str(body["user"]["id"]), now)
        rep = here.person(int(action["value"]))
        blocks, text = _card(here, rep, views.PERIODS[Action(action["action_id"])])
    watched.saw(db, here, rep, "card")
    ack()
    respond(blocks=blocks, text=text, response_type="ephemeral", replace_original=True)


def show_team(request: Request) -> None:
    with request.db.read() as session:
        here = scene(session, request.workspace_id, request.slack_user, request.now)
        floor = _floor(here, request.asked.rest)
        access.require(here.viewer, Act.SEE_TEAM, floor.subject)
        period = here.period(request.asked.period, floor)
        boards = _boards(here, SELLING_ROLES, period, floor, public=False)
        pipeline = _pipeline_of(here, floor, period)
        gone = sums.of_months(session, request.workspace_id, floor.id, period)
        reads = here.reads
    if boards:
        watched.saw_team(request.db, here, floor, "team")
        blocks = [*ranking_views.team(boards, pipeline, reads), *privacy_views.former(gone)]
        request.ack(blocks=blocks, text=ranking_views.team_text(boards, reads))
    else:
        request.ack(text=ranking_views.nobody(floor.name))


def show_top(request: Request) -> None:
    """Of one's own team, as its digest would tell it."""
    if request.asked.rest:
        show_help(request)
        return
    with request.db.read() as session:
        here = scene(session, request.workspace_id, request.slack_user, request.now)
        floor = floors.own(session, request.workspace_id, here.member, now=request.now)
        period = here.period(request.asked.period, floor)
        roles = (request.asked.role,) if request.asked.role else SELLING_ROLES
        boards = _boards(here, roles, period, floor, public=True)
        reads = here.reads
    if boards:
        request.ack(blocks=ranking_views.top(boards, reads), text=ranking_views.top_text(boards, reads))
    else:
        request.ack(text=ranking_views.nobody(floor.name))


def show_help(request: Request) -> None:
    unknown = "" if request.asked.verb == "help" else str(request.body.get("text") or "")
    request.ack(blocks=scorecard_help.blocks(unknown), text=scorecard_help.text(unknown))


VERBS: dict[str, Callable[[Request], None]] = {"team": show_team, asked.TOP: show_top, "help": show_help}
"""The first word after the command; any other asks for a card."""


def _card(here: Scene, rep: Member, asked_for: str) -> tuple[list[Block], str]:
    """Raises NotAllowed unless the asker may see it."""
    period = here.period(asked_for, here.require(Act.SEE_SCORECARD, rep))
    card = scorecards.of(here.session, here.workspace_id, rep.id, period, as_of=here.now)
    pipeline = None
    if card.rep.role is Role.AE:
        pipeline = pipelines.of_rep(here.session, here.workspace_id, rep.id, card.period, as_of=here.now)
    own, reads = rep.id == here.member.id, here.reads
    return (
        views.card(card, reads, own=own, pipeline=pipeline),
        views.text(card, reads, own=own, pipeline=pipeline),
    )


def _floor(here: Scene, name: str) -> Floor:
    if name:
        return floors.named(here.session, here.workspace_id, name)
    return floors.led(here.session, here.workspace_id, here.member, now=here.now)


def _boards(
    here: Scene, roles: tuple[Role, ...], period: Period, floor: Floor, *, public: bool
) -> list[Board]:
    """Of the roles that anybody holds."""
    found = (
        rankings.of(
            here.session,
            here.workspace_id,
            role,
            period,
            as_of=here.now,
            team_id=floor.id,
            public=public,
        )
        for role in roles
    )
    return [board for board in found if board.reps]


def _pipeline_of(here: Scene, floor: Floor, period: Period) -> Pipeline | None:
    if floor.id is None:
        return None
    return pipelines.of_team(here.session, here.workspace_id, floor.id, period, as_of=here.now)
