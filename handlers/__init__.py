"""The surfaces a person meets, one module each with `register(app, inbox)`; `SURFACES` lists them in order."""

from slack_bolt import App

from bot.delivery.inbox import Inbox
from handlers import digest, home, slash_commands
from handlers.calls import agents, calls, log_call, workflow_step
from handlers.coaching import (
    commitments,
    feedback,
    help_now,
    invitations,
    meetings,
    pairing,
    payroll,
    preview,
    results,
)
from handlers.common import errors
from handlers.debriefs import debrief, drafts, next_steps, offline, stories
from handlers.handoffs import ask_back, criteria, handoff
from handlers.home import lead as home_lead
from handlers.home import settings as home_settings
from handlers.imports import uploads
from handlers.people import absence, roster, unasked
from handlers.pipeline import deal, loss_reasons, plunger
from handlers.privacy import privacy
from handlers.scorecards import card, charts, disputes, drilldown, scorecard, targets, team_goal, weights
from handlers.setup import asking, enrolment, setup

SURFACES = (
    slash_commands,
    home,
    home_settings,
    home_lead,
    debrief,
    drafts,
    next_steps,
    offline,
    uploads,
    log_call,
    feedback,
    commitments,
    handoff,
    ask_back,
    criteria,
    deal,
    plunger,
    loss_reasons,
    calls,
    card,
    scorecard,
    stories,
    targets,
    team_goal,
    weights,
    drilldown,
    charts,
    disputes,
    pairing,
    meetings,
    preview,
    results,
    payroll,
    help_now,
    invitations,
    digest,
    agents,
    workflow_step,
    privacy,
    setup,
    asking,
    enrolment,
    roster,
    absence,
    unasked,
)


def register(app: App, inbox: Inbox) -> None:
    errors.register(app)
    for surface in SURFACES:
        surface.register(app, inbox)
