"""The surfaces a person meets, one module each with `register(app, inbox)`; `SURFACES` lists them in order."""

from slack_bolt import App

from bot.inbox import Inbox
from handlers import calls, debrief, errors, feedback, home

SURFACES = (home, debrief, feedback, calls)


def register(app: App, inbox: Inbox) -> None:
    errors.register(app)
    for surface in SURFACES:
        surface.register(app, inbox)
