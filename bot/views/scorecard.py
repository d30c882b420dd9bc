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
from bot.views.figures import against_target, has_likely, likely, middle, of_card, period
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
    """Where a figure stands beside its role's middle, as far as one can tell; the values are the signs for it."""

    BETTER = "▲"
    WORSE = "▼"
    NEAR = "•"


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
    blocks.append(kit.context(how_to_read(value)))
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
    against = _against(main, value)
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


def _against(shown: Figure, value: Scorecard) -> _Against | None:
    """None where there is nothing to compare, or no better and worse."""
    estimate, middle, good = shown.estimate, shown.role_middle, shown.definition.direction
    if shown.measure.value is None or middle is None or good is Good.NONE or not value.has_company:
        return None
    if estimate is None or estimate.low is None or estimate.high is None:
        return None
    if estimate.low <= middle <= estimate.high:
        return _Against.NEAR
    return _Against.BETTER if (estimate.low > middle) == (good is Good.UP) else _Against.WORSE


def _header(value: Scorecard) -> str:
    return _("{name}, {role}").format(name=kit.shortened(value.rep.name, 80), role=role_label(value.rep.role))


def _subtitle(value: Scorecard, reads: Reader) -> str:
    days = period(value.period, reads)
    told = _("{days}, up to now").format(days=days) if value.runs else days
    return f"{said(value.rep.team, limit=80)} · {told}"


def _own_lines(value: Scorecard, reads: Reader) -> list[str]:
    return [
        _line(
            f"*{title(shown.measure.key)}*",
            shown,
            value,
            reads,
            likely(shown, reads, currency=value.currency),
        )
        for shown in value.figures
        if shown.is_own
    ]


def _everybodys(value: Scorecard, reads: Reader) -> str:
    """Those without data share a line at the end."""
    shown = [one for one in value.figures if not one.is_own]
    blank = [one for one in shown if one.measure.value is None and one.target is None]
    lines = [_line(title(one.measure.key), one, value, reads) for one in shown if one not in blank]
    if blank:
        names = ", ".join(title(one.measure.key) for one in blank)
        lines.append(_("No data yet: {metrics}").format(metrics=names))
    return "\n".join(lines)


def _line(name: str, shown: Figure, value: Scorecard, reads: Reader, *more: str) -> str:
    against = _against(shown, value) or _Against.NEAR
    parts = (
        f"{against.value} {name}: {of_card(value, shown, reads)}",
        *more,
        middle(shown, reads, currency=value.currency) if value.has_company else "",
        against_target(shown, reads, currency=value.currency),
    )
    return " · ".join(part for part in parts if part)


def _remarks(value: Scorecard, reads: Reader, pipeline: Pipeline | None, *, own: bool) -> list[str]:
    """What is to be said in a sentence each; blank ones are left out."""
    remarks = [
        _standing(value, own=own),
        _team_is_elsewhere() if own and value.rep.role is Role.MANAGER else "",
        _clog(pipeline) if pipeline else "",
        currencies.told(value, reads),
    ]
    return [remark for remark in remarks if remark]


def _team_is_elsewhere() -> str:
    return _("This is about your own calls and coaching. `/scorecard team` shows your team.")


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


def how_to_read(value: Scorecard) -> str:
    parts = []
    if any(one.is_own and has_likely(one) for one in value.figures):
        range_told = _(
            "_Likely_ is where the true figure lies 9 times in 10. A good or bad run is part chance, and the more so "
            "the fewer there are of it."
        )
        parts.append(range_told)
    if value.has_company:
        sides = _(
            "The _middle_ has half of the {role} on either side; ▲ is better than that and ▼ worse, as far as one "
            "can tell."
        )
        parts.append(sides.format(role=roles_label(value.rep.role)))
    return " ".join([*parts, _("`/scorecard help` says what else there is.")])


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
