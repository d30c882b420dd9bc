"""What is behind *More*: every figure of a card, with its standing, its middle, its change and its target."""

from collections.abc import Mapping
from types import MappingProxyType

from bot.blocks.reader import Reader
from bot.core.enums import Metric, Role
from bot.core.i18n import gettext as _
from bot.people.views.names import roles_label
from bot.pipeline.domain.stuck import Pipeline
from bot.pipeline.views.stuck import clogged
from bot.scorecards.domain.change import Moved
from bot.scorecards.domain.quadrant import Corner
from bot.scorecards.domain.scorecard import Figure, Scorecard
from bot.scorecards.domain.verdict import Verdict
from bot.scorecards.views import figures as figures_views
from bot.scorecards.views.figures import against_target, before, middle, of_card, title
from bot.scorecards.views.glance import length
from bot.scorecards.views.ranking import silent

SIGNS: Mapping[Verdict, str] = MappingProxyType(
    {Verdict.BETTER: "🔵", Verdict.WORSE: "🟠", Verdict.CANNOT_TELL: "⚪", Verdict.NO_DATA: "⚪"}
)
"""Of a figure's standing; the colours are told apart with every kind of colour blindness."""
MONEY = "💰"
"""Of what is never compared."""
_UNTOLD = frozenset({Metric.QUOTA_ATTAINMENT})
"""Without data there is no goal for just these dates, while the pace of the quarter's may stand above."""
UP, DOWN = "↗", "↘"
MOVED: Mapping[Moved, str] = MappingProxyType({Moved.UP: UP, Moved.DOWN: DOWN})
"""Of a change over time, which is another thing; none where chance alone could have made it."""


def figures(value: Scorecard, reads: Reader) -> list[str]:
    """What the role is there for first; those without data share a line at the end."""
    shown = sorted(value.figures, key=lambda one: not _is_first(one))
    blank = [one for one in shown if _is_blank(value, one)]
    lines = [_line(one, value, reads) for one in shown if one not in blank]
    if names := ", ".join(title(one.measure.key) for one in blank if one.measure.key not in _UNTOLD):
        lines.append(_("No data yet: {metrics}").format(metrics=names))
    return lines


def remarks(value: Scorecard, reads: Reader, pipeline: Pipeline | None, *, own: bool) -> list[str]:
    """What is to be said in a sentence each."""
    told = [
        _standing(value),
        _nobody_judged(value),
        _team_is_elsewhere() if own and value.rep.role is Role.MANAGER else "",
        clogged(pipeline) if pipeline else "",
        figures_views.currencies_told(value, reads),
        _relieved(value, reads),
    ]
    return [remark for remark in told if remark]


def _relieved(value: Scorecard, reads: Reader) -> str:
    """Why a target differs from the one that was set."""
    has_target = any(
        one.target is not None and (one.definition.takes_selling_time or one.definition.is_fact)
        for one in value.figures
    )
    if not value.coached_minutes or not has_target:
        return ""
    return _(
        "Targets of leads, calls, talk time and money ask for less here: {n} min of coaching are taken off the "
        "working time."
    ).format(n=reads.number(value.coached_minutes))


def how_to_read(value: Scorecard) -> str:
    """Of the signs that stand there; whoever is not compared yet needs none."""
    moved = any(one.moved in MOVED for one in value.figures)
    told = [_sides(value) if value.has_company and not value.ramping else "", _arrows(value) if moved else ""]
    return " ".join([*filter(None, told), _("`/scorecard help` says what else there is.")])


def _sides(value: Scorecard) -> str:
    sides = _(
        "The _middle_ has half of the {role} on either side. {better} is better than it, {worse} is worse, and "
        "{open} is what one cannot tell."
    )
    return sides.format(
        role=roles_label(value.rep.role),
        better=SIGNS[Verdict.BETTER],
        worse=SIGNS[Verdict.WORSE],
        open=SIGNS[Verdict.CANNOT_TELL],
    )


def _arrows(value: Scorecard) -> str:
    return _(
        "{up} {down}: your own figure moved since the {time} before, by more than chance alone does 9 times in 10; it "
        "says nothing of the others."
    ).format(up=UP, down=DOWN, time=length(value.days))


def _is_first(one: Figure) -> bool:
    """What the role is there for, and what came of it."""
    return one.is_own or one.definition.is_fact


def _is_blank(value: Scorecard, one: Figure) -> bool:
    apart = one.measure.key in value.side_by_side
    return one.measure.value is None and one.target is None and not one.measure.awaiting and not apart


def _line(shown: Figure, value: Scorecard, reads: Reader) -> str:
    name = title(shown.measure.key)
    sign = MONEY if shown.definition.is_fact else SIGNS[shown.judged.verdict]
    parts = (
        f"{sign} {f'*{name}*' if _is_first(shown) else name}: {of_card(value, shown, reads)}",
        middle(shown, reads, currency=value.currency) if value.has_company and not value.ramping else "",
        _change(shown, reads, currency=value.currency),
        against_target(shown, reads, currency=value.currency),
    )
    return " · ".join(part for part in parts if part)


def _change(shown: Figure, reads: Reader, *, currency: str) -> str:
    now, then = shown.measure.value, before(shown, reads, currency=currency)
    if now is None or shown.before is None or not then:
        return ""
    if now == shown.before:
        return _("was {value} too").format(value=then)
    if sign := MOVED.get(shown.moved):
        return _("{sign} from {value}").format(sign=sign, value=then)
    return _("was {value}").format(value=then)


def _nobody_judged(value: Scorecard) -> str:
    """What a role's figures cannot tell because nobody ever showed the other outcome."""
    told = [one.measure.key for one in value.figures if one.is_own and not one.judges]
    return silent(value.rep.role, told) if value.has_company else ""


def _team_is_elsewhere() -> str:
    return _("This is about your own calls and coaching. `/scorecard team` shows your team.")


def _standing(value: Scorecard) -> str:
    if value.ramping or not value.has_company or not value.standing.is_placed:
        return ""
    return _corner(value.corner)


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
            return _("⏳ *Too early to say* how effort and effect compare.")
