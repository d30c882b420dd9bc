"""One rep's scorecard: what the role is there for first, what everybody does small, and how to read it."""

from enum import Enum

from slack_sdk.models.blocks import Block, StaticSelectElement

from bot.domain.behind import figure_of
from bot.domain.corners import Corner
from bot.domain.definitions import Good
from bot.domain.pipeline import Pipeline, StuckReason
from bot.domain.scorecard import CHIEF, Figure, Scorecard
from bot.language import gettext as _
from bot.language import ngettext
from bot.views import currencies, kit
from bot.views.amounts import title
from bot.views.digest import role_label, roles_label
from bot.views.figures import against_target, figure, likely, middle, of_card, period
from bot.views.ids import Action
from bot.views.kit import said
from bot.views.reader import Reader
from bot.words import Role

PERIODS = {
    Action.CARD_WEEK: "week",
    Action.CARD_MONTH: "month",
    Action.CARD_QUARTER: "quarter",
    Action.CARD_13W: "13w",
}


class _Against(Enum):
    """Where a figure stands beside its role's middle, as far as one can tell."""

    BETTER = "better"
    WORSE = "worse"
    NEAR = "near"


def card(value: Scorecard, reads: Reader, *, own: bool, pipeline: Pipeline | None = None) -> list[Block]:
    """`own`: the reader is the rep; `pipeline` is an AE's."""
    blocks: list[Block] = [
        kit.header(_header(value)),
        kit.context(_subtitle(value, reads)),
        kit.section(headline(value, reads)),
    ]
    if lines := _own_lines(value, reads):
        blocks.append(kit.section("\n".join(lines)))
    blocks += [kit.section(line) for line in _remarks(value, reads, pipeline, own=own)]
    blocks.append(kit.context(_everybodys(value, reads)))
    blocks.append(kit.context(how_to_read(value.rep.role)))
    blocks += [_why(value), _periods(value.rep.id)]
    return blocks


def text(value: Scorecard, reads: Reader, *, own: bool, pipeline: Pipeline | None = None) -> str:
    """The whole card without its form."""
    lines = [said(_header(value)), _subtitle(value, reads), headline(value, reads), *_own_lines(value, reads)]
    return "\n".join([*lines, *_remarks(value, reads, pipeline, own=own), _everybodys(value, reads)])


def headline(value: Scorecard, reads: Reader) -> str:
    """The role's first number in one sentence, beside the role's middle."""
    main = value.figure(CHIEF[value.rep.role])
    if main is None or (main.measure.value is None and main.measure.key not in value.side_by_side):
        return _(
            "There is not enough to tell yet: the numbers come by themselves as calls and results come in."
        )
    against = _against(main) if value.has_company else None
    return _against_sentence(against).format(
        metric=title(main.measure.key),
        figure=of_card(value, main, reads),
        role=roles_label(value.rep.role),
    )


def _against_sentence(against: _Against | None) -> str:
    match against:
        case _Against.BETTER:
            return _("*{metric}: {figure}*. That is better than the middle of the {role}.")
        case _Against.WORSE:
            return _("*{metric}: {figure}*. The middle of the {role} is further: this is the one to work on.")
        case _Against.NEAR:
            return _("*{metric}: {figure}*. That is about where the middle of the {role} is.")
        case None:
            return _("*{metric}: {figure}*.")


def _against(main: Figure) -> _Against | None:
    estimate, middle = main.estimate, main.role_middle
    if estimate is None or estimate.low is None or estimate.high is None or middle is None:
        return None
    if estimate.low <= middle <= estimate.high:
        return _Against.NEAR
    is_higher = estimate.low > middle
    return _Against.BETTER if is_higher == (main.definition.direction is not Good.DOWN) else _Against.WORSE


def _header(value: Scorecard) -> str:
    return _("{name}, {role}").format(name=kit.shortened(value.rep.name, 80), role=role_label(value.rep.role))


def _subtitle(value: Scorecard, reads: Reader) -> str:
    days = period(value.period, reads)
    told = _("{days}, up to now").format(days=days) if value.runs else days
    return f"{said(value.rep.team, limit=80)} · {told}"


def _own_lines(value: Scorecard, reads: Reader) -> list[str]:
    return [_line(shown, value, reads) for shown in value.figures if shown.is_own]


def _line(shown: Figure, value: Scorecard, reads: Reader) -> str:
    parts = (
        f"*{title(shown.measure.key)}*: {of_card(value, shown, reads)}",
        likely(shown, reads, currency=value.currency),
        middle(shown, value.rep.role, reads, currency=value.currency) if value.has_company else "",
        against_target(shown, reads, currency=value.currency),
    )
    return " · ".join(part for part in parts if part)


def _everybodys(value: Scorecard, reads: Reader) -> str:
    return "\n".join(_small_line(shown, value, reads) for shown in value.figures if not shown.is_own)


def _small_line(shown: Figure, value: Scorecard, reads: Reader) -> str:
    parts = (
        f"{title(shown.measure.key)}: {figure(shown.measure, reads, currency=value.currency)}",
        against_target(shown, reads, currency=value.currency),
    )
    return " · ".join(part for part in parts if part)


def _remarks(value: Scorecard, reads: Reader, pipeline: Pipeline | None, *, own: bool) -> list[str]:
    """What is to be said in a sentence each; blank ones are left out."""
    remarks = [
        _standing(value, own=own),
        _clog(pipeline) if pipeline else "",
        currencies.told(value, reads),
    ]
    return [remark for remark in remarks if remark]


def _standing(value: Scorecard, *, own: bool) -> str:
    if value.ramping:
        return _ramping(own=own)
    return _corner(value.corner) if value.has_company else ""


def _ramping(*, own: bool) -> str:
    if own:
        return _("You are in your first four weeks, so you are not compared with the others yet.")
    return _("In the first four weeks, so not compared with the others yet.")


def _corner(corner: Corner | None) -> str:
    match corner:
        case Corner.MODEL:
            return _("🌟 *Effective and efficient*: others can learn from this.")
        case Corner.CAREFUL:
            return _("🎯 *Careful*: effective, not yet fast.")
        case Corner.BUSY:
            return _("🏃 *Busy*: fast, not yet effective. More calls will not change that, coaching will.")
        case Corner.SUPPORT:
            return _("🌱 *Growing*: both results and pace have room, and a coach is the shortest way.")
        case None:
            return ""


def _clog(pipeline: Pipeline) -> str:
    if not pipeline.open:
        return ""
    told = ngettext("{stuck} of {n} open deal is stuck", "{stuck} of {n} open deals are stuck", pipeline.open)
    line = "🪠 " + told.format(stuck=pipeline.stuck, n=pipeline.open)
    return line + (f": {_reasons(pipeline)}." if pipeline.stuck else ".")


def _reasons(pipeline: Pipeline) -> str:
    labels = {
        StuckReason.PAST_CLOSE: _("past the expected close"),
        StuckReason.NO_TIMELINE_NO_AUTHORITY: _("no timeline and nobody with authority"),
        StuckReason.NO_ACTIVITY: _("nothing happened lately"),
    }
    counts = {reason: sum(reason in deal.reasons for deal in pipeline.stuck_deals) for reason in StuckReason}
    return ", ".join(f"{label} ({counts[reason]})" for reason, label in labels.items() if counts[reason])


def how_to_read(role: Role) -> str:
    return _(
        "_Likely_ is where the true figure lies 9 times in 10, once chance is taken out; few calls make it wide. "
        "The _middle_ has half of the {role} on either side. `/scorecard help` says what else there is."
    ).format(role=roles_label(role))


def _why(value: Scorecard) -> Block:
    options = [
        kit.option(title(shown.measure.key), str(figure_of(value.rep.id, shown.measure.key, value.period)))
        for shown in value.figures
    ]
    return kit.buttons(
        StaticSelectElement(action_id=Action.WHY, placeholder=_("Why this number?"), options=options),
        kit.button(_("Show the trend"), Action.SHOW_TREND, value.rep.id),
    )


def _periods(rep: int) -> Block:
    labels = {
        Action.CARD_WEEK: _("This week"),
        Action.CARD_MONTH: _("This month"),
        Action.CARD_QUARTER: _("This quarter"),
        Action.CARD_13W: _("Last 13 weeks"),
    }
    return kit.buttons(*(kit.button(label, action, rep) for action, label in labels.items()))
