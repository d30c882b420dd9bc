"""A team over time, for those who lead it: one picture of each role's chief figure, one table of all of them."""

from collections.abc import Iterator, Sequence
from typing import Any

from slack_sdk.models.blocks import Block, ImageBlock, TableBlock

from bot.blocks import kit
from bot.blocks.kit import said
from bot.blocks.reader import Reader
from bot.blocks.words import NOT_DRAWN_YET, Words
from bot.core.enums import Role
from bot.core.i18n import gettext as _
from bot.people.views.names import role_label
from bot.scorecards.domain.definitions import DEFINITIONS
from bot.scorecards.domain.over_time import LAST, WEEKS, Line, RoleWeeks
from bot.scorecards.domain.verdict import Verdict
from bot.scorecards.views.all_figures import SIGNS
from bot.scorecards.views.charts import WEEKS as KIND
from bot.scorecards.views.figures import amount, title

_NOTHING = "–"
_MOST_ROWS = 99
"""Of a table of Slack's, beside its header."""


def over_time(team: str, roles: Sequence[RoleWeeks], currency: str, reads: Reader) -> Words:
    heading = _("{team} over {n} weeks").format(team=team, n=WEEKS)
    moved = [
        _moved(role.role, line, reads, currency) for role in roles for line in role.lines if _is_told(line)
    ]
    text = "\n".join([f"*{said(heading, limit=200)}*", *(moved or [_("Nothing moved by more than chance.")])])
    blocks: list[Block] = [
        *kit.listed(text.split("\n")),
        ImageBlock(alt_text=_alt(heading, roles, reads, currency), slack_file=NOT_DRAWN_YET),
        TableBlock(rows=list(_rows(roles, reads, currency))),
        kit.context(_how_to_read()),
    ]
    return Words(text, blocks, _chart(heading, roles, reads, currency))


def nobody(team: str) -> str:
    return _("Nobody sells in {team}, so there is nothing to show over time.").format(
        team=said(team, limit=80)
    )


def on_its_way() -> str:
    return _(
        "I am going through the last {n} weeks. What I find comes to you in our direct messages."
    ).format(n=WEEKS)


def _is_told(line: Line) -> bool:
    return line.judged.is_told


def _moved(role: Role, line: Line, reads: Reader, currency: str) -> str:
    told = (
        _("{sign} *{role}, {figure}*: better in the last four weeks, {last} after {before}")
        if line.judged.verdict is Verdict.BETTER
        else _("{sign} *{role}, {figure}*: worse in the last four weeks, {last} after {before}")
    )
    return told.format(
        sign=SIGNS[line.judged.verdict],
        role=role_label(role),
        figure=title(line.metric),
        last=_shown(line, line.last, reads, currency),
        before=_shown(line, line.before, reads, currency),
    )


def _rows(roles: Sequence[RoleWeeks], reads: Reader, currency: str) -> Iterator[list[dict[str, Any]]]:
    yield _cells(_("Figure"), _("9 weeks before"), _("Last 4 weeks"), _("Verdict"))
    lines = [
        (role, line)
        for role in roles
        for line in role.lines
        if any(week.value is not None for week in line.weeks)
    ]
    for role, line in lines[:_MOST_ROWS]:
        yield _cells(
            f"{role_label(role.role)} · {title(line.metric)}",
            _shown(line, line.before, reads, currency),
            _shown(line, line.last, reads, currency),
            f"{SIGNS[line.judged.verdict]} {_verdict(line.judged.verdict)}",
        )


def _cells(*texts: str) -> list[dict[str, Any]]:
    return [{"type": "raw_text", "text": text} for text in texts]


def _verdict(verdict: Verdict) -> str:
    return {
        Verdict.BETTER: _("better"),
        Verdict.WORSE: _("worse"),
        Verdict.CANNOT_TELL: _("cannot tell"),
        Verdict.NO_DATA: _("no data"),
    }[verdict]


def _shown(line: Line, value: float | None, reads: Reader, currency: str) -> str:
    if value is None:
        return _NOTHING
    told = amount(line.metric, value, reads, currency=currency)
    return _("{amount} a week").format(amount=told) if DEFINITIONS[line.metric].is_total else told


def _alt(heading: str, roles: Sequence[RoleWeeks], reads: Reader, currency: str) -> str:
    """The picture in words, for who cannot see it."""
    told = []
    for role in roles:
        if role.main:
            weeks = [
                f"{reads.short_day(week.monday)} {_shown(role.main, week.value, reads, currency)}"
                for week in role.main.weeks
            ]
            told.append(f"{role_label(role.role)}, {title(role.chief)}: {', '.join(weeks)}")
    return kit.shortened(f"{heading}. {'; '.join(told)}", 2000)


def _how_to_read() -> str:
    return _(
        "Each figure is over all of a role together. Better and worse: the last {last} weeks against the {before} "
        "before, told where chance alone would hardly show it; about one figure in twelve moves like that by chance."
    ).format(last=LAST, before=WEEKS - LAST)


def _chart(heading: str, roles: Sequence[RoleWeeks], reads: Reader, currency: str) -> dict[str, Any]:
    panels = [
        {
            "title": f"{role_label(role.role)} · {title(line.metric)}",
            "metric": line.metric,
            "values": [week.value for week in line.weeks],
            "before": line.before,
            "last": line.last,
        }
        for role in roles
        if (line := role.main)
    ]
    mondays = [week.monday for week in roles[0].lines[0].weeks]
    return {
        "kind": KIND,
        "title": heading,
        "weeks": [reads.short_day(monday) for monday in mondays],
        "panels": panels,
        "currency": currency,
        "locale": str(reads.locale),
    }
