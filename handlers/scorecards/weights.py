"""`/scorecard weights`: what a role's score is made of, looked at before it counts."""

from slack_bolt import App
from slack_sdk.models.views import View as Modal

from bot.blocks.ids import View
from bot.core.enums import Role
from bot.core.errors import BadInput
from bot.delivery.inbox import Inbox
from bot.people.domain import access
from bot.people.domain.access import Right
from bot.people.services import teams
from bot.people.services.teams import Floor
from bot.scorecards.domain import command
from bot.scorecards.domain import targets as rules
from bot.scorecards.services import rankings, targets
from bot.scorecards.views import targets as views
from handlers.common.asker import Scene, scene
from handlers.common.heard import Submission, submitted
from handlers.scorecards import targets as targets_form
from handlers.scorecards.scorecard import Request


def register(app: App, _inbox: Inbox) -> None:
    app.view(View.WEIGHTS)(submitted(propose))
    app.view(View.WEIGHTS_PREVIEW)(submitted(confirm))


def open_form(request: Request) -> None:
    role = command.role_of(request.asked.rest)
    if role is None:
        raise BadInput(views.whose())
    with request.reading() as books:
        here = scene(books, request.slack_user)
        access.require(here.viewer, Right.SET_WEIGHTS)
        view = views.weights_form(role, targets.weights_on(books.of(here.workspace_id), role, here.today))
    request.ack()
    request.client.views_open(trigger_id=request.body["trigger_id"], view=view)


def propose(sent: Submission) -> None:
    """Kept, but not counting, so that what is looked at is what is let count."""
    role = Role(sent.metadata)
    with sent.writing() as books:
        here = scene(books, sent.slack_user)
        access.require(here.viewer, Right.SET_WEIGHTS)
        given = {
            metric: rules.number(metric, typed)
            for metric, typed in targets_form.typed(sent.view).items()
            if typed
        }
        proposed = targets.propose_weights(books, role, given)
        shown = _preview(here, proposed)
    sent.ack(response_action="update", view=shown)


def confirm(sent: Submission) -> None:
    proposed = sent.id
    with sent.writing() as books:
        here = scene(books, sent.slack_user)
        access.require(here.viewer, Right.SET_WEIGHTS)
        role, shares = targets.proposed_weights(books, proposed)
        change = views.reweighed(targets.weights_on(books, role, here.today), shares)
        if targets.confirm_weights(books, proposed, today=here.today):
            targets_form.note(here, f"weights of {role}: {change}")
            targets_form.tell_leads(here, role, None, views.told_weights(here.member.name, role, change))
    sent.ack(response_action="update", view=views.weighed(role))


def _preview(here: Scene, proposed: int) -> Modal:
    """The names of last month in the asker's team of that role; an admin without one sees everybody's."""
    role, shares = targets.proposed_weights(here.books, proposed)
    floor = _floor_with(here, role)
    month = here.period("last-month", floor)
    now, then = (
        rankings.board_of(
            here.books, role, month, as_of=here.now, team_id=floor.id, public=True, weights=used
        )
        for used in (None, shares)
    )
    return views.preview(proposed, now, then, here.reads)


def _floor_with(here: Scene, role: Role) -> Floor:
    having = targets.teams_with(here.books, role, here.today)
    led = teams.led(here.books, here.member)
    if led.id in having:
        return led
    mine = teams.among(here.books, having & here.viewer.managed_team_ids)
    return mine[0] if mine else teams.everywhere(here.books)
