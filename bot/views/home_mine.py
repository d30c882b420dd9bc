"""One's own part of the Home tab: the week, the pair, what one set out to do, and what is one's own to decide."""

from collections.abc import Sequence
from datetime import time

from slack_sdk.models.blocks import Block
from slack_sdk.models.blocks.block_elements import TimePickerElement
from slack_sdk.models.views import View as Modal

from bot.domain.home import Habits, PairOfMine, SetOut, ThisWeek
from bot.language import gettext as _
from bot.language import ngettext
from bot.views import commitments, kit
from bot.views.amounts import title
from bot.views.ids import Action, Input, View
from bot.views.kit import said
from bot.views.reader import Reader
from bot.words import PairingStatus

NAME_LIMIT = 80


def week(told: ThisWeek, reads: Reader) -> list[Block]:
    """One line of counts."""
    parts = [
        ngettext("{n} call", "{n} calls", told.calls).format(n=told.calls),
        _("{n} min talked").format(n=reads.number(told.talk_seconds / 60)),
        _("{n} of {of} debriefed").format(n=told.debriefed, of=told.asked),
        _("{n} advanced").format(n=told.advanced),
    ]
    return [kit.header(_("My week")), kit.section(" · ".join(parts))]


def coaching(pairs: Sequence[PairOfMine], set_out: Sequence[SetOut], reads: Reader) -> list[Block]:
    """The week's pairs, and what one set out to do."""
    if not pairs and not set_out:
        return []
    blocks: list[Block] = [kit.header(_("My coaching"))]
    for pair in pairs:
        blocks += _pair(pair)
    for one in set_out:
        blocks += [kit.section(_set_out(one, reads)), commitments.buttons(one.question_id)]
    return blocks


def settings(habits: Habits) -> list[Block]:
    hours = _("You are asked from {opens} to {closes}, {zone} time.").format(
        opens=_clock(habits.opens), closes=_clock(habits.closes), zone=habits.zone.key
    )
    return [
        kit.header(_("Mine to decide")),
        kit.section(hours, accessory=kit.button(_("Change hours"), Action.CHANGE_HOURS, "hours")),
        _quiet(habits),
        _switch(
            habits.willing,
            (_("You coach others."), _("Stop coaching"), Action.COACHING_OFF),
            (_("You do not coach others."), _("I would like to coach"), Action.COACHING_ON),
        ),
        _switch(
            habits.learning,
            (_("You are coached when a coach fits."), _("Do not coach me"), Action.LEARNING_OFF),
            (_("You are not coached."), _("Coach me"), Action.LEARNING_ON),
        ),
        _switch(
            habits.named,
            (_("You may be named in the weekly digest."), _("Do not name me"), Action.NAMING_OFF),
            (_("You are not named in the weekly digest."), _("Name me"), Action.NAMING_ON),
        ),
        kit.context(
            _(
                "`/scorecard` shows your numbers, `/debrief` logs a call, `/coach help` says how coaching works."
            )
        ),
    ]


def hours_form(habits: Habits) -> Modal:
    hint = _("An end before the start is on the next day, for who works nights.")
    return kit.modal(
        View.HOURS,
        _("My hours"),
        [
            kit.section(_("You are asked nothing outside them. Your time zone is Slack's.")),
            kit.ask(_("From"), Input.OPENS, _picker(habits.opens), optional=False),
            kit.ask(_("To"), Input.CLOSES, _picker(habits.closes), hint=hint, optional=False),
        ],
        submit=_("Save"),
    )


def _pair(pair: PairOfMine) -> list[Block]:
    yes = _("You coach *{other}* on *{metric}*.")
    told = yes if pair.i_coach else _("*{other}* coaches you on *{metric}*.")
    told = told.format(other=said(pair.other, limit=NAME_LIMIT), metric=title(pair.metric))
    met = kit.buttons(kit.button(_("We met"), Action.PAIR_MET, pair.id, style="primary"))
    return [
        kit.section(f"{told} {_stands(pair)}"),
        *([met] if pair.status is PairingStatus.ACCEPTED else []),
    ]


def _set_out(one: SetOut, reads: Reader) -> str:
    told = _("With {coach} you set out to: “{words}”").format(
        coach=said(one.coach, limit=NAME_LIMIT), words=said(one.words, limit=commitments.WORDS_LIMIT)
    )
    return told + (_(", by {day}").format(day=reads.weekday(one.due_on)) if one.due_on else "")


def _stands(pair: PairOfMine) -> str:
    match pair.status:
        case PairingStatus.PROPOSED if pair.i_coach:
            return _("They have not said yes yet.")
        case PairingStatus.PROPOSED:
            return _("Say yes to share this week's debriefs on it.")
        case PairingStatus.MET:
            return _("You have met this week.")
        case _:
            return _("Half an hour this week is plenty.")


def _quiet(habits: Habits) -> Block:
    if habits.quiet_until is None:
        asked = _("You are asked about calls as they end.")
        return kit.section(asked, accessory=kit.button(_("Quiet for today"), Action.QUIET_TODAY, "quiet"))
    return kit.section(
        _("Quiet for today: what comes up waits until you work again."),
        accessory=kit.button(_("Listen again"), Action.LISTEN_AGAIN, "listen"),
    )


def _switch(is_on: bool, on: tuple[str, str, Action], off: tuple[str, str, Action]) -> Block:
    text, label, action = on if is_on else off
    return kit.section(text, accessory=kit.button(label, action, "on" if is_on else "off"))


def _picker(chosen: time) -> TimePickerElement:
    return TimePickerElement(initial_time=_clock(chosen))


def _clock(at: time) -> str:
    """`09:00`: a wall time, which has no zone of its own to be told in."""
    return at.strftime("%H:%M")
