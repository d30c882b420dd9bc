"""Who is top, with how sure that is; and a team's reps at a glance, for those who lead it."""

from collections.abc import Iterable, Sequence

from slack_sdk.models.blocks import Block

from bot.domain.metrics import Measure
from bot.domain.pipeline import Pipeline
from bot.domain.ranking import RankedRep
from bot.domain.scorecard import Board
from bot.language import gettext as _
from bot.views import kit
from bot.views.amounts import title
from bot.views.digest import plunger, roles_label
from bot.views.figures import figure, period
from bot.views.kit import said
from bot.views.reader import Reader
from bot.words import Metric

MOST_REPS = 40
"""Reps of a role that are listed; the workbook has them all."""


def top(boards: Sequence[Board], reads: Reader) -> list[Block]:
    """One role or several, of one team (or the workspace) and period."""
    return [
        kit.section(_top_title(boards[0], reads)),
        *(kit.section(judged(board, reads)) for board in boards),
        kit.context(_how_sure()),
    ]


def top_text(boards: Sequence[Board], reads: Reader) -> str:
    return "\n".join([_top_title(boards[0], reads), *(judged(board, reads) for board in boards)])


def _top_title(board: Board, reads: Reader) -> str:
    where = said(board.team, limit=80) if board.team is not None else _("everybody")
    return _("*Who is top*: {where}, {days}").format(where=where, days=period(board.period, reads))


def judged(board: Board, reads: Reader) -> str:
    role, ranking = roles_label(board.ranking.role), board.ranking
    if ranking.too_few:
        return _("*{role}*: with fewer than three of them to compare, nobody is named.").format(role=role)
    if ranking.named:
        return f"🏆 *{role}*: {_certain(board, ranking.named, reads)}"
    if not ranking.contenders:
        return _("⚖️ *{role}*: too close to call.").format(role=role)
    people = _certain(board, ranking.contenders, reads)
    if len(ranking.contenders) == 1:
        return _("⚖️ *{role}*: too close to call, with {people} in front").format(role=role, people=people)
    return _("⚖️ *{role}*: too close to call between {people}").format(role=role, people=people)


def _certain(board: Board, rows: Iterable[RankedRep], reads: Reader) -> str:
    return ", ".join(
        _("*{name}* ({share} sure)").format(
            name=said(board.reps[row.rep].name, limit=80), share=reads.percent(row.probability_top or 0)
        )
        for row in rows
    )


def _how_sure() -> str:
    return _(
        "Somebody is named when it is at least 50% sure that they belong to the top tenth of their role. "
        "Nobody's lower place is ever shown."
    )


def team(boards: Sequence[Board], pipeline: Pipeline | None, reads: Reader) -> list[Block]:
    """A team's roles, each with its reps' numbers, best first."""
    blocks: list[Block] = [kit.header(_team_title(boards)), kit.context(period(boards[0].period, reads))]
    for board in boards:
        blocks += kit.listed([f"*{roles_label(board.ranking.role)}*", *_reps(board, reads)])
    if pipeline and pipeline.open:
        blocks.append(kit.section(plunger(pipeline, reads)))
    blocks.append(kit.context(_footer()))
    return blocks


def team_text(boards: Sequence[Board], reads: Reader) -> str:
    lines = [said(_team_title(boards)), period(boards[0].period, reads)]
    for board in boards:
        lines += [roles_label(board.ranking.role), *_reps(board, reads)]
    return "\n".join(lines)


def nobody(name: str) -> str:
    return _(
        "Nobody sells in {team} in that time. Add reps with `cornerman import`, or ask your admin to."
    ).format(team=said(name))


def _team_title(boards: Sequence[Board]) -> str:
    return boards[0].team if boards[0].team is not None else _("Everybody")


def _reps(board: Board, reads: Reader) -> list[str]:
    rows = board.ranking.reps
    lines = [_rep(board, row, reads) for row in rows[:MOST_REPS]]
    if len(rows) > MOST_REPS:
        more = _("… and {n} more: `/scorecard export` has them all.").format(n=len(rows) - MOST_REPS)
        lines.append(more)
    return lines


def _rep(board: Board, row: RankedRep, reads: Reader) -> str:
    name = said(board.reps[row.rep].name, limit=60)
    figures = [f"{title(key)} {figure(_measure(row, key), reads)}" for key in board.weights]
    ramping = [_("in the first four weeks")] if row.ramping else []
    return " · ".join([f"• *{name}*", *figures, *ramping])


def _measure(row: RankedRep, key: Metric) -> Measure:
    """As it was counted; where nobody of the role has a figure there is no estimate either."""
    shown = row.estimates.get(key)
    return Measure(key, shown.raw, shown.numerator, shown.denominator) if shown else Measure(key, None)


def _footer() -> str:
    return _(
        "Best first, by the role's score. `/scorecard @name` shows one rep, `/scorecard map` where each stands, "
        "`/scorecard export` the workbook."
    )
