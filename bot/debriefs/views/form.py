"""The form of a debrief: its two screens, and the one for a call that no source reported."""

from collections.abc import Mapping, Sequence
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

from bot.blocks import kit
from bot.blocks.ids import Input, View
from bot.blocks.reader import Reader
from bot.calls.domain.call import CallSummary
from bot.core.enums import Outcome
from bot.core.i18n import gettext as _
from bot.debriefs.domain.debrief import TAGS, Answer, label
from bot.debriefs.views.outcomes import Roles, outcome_help, outcome_label
from bot.debriefs.views.question import when, who
from bot.pipeline.domain.deal import OpenDeal
from bot.pipeline.views.deal import AUTHORITY, NO_DEAL, TIMELINE, deal_label, stage_menu

MOST_RECENT = 5
"""Of the rep's own recent tags, which stand before all others."""


def form(
    call: CallSummary,
    answer: Answer | None,
    reader: Reader,
    roles: Roles,
    recent: Sequence[str] = (),
    offered: Mapping[str, str] = TAGS,
    *,
    is_draft: bool = False,
) -> Modal:
    """The first screen, under a minute.

    `recent` are the tags the rep picked lately, the latest first, `offered` those of the team with their labels.
    """
    shown = answer or Answer()
    return kit.modal(
        View.DEBRIEF,
        _("Debrief"),
        kit.told_at_once(
            [
                _about(call, reader, is_draft=is_draft),
                kit.ask(_("How did it end?"), Input.OUTCOME, _outcomes(answer, roles), optional=False),
                kit.ask(_("Next step"), Input.NEXT_STEP, _text(shown.next_step, lines=1)),
                kit.ask(_("When"), Input.NEXT_STEP_ON, _day(shown.next_step_on)),
                kit.ask(_("What went well?"), Input.WENT_WELL, _text(shown.went_well)),
                kit.ask(_("What will you work on?"), Input.TAGS, _tags(shown.tags, recent, offered)),
                kit.ask(
                    _("How will you see it next time?"),
                    Input.MEASURE,
                    _text(shown.measure, lines=1),
                    hint=_("Something you can count or hear: “asked for the date before the demo”."),
                ),
                kit.ask(_("What was pinned down?"), Input.PINNED_DOWN, _pinned(answer)),
                kit.ask(
                    _("Who decides, and by when?"),
                    Input.PINNED_BY,
                    _text(shown.pinned_by, lines=1),
                    hint=_("In a line, if you know: “the CFO, by the end of March”."),
                ),
            ]
        ),
        submit=_("Save"),
        about=call.id,
    )


def more(
    call: CallSummary,
    answer: Answer,
    reader: Reader,
    deals: Sequence[OpenDeal] = (),
    deal_id: int | None = None,
    *,
    is_draft: bool = False,
) -> Modal:
    """The second screen: whatever else helps, and the reason where a call was lost. `deals` are the rep's own."""
    return kit.modal(
        View.DEBRIEF_MORE,
        _("A little more"),
        kit.told_at_once(
            [
                _about(call, reader, is_draft=is_draft),
                *(_why_lost(answer) if answer.outcome is Outcome.LOST else ()),
                kit.ask(_("In your own words: what to improve"), Input.IMPROVE, _text(answer.improve)),
                *_story(answer),
                kit.ask(_("Contact"), Input.CONTACT, _text(call.contact, lines=1)),
                *_deal(deals, deal_id, reader),
            ]
        ),
        submit=_("Save"),
        about=call.id,
    )


def _why_lost(answer: Answer) -> list[Block]:
    return [
        kit.ask(_("Why was it lost?"), Input.REASON, _text(answer.reason), optional=False),
        kit.ask(_("Lost to which competitor?"), Input.COMPETITOR, _text(answer.competitor, lines=1)),
        kit.ask(_("At which stage?"), Input.STAGE, stage_menu(answer.lost_stage)),
    ]


def _story(answer: Answer) -> list[Block]:
    hint = _("One paragraph. Only you see it until you share it.")
    return [
        kit.ask(_("A story worth telling"), Input.STORY, _text(answer.story), hint=hint),
        kit.ask(_("Which product is the story about?"), Input.PRODUCT, _text(answer.product, lines=1)),
    ]


def _about(call: CallSummary, reader: Reader, *, is_draft: bool) -> Block:
    lines = [f"{who(call)} · {when(call, reader)}"]
    if is_draft:
        lines.append(_("What you entered last time is still here. It counts once you save it."))
    return kit.context(*lines)


def log_call(key: str, roles: Roles) -> Modal:
    """`/debrief` by hand: a call that no source reported; the key makes a second submission the same call."""
    minutes = PlainTextInputElement(initial_value="15", max_length=4)
    return kit.modal(
        View.LOG_CALL,
        _("Log a call"),
        [
            kit.ask(_("Who was it with?"), Input.CONTACT, _text("", lines=1), optional=False),
            kit.ask(_("Company"), Input.COMPANY, _text("", lines=1)),
            kit.ask(_("How many minutes, ending now?"), Input.MINUTES, minutes, optional=False),
            kit.ask(_("How did it end?"), Input.OUTCOME, _outcomes(None, roles), optional=False),
        ],
        submit=_("Save"),
        about=key,
    )


def _text(value: str, *, lines: int = 3) -> PlainTextInputElement:
    return PlainTextInputElement(
        initial_value=value[: kit.INPUT_LIMIT] or None, multiline=lines > 1, max_length=kit.INPUT_LIMIT
    )


def _outcomes(answer: Answer | None, roles: Roles) -> RadioButtonsElement:
    options = {
        outcome: kit.option(outcome_label(outcome, roles), outcome, outcome_help(outcome, roles))
        for outcome in Outcome
    }
    return RadioButtonsElement(
        options=list(options.values()),
        initial_option=options[answer.outcome] if answer and answer.outcome else None,
    )


def _tags(
    chosen: Sequence[str], recent: Sequence[str], offered: Mapping[str, str]
) -> StaticMultiSelectElement:
    """The rep's own first, as far as they are offered; what was chosen is, though no list has it."""
    own = [tag for tag in recent if tag in offered][:MOST_RECENT]
    tags = dict.fromkeys([*own, *offered, *chosen])
    options = {tag: kit.option(_(offered.get(tag) or label(tag)), tag) for tag in tags}
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


def _day(chosen: date | None) -> DatePickerElement:
    return DatePickerElement(initial_date=chosen.isoformat() if chosen else None)
