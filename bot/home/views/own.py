"""One's own part of the Home tab: the week, the pair, what one set out to do, and what is one's own to decide."""

from collections.abc import Sequence, Set
from datetime import time

from slack_sdk.models.blocks import Block, SectionBlock
from slack_sdk.models.blocks.block_elements import TimePickerElement
from slack_sdk.models.views import View as Modal

from bot.blocks import kit
from bot.blocks.ids import Action, Input, View
from bot.blocks.kit import said
from bot.blocks.reader import Reader
from bot.blocks.words import Words
from bot.coaching.views import commitments
from bot.core.enums import PairingStatus, Role
from bot.core.i18n import gettext as _
from bot.core.i18n import ngettext
from bot.home.domain import Habits, PairOfMine, SetOut, ThisWeek
from bot.people.views import unasked
from bot.people.views.names import roles_label
from bot.scorecards.domain.scorecard import Figure, Scorecard
from bot.scorecards.domain.verdict import Verdict
from bot.scorecards.views.all_figures import SIGNS
from bot.scorecards.views.figures import of_card, title

NAME_LIMIT = 80


def week(told: ThisWeek, reads: Reader) -> list[Block]:
    return [kit.header(_("My week")), kit.section(counts(told, reads))]


def counts(told: ThisWeek, reads: Reader) -> str:
    """One line. What moves a sale forward is called a meeting where that is one's work."""
    if not (told.calls or told.asked or told.advanced):
        return _("No calls yet this week.")
    n = told.advanced
    booked = ngettext("{n} meeting booked", "{n} meetings booked", n)
    parts = [
        ngettext("{n} call", "{n} calls", told.calls).format(n=reads.number(told.calls)),
        _("{n} min talked").format(n=reads.number(told.talk_seconds / 60)),
        _("{n} of {of} debriefed").format(n=told.debriefed, of=told.asked),
        (booked if told.role is Role.SDR else _("{n} advanced")).format(n=n),
    ]
    return " · ".join(parts)


def numbers(card: Scorecard, reads: Reader) -> list[Block]:
    """What the role is there for, with the one verdict on each: a week alone is too short for any."""
    told = [one for one in card.figures if one.is_own and one.measure.value is not None]
    if not told:
        return []
    role = roles_label(card.rep.role)
    head = _("*My last 13 weeks*")
    if any(one.judged.is_told for one in told):
        head = _("*My last 13 weeks*, compared with the middle of the {role}").format(role=role)
    return [kit.section("\n".join([head, *(_number(one, card, reads) for one in told)]))]


def _number(shown: Figure, card: Scorecard, reads: Reader) -> str:
    verdict = {
        Verdict.BETTER: _("better than the middle"),
        Verdict.WORSE: _("behind the middle"),
        Verdict.CANNOT_TELL: _("too close to tell")
        if card.can_compare and shown.role_middle is not None
        else "",
        Verdict.NO_DATA: "",
    }[shown.judged.verdict]
    sign = f"{SIGNS[shown.judged.verdict]} " if verdict else ""
    line = f"{sign}{title(shown.measure.key)}: {of_card(card, shown, reads)}"
    return f"{line} – {verdict}" if verdict else line


def doing(roles: Set[Role]) -> Block:
    """Buttons for what one does."""
    return kit.buttons(
        kit.button(_("My scorecard"), Action.MY_SCORECARD, "mine"),
        kit.button(_("Log a call"), Action.LOG_CALL, "call"),
        *([kit.button(_("Pass a lead"), Action.LEAD_FORM, "lead")] if Role.SDR in roles else []),
        *([kit.button(_("My deals"), Action.MY_DEALS, "deals")] if Role.AE in roles else []),
        *([kit.button(_("My accounts"), Action.MY_ACCOUNTS, "accounts")] if Role.AM in roles else []),
    )


def card(words: Words) -> Modal:
    """One's scorecard over the Home tab: without its buttons, which answer in a conversation."""
    shown = [block for block in words.blocks if block.type in ("header", "section", "context")]
    for block in shown:
        if isinstance(block, SectionBlock):
            block.accessory = None
    note = kit.context(_("`/scorecard` in any conversation shows it with the reasons behind each number."))
    return kit.modal(View.SAID, _("My scorecard"), [*shown, note])


def comes_by_message(team: str) -> Modal:
    told = _("The numbers of {team} come to you in our direct messages.").format(team=said(team, limit=80))
    return kit.sentence(_("Your team's numbers"), told)


def coaching(
    pairs: Sequence[PairOfMine], set_out: Sequence[SetOut], reads: Reader, *, older: int = 0
) -> list[Block]:
    """The week's pairs, and what one set out to do; `older` ones come up as these are answered."""
    if not pairs and not set_out:
        return []
    blocks: list[Block] = [kit.header(_("My coaching"))]
    for pair in pairs:
        blocks += _pair(pair)
    for one in set_out:
        blocks += [kit.section(_set_out(one, reads)), commitments.buttons(one.question_id)]
    if older:
        more = ngettext("{n} older one waits for these.", "{n} older ones wait for these.", older)
        blocks.append(kit.context(more.format(n=older)))
    return blocks


def settings(habits: Habits) -> list[Block]:
    hours = _("I ask you about calls from {opens} to {closes}, {zone} time.").format(
        opens=_clock(habits.opens), closes=_clock(habits.closes), zone=habits.zone.key
    )
    return [
        kit.header(_("My settings")),
        kit.section(hours, accessory=kit.button(_("Change hours"), Action.CHANGE_HOURS, "hours")),
        _quiet(habits),
        *_coaching_switches(habits),
        *map(unasked.is_off, habits.unwanted),
        kit.context(
            _(
                "`/scorecard` shows your numbers, `/debrief` logs a call, `/coach help` says how coaching works."
            )
        ),
    ]


def _coaching_switches(habits: Habits) -> list[Block]:
    """For whoever they can mean anything to: who has left is in no pair, and who does not sell is not coached."""
    coach = _switch(
        habits.willing,
        (_("You coach others."), _("Stop coaching"), Action.COACHING_OFF),
        (_("You do not coach others."), _("I would like to coach"), Action.COACHING_ON),
    )
    learn = _switch(
        habits.learning,
        (_("You are coached when a coach fits."), _("Do not coach me"), Action.LEARNING_OFF),
        (_("You are not coached."), _("Coach me"), Action.LEARNING_ON),
    )
    be_named = _switch(
        habits.named,
        (_("You may be named in the weekly digest."), _("Do not name me"), Action.NAMING_OFF),
        (_("You are not named in the weekly digest."), _("Name me"), Action.NAMING_ON),
    )
    return [coach, *([learn] if habits.sells else []), be_named] if habits.is_here else []


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
    told = _pairing(pair).format(other=said(pair.other, limit=NAME_LIMIT), metric=title(pair.metric))
    met = kit.buttons(kit.button(_("We met"), Action.PAIR_MET, pair.id, style="primary"))
    return [
        kit.section(f"{told} {_stands(pair)}"),
        *([met] if pair.status is PairingStatus.ACCEPTED else []),
    ]


def _pairing(pair: PairOfMine) -> str:
    if pair.status is PairingStatus.PROPOSED:
        asked = _("*{other}* is asked whether you coach them on *{metric}*.")
        return asked if pair.i_coach else _("*{other}* would coach you on *{metric}*.")
    return (
        _("You coach *{other}* on *{metric}*.") if pair.i_coach else _("*{other}* coaches you on *{metric}*.")
    )


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
            return _("The question waits in our direct messages; a yes shares your debriefs on it.")
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
