"""The surfaces a person meets, one module each with `register(app, inbox)`; `SURFACES` lists them in order."""

from slack_bolt import App

from bot.inbox import Inbox
from handlers import calls, criteria, debrief, errors, feedback, handoff, home, scorecard

SURFACES = (home, debrief, feedback, handoff, criteria, calls, scorecard)


def register(app: App, inbox: Inbox) -> None:
    errors.register(app)
    for surface in SURFACES:
        surface.register(app, inbox)
