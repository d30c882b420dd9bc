"""The surfaces a person meets, one module each with `register(app, inbox)`; `SURFACES` lists them in order."""

from slack_bolt import App

from bot.inbox import Inbox
from handlers import (
    agents,
    audit,
    away,
    calls,
    coach,
    commitments,
    criteria,
    deal,
    debrief,
    digest,
    digest_plan,
    disputes,
    doubts,
    drafts,
    enrolment,
    errors,
    export,
    feedback,
    handoff,
    help_now,
    home,
    invitations,
    log_call,
    meetings,
    never,
    pairing,
    pairs,
    pictures,
    privacy,
    records,
    roster,
    scorecard,
    setup,
    stories,
    targets,
    why,
    workflow_step,
)
from handlers.home import lead as home_lead
from handlers.home import settings as home_settings

SURFACES = (
    home,
    home_settings,
    home_lead,
    debrief,
    drafts,
    log_call,
    feedback,
    commitments,
    handoff,
    criteria,
    deal,
    calls,
    scorecard,
    stories,
    targets,
    why,
    pictures,
    disputes,
    pairing,
    meetings,
    pairs,
    coach,
    help_now,
    never,
    invitations,
    records,
    digest,
    digest_plan,
    export,
    doubts,
    agents,
    workflow_step,
    privacy,
    setup,
    enrolment,
    audit,
    roster,
    away,
)


def register(app: App, inbox: Inbox) -> None:
    errors.register(app)
    for surface in SURFACES:
        surface.register(app, inbox)
