"""The pictures of a scorecard, told in words first: what the sender draws, and what is read where nothing is seen."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from slack_sdk.models.blocks import Block, ImageBlock

from bot.blocks import kit
from bot.blocks.kit import said
from bot.blocks.reader import Reader
from bot.blocks.words import NOT_DRAWN_YET
from bot.core.i18n import gettext as _
from bot.core.i18n import ngettext
from bot.people.views.names import roles_label
from bot.scorecards.domain.definitions import DEFINITIONS, Unit
from bot.scorecards.domain.over_time import Course, Map
from bot.scorecards.domain.quadrant import Corner
from bot.scorecards.views.figures import amount, title

COURSE, MAP, EFFECT, RECORD, WEEKS = "course", "map", "effect", "record", "weeks"
"""What kind of picture a chart is, for who draws it."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A message with its picture; `chart` is what `bot.scorecards.draw` draws, as JSON."""

    text: str
    blocks: list[Block]
    chart: dict[str, Any]


def course(value: Course, reads: Reader) -> Picture:
    def shown(level: float) -> str:
        return amount(value.metric, level, reads, currency=value.currency)

    heading = f"{value.rep.name} · {title(value.metric)}"
    labels = {
        "middle": _("middle of {role}").format(role=roles_label(value.rep.role)),
        "target": _("target"),
    }
    levels = {"middle": value.middle, "target": value.target}
    told = [
        _latest(value, reads),
        *(f"{labels[name]} {shown(level)}" for name, level in levels.items() if level is not None),
    ]
    chart = {
        "kind": COURSE,
        "title": heading,
        "metric": value.metric,
        "currency": value.currency,
        "weeks": [reads.short_day(monday) for monday, _value in value.weeks],
        "values": [level for _monday, level in value.weeks],
        "counts": value.counts,
        "levels": levels,
        "labels": labels,
        "highest": 1.0 if _is_share(value) else None,
        "locale": str(reads.locale),
    }
    return _picture(f"*{said(heading)}*: {', '.join(told)}.", f"{heading}: {', '.join(told)}.", chart)


def team_map(value: Map, reads: Reader) -> Picture:
    heading = _("Effort and effect: {team}").format(team=value.team)
    places: list[tuple[Corner | None, str]] = [
        *_corners().items(),
        (None, _("In no corner for sure")),
    ]
    lines = [
        f"{label}: {', '.join(names)}"
        for corner, label in places
        if (names := [name for name, one in value.standings if one.corner is corner])
    ]
    chart = {
        "kind": MAP,
        "title": heading,
        "across": _("efficiency"),
        "up": _("effectiveness"),
        "corners": list(_corners().values()),
        "points": [[name, one.efficiency, one.effectiveness] for name, one in value.standings],
        "locale": str(reads.locale),
    }
    words = "\n".join(said(line, limit=700) for line in lines)
    return _picture(f"*{said(heading)}*\n{words}", f"{heading}. {'; '.join(lines)}", chart)


def nobody() -> str:
    return _(
        "There are not enough figures yet to draw that: nobody has both effort and results in that time."
    )


def on_its_way() -> str:
    return _("I am drawing it. It comes to you in our direct messages.")


def _picture(text: str, alt: str, chart: dict[str, Any]) -> Picture:
    image = ImageBlock(alt_text=kit.shortened(alt, 2000), slack_file=NOT_DRAWN_YET)
    return Picture(text, [kit.section(text), image], chart)


def _latest(value: Course, reads: Reader) -> str:
    known = sum(level is not None for _monday, level in value.weeks)
    if value.latest is None:
        return _("no data in {n} weeks").format(n=len(value.weeks))
    monday, level = value.latest
    weeks = ngettext("{n} week with data of {all}", "{n} weeks with data of {all}", known)
    return _("{value} in the week of {day}, {weeks}").format(
        value=amount(value.metric, level, reads, currency=value.currency),
        day=reads.day(monday),
        weeks=weeks.format(n=known, all=len(value.weeks)),
    )


def _is_share(value: Course) -> bool:
    """Retention alone may pass the whole."""
    from_whole = [level for _monday, level in value.weeks if level is not None and level > 1]
    return DEFINITIONS[value.metric].unit is Unit.SHARE and not from_whole


def _corners() -> Mapping[Corner, str]:
    """In the order in which a map is read: upper right, upper left, lower right, lower left."""
    return {
        Corner.MODEL: _("Effective and efficient"),
        Corner.CAREFUL: _("Careful: effective, not yet fast"),
        Corner.BUSY: _("Busy: fast, not yet effective"),
        Corner.SUPPORT: _("Growing"),
    }
