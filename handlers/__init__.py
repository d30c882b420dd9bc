"""The surfaces a person meets, one module each with `register(app, inbox)`; `SURFACES` lists them in order.

Those of `LASTING` do what takes long with `take_on(errands)`.
"""

from slack_bolt import App

from bot.delivery.errands import Errands
from bot.delivery.inbox import Inbox
from handlers import digest, home, people, privacy, setup, slash_commands, workbook
from handlers.calls import agents, calls, log_call
from handlers.coaching import feedback, help_now, meetings, pairing, pay, preferences, preview, results
from handlers.common import errors
from handlers.debriefs import debrief, drafts, next_steps, offline, stories, topics
from handlers.handoffs import ask_back, criteria, handoff
from handlers.home import settings as home_settings
from handlers.imports import uploads
from handlers.pipeline import deal, loss_reasons, plunger
from handlers.scorecards import card, charts, disputes, drilldown, goals, scorecard, targets, weights

SURFACES = (
    slash_commands,
    home,
    home_settings,
    digest,
    debrief,
    drafts,
    next_steps,
    offline,
    topics,
    uploads,
    log_call,
    feedback,
    meetings,
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
    goals,
    weights,
    drilldown,
    charts,
    disputes,
    pairing,
    preview,
    results,
    pay,
    help_now,
    preferences,
    agents,
    privacy,
    setup,
    people,
)


LASTING = (workbook, offline, uploads, calls)


def register(app: App, inbox: Inbox, errands: Errands) -> None:
    errors.register(app)
    for surface in SURFACES:
        surface.register(app, inbox)
    for lasting in LASTING:
        lasting.take_on(errands)
