"""A card at a glance: you, the middle, the time before; one sentence that agrees with them; and what to do next."""

from slack_sdk.models.blocks import Block, ButtonElement

from bot.blocks import kit
from bot.blocks.ids import Action
from bot.blocks.reader import Reader
from bot.core.i18n import gettext as _
from bot.core.i18n import ngettext
from bot.people.views.names import roles_label, short_name
from bot.scorecards.domain.advice import Next, NextStep
from bot.scorecards.domain.change import Moved
from bot.scorecards.domain.drilldown import figure_of
from bot.scorecards.domain.scorecard import Figure, Scorecard
from bot.scorecards.domain.verdict import Verdict
from bot.scorecards.views.figures import against_target, before, middle_value, of_card, title


def lines(value: Scorecard, main: Figure, reads: Reader, *, own: bool) -> list[str]:
    """The figure that the card opens with, in three lines."""
    who = _("You") if own else short_name(value.rep.name)
    then = before(main, reads, currency=value.currency)
    target = against_target(main, reads, currency=value.currency)
    ago = _("Your {time} before") if own else _("The {time} before")
    return [
        f"*{title(main.measure.key)}*",
        " · ".join([f"{who}: *{of_card(value, main, reads)}*", *([target] if target else [])]),
        f"{_middle_of(value)}: {_middle(value, main, reads)}",
        f"{ago.format(time=length(value.days))}: {then or _('no data')}",
    ]


def sentence(value: Scorecard, main: Figure, reads: Reader, *, own: bool) -> str:
    """What the three lines come to; it says no more than they show."""
    if main.measure.value is None:
        return "" if main.measure.key in value.side_by_side else _nothing_yet()
    told = [
        ramping(own=own) if value.ramping else _standing(value, main, own=own),
        _moved(main, reads, value),
    ]
    return " ".join(part for part in told if part)


def ramping(*, own: bool) -> str:
    if own:
        return _("You are in your first four weeks, so you are not compared with the others yet.")
    return _("In the first four weeks, so not compared with the others yet.")


def step(value: Scorecard, next_step: NextStep) -> Block:
    """The one thing to do next, with its button."""
    said, button = _step(value, next_step)
    return kit.section(_("👉 *Next*: {what}").format(what=said), accessory=button)


def length(days: int) -> str:
    """`13 weeks`; days where they make no weeks."""
    if days and days % 7 == 0:
        return ngettext("week", "{n} weeks", days // 7).format(n=days // 7)
    return ngettext("day", "{n} days", days).format(n=days)


def _nothing_yet() -> str:
    return _("There is not enough to tell yet: the numbers come by themselves as calls and results come in.")


def _middle_of(value: Scorecard) -> str:
    return _("The middle of the {role}").format(role=roles_label(value.rep.role))


def _middle(value: Scorecard, main: Figure, reads: Reader) -> str:
    if not value.has_company:
        return _("fewer than three of them, so there is none")
    if main.estimate is not None and main.role_middle is None:
        return _("fewer than three of them have this number, so there is none")
    return middle_value(main, reads, currency=value.currency) or _("no data")


def _standing(value: Scorecard, main: Figure, *, own: bool) -> str:
    role = roles_label(value.rep.role)
    match main.judged.verdict:
        case Verdict.BETTER:
            return _("That is better than the middle of the {role}.").format(role=role)
        case Verdict.WORSE if own:
            return _("Half of the {role} do better: this is the one to work on.").format(role=role)
        case Verdict.WORSE:
            return _("Half of the {role} do better.").format(role=role)
        case Verdict.CANNOT_TELL if value.has_company:
            return _undecided(value, main)
        case _:
            return ""


def _undecided(value: Scorecard, main: Figure) -> str:
    if not value.can_compare:
        return _("So short a time tells what happened, and not yet how good it is.")
    if not main.judges or main.judged.certainty is None:
        return ""
    if main.reads_above:
        return _("That is above the middle, but so close that chance alone could make the difference.")
    if main.reads_below:
        return _("That is below the middle, but so close that chance alone could make the difference.")
    return _("That is the middle.")


def _moved(main: Figure, reads: Reader, value: Scorecard) -> str:
    now, then = main.measure.value, main.before
    if now is None or then is None or main.measure.key in value.side_by_side:
        return ""
    ago = length(value.days)
    if of_card(value, main, reads) == before(main, reads, currency=value.currency) or now == then:
        return _("It was the same in the {time} before.").format(time=ago)
    match main.moved:
        case Moved.UP:
            return _("It went up from the {time} before.").format(time=ago)
        case Moved.DOWN:
            return _("It went down from the {time} before.").format(time=ago)
        case Moved.CANNOT_TELL:
            return _("The change since the {time} before could be chance alone.").format(time=ago)
        case Moved.NOT_TOLD:
            return ""


def _step(value: Scorecard, next_step: NextStep) -> tuple[str, ButtonElement]:
    match next_step.what, next_step.figure:
        case Next.LOOK, Figure() as worse:
            about = figure_of(value.rep.id, worse.measure.key, value.period)
            return (
                _("{metric}: look at what speaks for and against it, one by one.").format(
                    metric=title(worse.measure.key)
                ),
                kit.button(_("Look"), Action.WHY_THIS, str(about), style="primary"),
            )
        case Next.TEACH, Figure() as better:
            return (
                _(
                    "{metric} is something that others can learn from you. Would you coach one of them?"
                ).format(metric=title(better.measure.key)),
                kit.button(_("I would coach"), Action.TEACH, value.rep.id, style="primary"),
            )
        case _:
            return (
                _("see what is nearest to move, and by how much."),
                kit.button(_("Where do I stand?"), Action.MY_PLACE, value.rep.id, style="primary"),
            )
