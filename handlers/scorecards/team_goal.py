"""`/scorecard goal`: what a team wants to reach together this quarter."""

from slack_bolt import App

from bot.blocks import kit
from bot.blocks.ids import Input, View
from bot.core.enums import Metric
from bot.core.i18n import gettext as _
from bot.delivery.inbox import Inbox
from bot.people.domain import access
from bot.people.domain.access import Right
from bot.people.services import teams
from bot.people.services.teams import Floor
from bot.scorecards.domain.aims.team_goal import TeamGoal, share_of
from bot.scorecards.services import team_goals
from bot.scorecards.views import team_goal as views
from handlers.common import forms
from handlers.common.asker import scene
from handlers.common.heard import Submission, submitted
from handlers.scorecards.scorecard import Request


def register(app: App, _inbox: Inbox) -> None:
    app.view(View.TEAM_GOAL)(submitted(submit))


def show(request: Request) -> None:
    """A rep reads it; who leads the team chooses it."""
    with request.reading() as books:
        here = scene(books, request.slack_user)
        name = request.asked.rest
        floor = teams.named(books, name) if name else teams.led(books, here.member)
        may_set = floor.id is not None and access.may(here.viewer, Right.SET_TARGETS, floor.subject)
        if not may_set:
            floor = teams.own(books, here.member)
        quarter = team_goals.quarter_of(floor, here.now)
        found = team_goals.together(books, floor, quarter, as_of=here.now)
        goal = team_goals.given(books, floor, quarter)
    if not may_set or floor.id is None:
        request.ack(text=views.shown(floor.name, found, here.reads))
        return
    request.ack()
    form = views.form(floor.id, quarter.label, goal, found, here.reads)
    request.client.views_open(trigger_id=request.trigger_id, view=form)


def submit(sent: Submission) -> None:
    chosen, percent = forms.choice(sent.view, Input.KIND), forms.text(sent.view, Input.GOAL)
    goal = None if chosen == views.NONE else TeamGoal(Metric(chosen), share_of(percent))
    with sent.writing() as books:
        here = scene(books, sent.slack_user)
        floor: Floor = next(iter(teams.among(books, [sent.id])), teams.everywhere(books))
        quarter = team_goals.quarter_of(floor, here.now)
        team_goals.put(books, here.viewer, floor, quarter, goal)
        told = views.saved(goal, quarter.label, here.reads)
    sent.ack(response_action="update", view=kit.sentence(_("Saved"), told))
