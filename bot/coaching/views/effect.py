"""Whether the coaching worked: for a manager in plain words and as a picture, for a script as JSON."""

from collections.abc import Sequence
from typing import Any

from slack_sdk.models.blocks import ImageBlock

from bot.blocks import kit
from bot.blocks.kit import said
from bot.blocks.reader import Reader
from bot.blocks.words import NOT_DRAWN_YET
from bot.coaching.domain.effect import Design, Effect, Lack, Missing
from bot.coaching.views import worth as worths
from bot.coaching.views.pay.statement import no_rate
from bot.core.enums import Metric, Role
from bot.core.i18n import gettext as _
from bot.core.i18n import ngettext
from bot.people.views.names import role_label, roles_label
from bot.scorecards.domain.definitions import DEFINITIONS, Unit
from bot.scorecards.views.charts import EFFECT, Picture
from bot.scorecards.views.figures import amount, title

RoleAndEffect = tuple[Role, Effect]
MOST_MOVED = 5


def report(
    effects: Sequence[RoleAndEffect], currency: str, reads: Reader, *, has_rate: bool = True
) -> list[str]:
    """A sentence for each role and metric with its cost, and what no number can show."""
    if not effects:
        return [_("No coaching session has been recorded yet.")]
    told = [_sentence(role, one, currency, reads) for role, one in effects]
    told += [] if has_rate else [no_rate()]
    if all(one.design is Design.LOT for _role, one in effects):
        return told
    return [*told, chosen()]


def moved(effects: Sequence[RoleAndEffect], currency: str, reads: Reader) -> list[str]:
    """The same in short, for a message about something else: what is told, else what the first lacks."""
    told = [(role, one) for role, one in effects if one.enough][:MOST_MOVED] or list(effects[:1])
    return [_("*What coaching moves*"), *report(told, currency, reads)] if told else []


def chosen() -> str:
    """What a number cannot show where nobody was drawn."""
    return _(
        "Coached reps were chosen, not drawn by lot; whoever chose them may have known what numbers do not."
    )


def picture(effects: Sequence[RoleAndEffect], scope: str, reads: Reader) -> Picture | None:
    """Each difference with its interval; None where none can be told."""
    rows = [
        [f"{title(one.metric)} ({roles_label(role)})", *one.interval, one.difference, _by(one, reads)]
        for role, one in effects
        if one.interval and one.difference is not None
    ]
    if not rows:
        return None
    heading = _("Did coaching work? {team}").format(team=scope)
    told = "; ".join(_interval(role, one, reads) for role, one in effects if one.interval)
    chart = {
        "kind": EFFECT,
        "title": heading,
        "rows": rows,
        "better": _("better than without coaching →"),
        "locale": str(reads.locale),
    }
    image = ImageBlock(alt_text=kit.shortened(f"{heading} {told}", 2000), slack_file=NOT_DRAWN_YET)
    text = f"*{said(heading)}*\n{told}"
    return Picture(text, [kit.section(text), image], chart)


def answers(effects: Sequence[Effect]) -> list[dict[str, Any]]:
    """The JSON of `effect`; positive is better."""
    return [
        {
            "metric": one.metric.value,
            "design": one.design.value,
            "learners": one.learners,
            "comparison": one.comparison,
            "difference": one.difference,
            "interval": list(one.interval) if one.interval else None,
            "enough": one.enough,
            "missing": [_lacks(lack) for lack in one.missing],
            "cost": one.cost,
            **worths.as_json(one.worth),
        }
        for one in effects
    ]


def _sentence(role: Role, one: Effect, currency: str, reads: Reader) -> str:
    label = f"*{title(one.metric)}* ({roles_label(role)})"
    cost = _(" Its coaching cost {money}.").format(money=reads.money(one.cost, currency)) if one.cost else ""
    if one.interval is None or one.difference is None:
        lacks = _(" and ").join(_missing(lack, role) for lack in one.missing)
        return _("{metric}: not enough data yet; {lacks}.").format(metric=label, lacks=lacks) + cost
    told = worths.told(one, reads)
    cost = f" {told}{cost}" if told else cost
    if one.design is Design.LOT:
        return _by_lot(label, one, reads) + _surely(one, reads) + cost
    text = (
        _("{metric}: {n} who were coached did better by {by} than {others} who were not, over the same weeks")
        if one.difference >= 0
        else _(
            "{metric}: {n} who were coached did worse by {by} than {others} who were not, over the same weeks"
        )
    )
    better = text.format(metric=label, n=one.learners, by=_by(one, reads), others=one.comparison)
    return better + _surely(one, reads) + cost


def _by_lot(label: str, one: Effect, reads: Reader) -> str:
    text = (
        _(
            "{metric}, drawn by lot: {n} who were drawn did better by {by} than {others} who waited, the same weeks"
        )
        if (one.difference or 0) >= 0
        else _(
            "{metric}, drawn by lot: {n} who were drawn did worse by {by} than {others} who waited, the same weeks"
        )
    )
    return text.format(metric=label, n=one.learners, by=_by(one, reads), others=one.comparison)


def _surely(one: Effect, reads: Reader) -> str:
    low, high = one.interval or (0.0, 0.0)
    sure = _(" (95% sure: {low} to {high}).").format(
        low=_signed(one.metric, low, reads), high=_signed(one.metric, high, reads)
    )
    return sure if low > 0 or high < 0 else sure + " " + _("That may well be chance.")


def _interval(role: Role, one: Effect, reads: Reader) -> str:
    low, high = one.interval or (0.0, 0.0)
    return _("{metric} ({role}): {by}, 95% sure of {low} to {high}").format(
        metric=title(one.metric),
        role=roles_label(role),
        by=_signed(one.metric, one.difference or 0.0, reads),
        low=_signed(one.metric, low, reads),
        high=_signed(one.metric, high, reads),
    )


def _by(one: Effect, reads: Reader) -> str:
    return _size(one.metric, abs(one.difference or 0.0), reads)


def _signed(metric: Metric, value: float, reads: Reader) -> str:
    """Above 0 is better, whatever the metric's own direction."""
    sign = "+" if value > 0 else "−" if value < 0 else ""
    return sign + _size(metric, abs(value), reads)


def _size(metric: Metric, value: float, reads: Reader) -> str:
    """Shares differ by points, not by percents."""
    if DEFINITIONS[metric].unit is Unit.SHARE:
        return _("{n} points").format(n=reads.number(100 * value, digits=1))
    if DEFINITIONS[metric].unit is Unit.DAYS:
        return _("{n} days").format(n=reads.number(value, digits=1))
    return amount(metric, value, reads)


def _missing(lack: Missing, role: Role) -> str:
    words = {
        Lack.COACHED: _("missing {n} coached {role}"),
        Lack.UNCOACHED: _("missing {n} uncoached {role}"),
        Lack.WEEKS: ngettext(
            "missing {n} more week after the first session",
            "missing {n} more weeks after the first session",
            lack.need - lack.have,
        ),
        Lack.OVERLAP: _("coached and uncoached {role} were too far apart before to compare"),
        Lack.SPREAD: _("all {role} showed exactly the same, so nothing tells how much of it is chance"),
    }
    n = lack.need - lack.have
    return words[lack.lack].format(n=n, role=role_label(role) if n == 1 else roles_label(role))


def _lacks(lack: Missing) -> str:
    words = {
        Lack.COACHED: _("{have} of {need} coached reps"),
        Lack.UNCOACHED: _("{have} of {need} uncoached reps"),
        Lack.WEEKS: _("{have} of {need} weeks after the first session"),
        Lack.OVERLAP: _("coached and uncoached reps were too far apart before to compare"),
        Lack.SPREAD: _("all showed exactly the same, so nothing tells how much of it is chance"),
    }
    return words[lack.lack].format(have=lack.have, need=lack.need)
