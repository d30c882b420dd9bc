"""A slash command is answered by the word that stands after it."""

from slack_bolt import App

from bot.blocks.slash import Command, elsewhere
from bot.delivery.inbox import Inbox
from bot.handoffs.views import handoff as handoff_views
from bot.scorecards.domain import command as asked
from handlers import slash_words as words
from handlers.calls import log_call
from handlers.coaching import preferences
from handlers.common.heard import Typed, typed
from handlers.scorecards import scorecard


def register(app: App, _inbox: Inbox) -> None:
    app.command(Command.SCORECARD)(typed(answer_scorecard))
    app.command(Command.COACH)(typed(answer_coach))
    app.command(Command.HANDOFF)(typed(answer_handoff))
    app.command(Command.DEBRIEF)(typed(answer_debrief))


def answer_scorecard(said: Typed) -> None:
    """Whatever begins with no word of ours asks for a card."""
    read = asked.read(said.text, words.SCORECARD.known)
    request = scorecard.Request(
        *said.parts, read, words.SCORECARD, elsewhere(said.text, words.SCORECARD, words.COMMANDS)
    )
    found = words.SCORECARD.find(request.asked.verb)
    (found.answer if found else scorecard.show)(request)


def answer_coach(said: Typed) -> None:
    """Whatever begins with no word of ours is answered with help and the choices that stand."""
    word, *rest = said.text.split() or [""]
    found = words.COACH.find(word)
    request = preferences.Request(
        *said.parts, rest, words.COACH, elsewhere(said.text, words.COACH, words.COMMANDS)
    )
    (found.answer if found else preferences.show_help)(request)


def answer_handoff(said: Typed) -> None:
    found = words.HANDOFF.find(said.text.strip())
    if found:
        found.answer(said)
    else:
        said.ack(
            text=handoff_views.usage(
                words.HANDOFF, said.text, elsewhere(said.text, words.HANDOFF, words.COMMANDS)
            )
        )


def answer_debrief(said: Typed) -> None:
    """Whatever stands after it, but for a word of ours and a question."""
    first = next(iter(said.text.split()), "")
    if (found := words.DEBRIEF.find(first)) and first:
        found.answer(said)
    elif said.text.strip().lower() in ("help", "?"):
        said.ack(text="\n".join(words.DEBRIEF.bullets()))
    else:
        log_call.log_call(said)
