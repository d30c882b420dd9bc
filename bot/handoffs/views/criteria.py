"""The qualification checklist, as people read it and managers change it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from slack_sdk.models.blocks import (
    Block,
    ButtonElement,
    CheckboxesElement,
    ConfirmObject,
    DatePickerElement,
    InputBlock,
    NumberInputElement,
    PlainTextInputElement,
    PlainTextObject,
    RadioButtonsElement,
    StaticSelectElement,
)
from slack_sdk.models.views import View as Modal

from bot.blocks import kit
from bot.blocks.ids import Action, Input, View
from bot.blocks.kit import said
from bot.blocks.reader import Reader
from bot.core.enums import CriterionKind
from bot.core.i18n import gettext as _
from bot.handoffs.domain.checklist import MAX_LABEL, Change, Criterion
from bot.handoffs.views.lead import asks_for

EVERY_TEAM = "every"
MOST_LISTED = 90
"""On a page: a form holds a hundred blocks; an admin of many teams may have more lines than that."""
MOST_OPTIONS = 100


@dataclass(frozen=True, slots=True)
class Shown:
    """A checklist as somebody sees it: the lines, and those teams' (None: every team's) that they may change."""

    criteria: Sequence[Criterion]
    changeable: Sequence[tuple[int | None, str]]
    teams: Mapping[int, str]

    def whose(self, criterion: Criterion) -> str:
        return _("Every team") if criterion.team_id is None else self.teams.get(criterion.team_id, "")

    def may_change(self, criterion: Criterion) -> bool:
        return criterion.team_id in {team_id for team_id, _name in self.changeable}


def checklist(shown: Shown, reader: Reader, page: int = 0) -> Modal:
    """What is in force, each line with whose it is and, for who may change it, its way out; the way to a new one.

    Of more lines than fit one page after another, from 0; the last one where there is no such page any more.
    """
    page = max(0, min(page, (len(shown.criteria) - 1) // MOST_LISTED))
    ways = [*_ways(page, len(shown.criteria)), *([_new()] if shown.changeable else [])]
    return kit.modal(
        View.SAID,
        _("Checklist"),
        [
            kit.context(
                _(
                    "A lead is qualified when its AE accepts it and every required criterion holds. A change counts "
                    "from now on: leads already passed keep the checklist they were judged by."
                )
            ),
            *_rows(shown, reader, page * MOST_LISTED),
            *([kit.buttons(*ways)] if ways else []),
        ],
        about=page,
    )


def _new() -> ButtonElement:
    return kit.button(_("Add a criterion"), Action.ADD_CRITERION, "new", style="primary")


def _ways(page: int, lines: int) -> Iterator[ButtonElement]:
    """To the pages before and after."""
    after = lines - (page + 1) * MOST_LISTED
    if page:
        yield kit.button(_("Back"), Action.CHECKLIST_BACK, page - 1)
    if after > 0:
        yield kit.button(_("{n} more").format(n=after), Action.CHECKLIST_ON, page + 1)


def told(change: Change, whose: Callable[[Criterion], str], reader: Reader) -> str:
    """To those whose leads are judged by it, and to who leads them."""
    lines = [_("What makes a lead qualified has changed. It counts for leads passed from now on.")]
    lines += [f"+ {_line(one, whose(one), reader)}" for one in change.came]
    lines += [
        _("– not asked any more: {line}").format(line=_line(one, whose(one), reader)) for one in change.went
    ]
    return "\n".join([*lines, _("`/handoff criteria` shows all of it.")])


def _line(criterion: Criterion, whose: str, reader: Reader) -> str:
    return f"*{said(criterion.name)}*: {asks_for(criterion, reader)} ({said(whose)}, {_weight(criterion).lower()})"


def form(changeable: Sequence[tuple[int | None, str]]) -> Modal:
    """`changeable` are those whose checklist the asker may add to, each with its name."""
    required = kit.option(_("Required: without it a lead is not qualified"), "required")
    weight = kit.ask(
        _("How much does it weigh?"),
        Input.REQUIRED,
        CheckboxesElement(options=[required], initial_options=[required]),
    )
    asked = [*_what(changeable), *_good_enough(), weight]
    return kit.modal(View.CRITERION, _("Add a criterion"), asked, submit=_("Add"))


def _what(changeable: Sequence[tuple[int | None, str]]) -> list[InputBlock]:
    """Whose leads are asked for what."""
    whose = [
        kit.option(name, EVERY_TEAM if team_id is None else str(team_id))
        for team_id, name in changeable[:MOST_OPTIONS]
    ]
    kinds = [kit.option(label, kind) for kind, label in _kinds().items()]
    return [
        kit.ask(
            _("Whose leads?"),
            Input.TEAM,
            StaticSelectElement(options=whose, initial_option=whose[0]),
            optional=False,
            hint=_("Those concerned, and who leads them, hear of it in some minutes."),
        ),
        kit.ask(
            _("Name"),
            Input.NAME,
            PlainTextInputElement(max_length=MAX_LABEL, placeholder=_("Budget, headcount, job title …")),
            optional=False,
        ),
        kit.ask(
            _("What does it ask for?"),
            Input.KIND,
            RadioButtonsElement(options=kinds, initial_option=kinds[0]),
            optional=False,
        ),
    ]


def _good_enough() -> list[InputBlock]:
    """Each for the kinds that its hint names."""
    return [
        kit.ask(
            _("The least number that is enough"),
            Input.BOUND,
            NumberInputElement(is_decimal_allowed=False),
            hint=_("For “at least” and “between”: 50 people, 6 months; for “several”, how many of the list."),
        ),
        kit.ask(
            _("The most that is still good enough"),
            Input.MOST,
            NumberInputElement(is_decimal_allowed=False),
            hint=_("For “at most” and “between”; for a date, in how many days from when the lead is passed."),
        ),
        kit.ask(
            _("What is good enough"),
            Input.CHOICES,
            PlainTextInputElement(multiline=True, max_length=kit.INPUT_LIMIT),
            hint=_("For “one” or “several of a list”: one choice a line."),
        ),
        kit.ask(
            _("Before which day"),
            Input.BEFORE,
            DatePickerElement(),
            hint=_("For “a date before”: that day itself is too late."),
        ),
    ]


def _rows(shown: Shown, reader: Reader, first: int) -> list[Block]:
    if not shown.criteria:
        return [kit.section(_("There are no criteria yet: the AE's acceptance alone decides."))]
    return [
        kit.section(
            f"*{said(criterion.name)}*: {asks_for(criterion, reader)}\n"
            f"{said(shown.whose(criterion))} · {_weight(criterion)}",
            accessory=_way_out(criterion) if shown.may_change(criterion) else None,
        )
        for criterion in shown.criteria[first : first + MOST_LISTED]
    ]


def _way_out(criterion: Criterion) -> ButtonElement:
    return kit.button(_("Retire"), Action.RETIRE_CRITERION, criterion.id, confirm=_sure(criterion.name))


def _weight(criterion: Criterion) -> str:
    return _("Required") if criterion.required else _("Nice to have")


def _sure(name: str) -> ConfirmObject:
    return ConfirmObject(
        title=_("Retire this criterion?"),
        text=PlainTextObject(text=_("New leads are not asked for “{name}” any more.").format(name=name)),
        confirm=_("Retire"),
        deny=_("Keep"),
    )


def _kinds() -> dict[CriterionKind, str]:
    return {
        CriterionKind.YES_NO: _("Yes or no"),
        CriterionKind.AT_LEAST: _("A number, at least …"),
        CriterionKind.AT_MOST: _("A number, at most …"),
        CriterionKind.BETWEEN: _("A number between …"),
        CriterionKind.ONE_OF: _("One of a list"),
        CriterionKind.SEVERAL_OF: _("Several of a list"),
        CriterionKind.DATE_WITHIN: _("A date within …"),
        CriterionKind.DATE_BEFORE: _("A date before …"),
        CriterionKind.TEXT: _("A text that must be there"),
    }
