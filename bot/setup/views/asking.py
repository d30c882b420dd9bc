"""The form for when and how much people are asked, and its place in Home."""

from slack_sdk.models.blocks import Block, NumberInputElement
from slack_sdk.models.blocks.block_elements import TimePickerElement
from slack_sdk.models.views import View as Modal

from bot.blocks import kit, menus
from bot.blocks.ids import Action, Input, View
from bot.core.i18n import gettext as _
from bot.people.domain.audit import Edition
from bot.setup.domain import AskingRules

_TITLE = _("Settings")


def in_home() -> list[Block]:
    """For admins, who also find the costs here once the steps of setting up are done."""
    return [
        kit.header(_("The whole workspace")),
        kit.section(_("You are an admin: these hold for every team.")),
        kit.buttons(
            kit.button(_TITLE, Action.ASKING_RULES, 0),
            kit.button(_("Costs and keeping"), Action.SETUP_COSTS, 0),
        ),
    ]


def form(rules: AskingRules, version: int) -> Modal:
    def number(value: int) -> NumberInputElement:
        return NumberInputElement(is_decimal_allowed=False, initial_value=str(value))

    return kit.modal(
        View.ASKING_RULES,
        _TITLE,
        [
            kit.context(_("For every team, from the moment that you save.")),
            kit.ask(_("Questions a day, at most"), Input.PROMPTS_PER_DAY, number(rules.prompts_per_day),
                    hint=_("To each rep, after calls and unasked: 0 to 50. Calls beyond it rest in Home."),
                    optional=False),
            kit.ask(_("Seconds of talk until a call is asked about"), Input.MIN_TALK_SECONDS,
                    number(rules.min_talk_seconds),
                    hint=_("0 to 3600. Shorter calls are counted, and nobody is asked about them."), optional=False),
            kit.ask(_("Days without activity until a deal is stuck"), Input.STALE_DAYS, number(rules.stale_days),
                    hint=_("1 to 365, where no meeting is ahead. Digests, scorecards and the workbook follow."),
                    optional=False),
            kit.ask(_("Work begins"), Input.OPENS, TimePickerElement(initial_time=_clock(rules, "work_starts")),
                    hint=_("On everybody's own clock, for who has not set hours of their own in Home."),
                    optional=False),
            kit.ask(_("Work ends"), Input.CLOSES, TimePickerElement(initial_time=_clock(rules, "work_ends")),
                    hint=_("Nobody is asked anything outside these hours."), optional=False),
            kit.ask(_("Time zone"), Input.ZONE, menus.zones(rules.time_zone),
                    hint=_("Of what is no team's: numbers over all teams, months of paid coaching, who has no team. "
                           "Each team keeps its own, which changes with its digest."),
                    optional=False),
        ],
        submit=_("Save"),
        about=str(Edition(0, version)),
    )  # fmt: skip


def they_are(rules: AskingRules) -> str:
    return _(
        "At most {prompts} questions a day to each rep, about calls of {seconds} seconds of talk and more; a deal is "
        "stuck after {days} days without activity; work is from {opens} to {closes} where nobody said otherwise; "
        "numbers over all teams and months of paid coaching follow the clocks of {zone}, each team its own."
    ).format(
        prompts=rules.prompts_per_day,
        seconds=rules.min_talk_seconds,
        days=rules.stale_days,
        opens=_clock(rules, "work_starts"),
        closes=_clock(rules, "work_ends"),
        zone=rules.time_zone,
    )


def saved(rules: AskingRules) -> Modal:
    return kit.sentence(_TITLE, "✓ " + they_are(rules))


def _clock(rules: AskingRules, name: str) -> str:
    return f"{getattr(rules, name):%H:%M}"
