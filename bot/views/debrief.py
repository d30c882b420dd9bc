"""The question after a call, its form, and what is said when it is answered."""

from collections.abc import Sequence
from datetime import date

from slack_sdk.models.blocks import (
    Block,
    CheckboxesElement,
    DatePickerElement,
    PlainTextInputElement,
    RadioButtonsElement,
    StaticMultiSelectElement,
    StaticSelectElement,
)
from slack_sdk.models.views import View as Modal

from bot.domain.calls import CallSummary
from bot.domain.deals import OpenDeal
from bot.domain.debriefs import TAGS, Answer
from bot.language import gettext as _
from bot.views import kit
from bot.views.ids import Action, Input, View
from bot.views.kit import said
from bot.views.reader import Reader
from bot.words import Outcome

ENDED: dict[Outcome, Action] = {
    Outcome.ADVANCED: Action.ENDED_ADVANCED,
    Outcome.CONTINUED: Action.ENDED_CONTINUED,
    Outcome.NO_DECISION: Action.ENDED_NO_DECISION,
    Outcome.LOST: Action.ENDED_LOST,
    Outcome.NO_SHOW: Action.ENDED_NO_SHOW,
}
TIMELINE, AUTHORITY = "timeline", "authority"
NO_DEAL = "none"


def outcome_label(outcome: Outcome) -> str:
    return {
        Outcome.ADVANCED: _("Advanced"),
        Outcome.CONTINUED: _("Continued"),
        Outcome.NO_DECISION: _("No decision"),
        Outcome.LOST: _("Lost"),
        Outcome.NO_SHOW: _("No-show"),
    }[outcome]


def prompt(call: CallSummary, reader: Reader) -> list[Block]:
    """One tap is a debrief already; the form is one button away."""
    return [
        kit.section(prompt_text(call, reader)),
        kit.buttons(
            *(kit.button(outcome_label(outcome), action, call.id) for outcome, action in ENDED.items())
        ),
        kit.buttons(
            kit.button(_("Debrief"), Action.OPEN_DEBRIEF, call.id, style="primary"),
            kit.button(_("In an hour"), Action.SNOOZE_HOUR, call.id),
            kit.button(_("Tomorrow"), Action.SNOOZE_TOMORROW, call.id),
            kit.button(_("Skip"), Action.SKIP, call.id),
        ),
    ]


def prompt_text(call: CallSummary, reader: Reader) -> str:
    return _("How did your call with *{who}* end?\n{when}").format(who=who(call), when=when(call, reader))


def reminder_text(call: CallSummary, reader: Reader) -> str:
    return _("One tap on your call with *{who}* is enough. {when}").format(
        who=who(call), when=when(call, reader)
    )


def answered(call: CallSummary, answer: Answer, reader: Reader) -> list[Block]:
    """What the prompt turns into: the buttons that would ask again are gone."""
    return [
        kit.section(answered_text(call, answer, reader)),
        kit.buttons(
            kit.button(_("Edit"), Action.OPEN_DEBRIEF, call.id),
            kit.button(_("Add a next step or story"), Action.DEBRIEF_MORE, call.id),
        ),
    ]


def answered_text(call: CallSummary, answer: Answer, reader: Reader) -> str:
    return _("✓ Your call with *{who}*: {outcome}. {when}").format(
        who=who(call), outcome=_ended(answer), when=when(call, reader)
    )


def skipped(call: CallSummary, reader: Reader) -> list[Block]:
    return [
        kit.section(skipped_text(call, reader)),
        kit.buttons(kit.button(_("Debrief after all"), Action.OPEN_DEBRIEF, call.id)),
    ]


def skipped_text(call: CallSummary, reader: Reader) -> str:
    return _("Skipped: your call with *{who}*. {when}").format(who=who(call), when=when(call, reader))


def form(call: CallSummary, answer: Answer | None, reader: Reader) -> Modal:
    """The first screen: five inputs, under a minute."""
    return kit.modal(
        View.DEBRIEF,
        _("Debrief"),
        [
            kit.context(f"{who(call)} · {when(call, reader)}"),
            kit.ask(_("How did it end?"), Input.OUTCOME, _outcomes(answer), optional=False),
            kit.ask(_("What went well?"), Input.WENT_WELL, _text(answer.went_well if answer else "")),
            kit.ask(_("What will you work on?"), Input.TAGS, _tags(answer.tags if answer else ())),
            kit.ask(
                _("How will you see it next time?"),
                Input.MEASURE,
                _text(answer.measure if answer else "", lines=1),
                hint=_("Something you can count or hear: “asked for the date before the demo”."),
            ),
            kit.ask(_("What was pinned down?"), Input.PINNED_DOWN, _pinned(answer)),
        ],
        submit=_("Save"),
        about=call.id,
    )


def more(
    call: CallSummary,
    answer: Answer,
    reader: Reader,
    deals: Sequence[OpenDeal] = (),
    deal_id: int | None = None,
) -> Modal:
    """The second screen: whatever else helps, and the reason where a call was lost. `deals` are the rep's own."""
    reason: list[Block] = []
    if answer.outcome is Outcome.LOST:
        reason = [kit.ask(_("Why was it lost?"), Input.REASON, _text(answer.reason), optional=False)]
    return kit.modal(
        View.DEBRIEF_MORE,
        _("A little more"),
        [
            kit.context(f"{who(call)} · {when(call, reader)}"),
            *reason,
            kit.ask(_("In your own words: what to improve"), Input.IMPROVE, _text(answer.improve)),
            kit.ask(_("Next step"), Input.NEXT_STEP, _text(answer.next_step, lines=1)),
            kit.ask(_("When"), Input.NEXT_STEP_ON, _day(answer.next_step_on or None)),
            kit.ask(
                _("A story worth telling"),
                Input.STORY,
                _text(answer.story),
                hint=_("One paragraph. Only you see it until you share it."),
            ),
            kit.ask(_("Contact"), Input.CONTACT, _text(call.contact, lines=1)),
            *_deal(deals, deal_id, reader),
        ],
        submit=_("Save"),
        about=call.id,
    )


def log_call(key: str) -> Modal:
    """`/debrief` by hand: a call that no source reported; the key makes a second submission the same call."""
    minutes = PlainTextInputElement(initial_value="15", max_length=4)
    return kit.modal(
        View.LOG_CALL,
        _("Log a call"),
        [
            kit.ask(_("Who was it with?"), Input.CONTACT, _text("", lines=1), optional=False),
            kit.ask(_("Company"), Input.COMPANY, _text("", lines=1)),
            kit.ask(_("How many minutes, ending now?"), Input.MINUTES, minutes, optional=False),
            kit.ask(_("How did it end?"), Input.OUTCOME, _outcomes(None), optional=False),
        ],
        submit=_("Save"),
        about=key,
    )


def _ended(answer: Answer) -> str:
    return outcome_label(answer.outcome).lower() if answer.outcome else ""


def who(call: CallSummary) -> str:
    """Contact and company, inert."""
    names = [said(name, limit=80) for name in (call.contact, call.company) if name.strip()]
    return ", ".join(names) or _("your last call")


def when(call: CallSummary, reader: Reader) -> str:
    """`Mon 16 Nov, 14:05 · 12 min`."""
    length = _("{minutes} min").format(minutes=max(1, round(call.talk_seconds / 60)))
    others = _(" · and {n} more with them").format(n=call.joined) if call.joined else ""
    return f"{reader.weekday(call.local_day(reader.zone))}, {reader.time(call.started_at)} · {length}{others}"


def _text(value: str, *, lines: int = 3) -> PlainTextInputElement:
    return PlainTextInputElement(
        initial_value=value[: kit.INPUT_LIMIT] or None, multiline=lines > 1, max_length=kit.INPUT_LIMIT
    )


def _outcomes(answer: Answer | None) -> RadioButtonsElement:
    options = {outcome: kit.option(outcome_label(outcome), outcome) for outcome in Outcome}
    return RadioButtonsElement(
        options=list(options.values()),
        initial_option=options[answer.outcome] if answer and answer.outcome else None,
    )


def _tags(chosen: Sequence[str]) -> StaticMultiSelectElement:
    options = {tag: kit.option(_(label), tag) for tag, label in TAGS.items()}
    return StaticMultiSelectElement(
        placeholder=_("Pick what fits"),
        options=list(options.values()),
        initial_options=[options[tag] for tag in chosen if tag in options] or None,
    )


def _pinned(answer: Answer | None) -> CheckboxesElement:
    options = {
        TIMELINE: kit.option(_("A timeline was agreed"), TIMELINE),
        AUTHORITY: kit.option(_("Someone with authority was there"), AUTHORITY),
    }
    chosen = [TIMELINE] if answer and answer.timeline_agreed else []
    chosen += [AUTHORITY] if answer and answer.authority_reached else []
    return CheckboxesElement(
        options=list(options.values()), initial_options=[options[name] for name in chosen] or None
    )


def _deal(deals: Sequence[OpenDeal], deal_id: int | None, reader: Reader) -> list[Block]:
    if not deals:
        return []
    none = kit.option(_("None of these"), NO_DEAL)
    offered = {deal.id: kit.option(deal_label(deal, reader), str(deal.id)) for deal in deals}
    menu = StaticSelectElement(
        options=[none, *offered.values()], initial_option=offered.get(deal_id) if deal_id else None
    )
    hint = _("A timeline or authority you pinned down then counts for the deal too.")
    return [kit.ask(_("Which deal was it about?"), Input.DEAL, menu, hint=hint)]


def deal_label(deal: OpenDeal, reader: Reader) -> str:
    """`Acme · $12,000.00`, plain."""
    company = deal.company or _("(no company)")
    if deal.amount is None:
        return company
    return f"{kit.shortened(company, 45)} · {reader.money(deal.amount, deal.currency)}"


def _day(chosen: date | None) -> DatePickerElement:
    return DatePickerElement(initial_date=chosen.isoformat() if chosen else None)
