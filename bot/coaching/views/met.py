"""A meeting is written down: the form, and what both read of it."""

from slack_sdk.models.blocks import Block, PlainTextInputElement, StaticSelectElement
from slack_sdk.models.views import View as Modal

from bot.blocks import kit
from bot.blocks.ids import Action, Input, View
from bot.blocks.kit import said
from bot.blocks.words import Words
from bot.coaching.views.pairing import message
from bot.core.i18n import gettext as _
from bot.people.views.names import short_name


def met_form(pairing_id: int, other: str, meeting: tuple[int, str, int | None], *, i_coach: bool) -> Modal:
    """Minutes, one commitment, and the learner's rating; `meeting` is what is written down already."""
    minutes, commitment, rating = meeting
    asked: list[Block] = [
        kit.context(_("You and {other}").format(other=short_name(other))),
        kit.ask(
            _("How many minutes?"),
            Input.MINUTES,
            PlainTextInputElement(initial_value=str(minutes), max_length=3),
            optional=False,
        ),
        kit.ask(
            _("The one commitment"),
            Input.COMMITMENT,
            PlainTextInputElement(initial_value=commitment or None, max_length=500),
            hint=_(
                "One thing to do on the next calls. It falls due in a week; without one the time earns no credit."
            ),
        ),
    ]
    if not i_coach:
        asked.append(kit.ask(_("How helpful was it?"), Input.RATING, _ratings(rating)))
    return kit.modal(View.PAIR_MET, _("We met"), asked, submit=_("Save"), about=pairing_id)


def met(other: str, minutes: int, commitment: str) -> str:
    told = _("✓ You met {other} for {minutes} minutes.").format(other=short_name(other), minutes=minutes)
    if not commitment:
        return told
    return told + " " + _("The commitment: {words}").format(words=said(commitment, limit=300))


def heard_met(other: str, minutes: int, commitment: str, pairing_id: int) -> Words:
    """What the other side reads once one has written the meeting down."""
    text = _("{other} wrote down your meeting: {minutes} minutes.").format(
        other=short_name(other), minutes=minutes
    )
    promised = _("The commitment: {words}").format(words=said(commitment, limit=300)) if commitment else ""
    return message(text, promised, "", kit.buttons(kit.button(_("Look or add"), Action.PAIR_MET, pairing_id)))


def _ratings(given: int | None) -> StaticSelectElement:
    labels = {
        5: _("5 – very"),
        4: _("4 – a good deal"),
        3: _("3 – somewhat"),
        2: _("2 – a little"),
        1: _("1 – not"),
    }
    options = {number: kit.option(label, str(number)) for number, label in labels.items()}
    return StaticSelectElement(
        options=list(options.values()), initial_option=options[given] if given else None
    )
