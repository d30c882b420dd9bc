"""`/scorecard away 3-14 Aug`: one's own days off, and for managers those of theirs."""

from typing import Any

from slack_bolt import Ack, App, Respond

from bot.clock import Clock
from bot.domain import leave as rules
from bot.domain.access import Action as Act
from bot.domain.asked import MENTION
from bot.inbox import Inbox
from bot.services import leaves
from bot.services.members import Member
from bot.views import roster as views
from bot.views.ids import Action
from bot.views.roster import Off
from handlers import scorecard
from handlers.configuring import note
from handlers.scene import Scene, scene
from handlers.scorecard import Request
from storage.database import Database


def register(app: App, _inbox: Inbox) -> None:
    scorecard.VERBS["away"] = away
    app.action(Action.LEAVE_BACK)(take_back)


def away(request: Request) -> None:
    """Without days, what is ahead."""
    _verb, _blank, text = str(request.body.get("text") or "").strip().partition(" ")
    typed = MENTION.sub("", text).strip()
    with request.db.begin() as session:
        here = scene(session, request.workspace_id, request.slack_user, request.now)
        rep = here.mentioned(request.asked.slack_user or request.slack_user)
        here.require(Act.SET_LEAVE, rep)
        if typed:
            days = rules.parse(typed, today=here.today)
            leaves.add(session, request.workspace_id, rep.id, days)
            _note(here, rep)
        blocks, told = _listed(here, rep)
    request.ack(blocks=blocks, text=told)


def take_back(
    ack: Ack,
    body: dict[str, Any],
    action: dict[str, Any],
    respond: Respond,
    db: Database,
    clock: Clock,
    workspace_id: int,
) -> None:
    with db.begin() as session:
        here = scene(session, workspace_id, body["user"]["id"], clock())
        found = leaves.find(session, workspace_id, int(action["value"]))
        rep = here.person(found.person_id)
        here.require(Act.SET_LEAVE, rep)
        leaves.take_back(session, workspace_id, found.id, today=here.today)
        _note(here, rep)
        blocks, told = _listed(here, rep)
    ack()
    respond(blocks=blocks, text=told, response_type="ephemeral", replace_original=True)


def _note(here: Scene, rep: Member) -> None:
    """One's own leave is nobody else's doing."""
    if rep.id != here.member.id:
        note(here, "days off", whom_id=rep.id)


def _listed(here: Scene, rep: Member) -> tuple[list[Any], str]:
    ahead = leaves.ahead(here.session, here.workspace_id, rep.id, here.today)
    offs = [Off(one.id, one.days) for one in ahead]
    return views.away(rep.name, offs, here.reads, own=rep.id == here.member.id)
