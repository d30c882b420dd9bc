"""Who is top, with how sure that is and what for; and a team's reps at a glance, for those who lead it."""

from collections.abc import Collection, Iterable, Sequence

from slack_sdk.models.blocks import Block

from bot.blocks import kit
from bot.blocks.kit import said
from bot.blocks.reader import Reader
from bot.blocks.words import Words
from bot.core.enums import Metric, Role
from bot.core.i18n import gettext as _
from bot.people.views.names import roles_label
from bot.pipeline.domain.stuck import Pipeline
from bot.pipeline.views.stuck import plunger
from bot.scorecards.domain.definitions import DEFINITIONS
from bot.scorecards.domain.definitions.counting import Measure
from bot.scorecards.domain.league import RankedRep
from bot.scorecards.domain.scorecard import Board
from bot.scorecards.views.figures import figure, is_counted, period, title

MOST_REPS = 40
"""Reps of a role that are listed; the workbook has them all."""


def top(boards: Sequence[Board], reads: Reader) -> Words:
    """One role or several, of one team (or the workspace) and period."""
    lines = [_top_title(boards[0], reads), *(judged(board, reads) for board in boards)]
    return Words("\n".join(lines), [*map(kit.section, lines), kit.context(_how_sure())])


def _top_title(board: Board, reads: Reader) -> str:
    where = said(board.team, limit=80) if board.team is not None else _("everybody")
    return _("*Who is top*: {where}, {days}").format(where=where, days=period(board.period, reads))


def judged(board: Board, reads: Reader) -> str:
    remark = silent(board.ranking.role, board.ranking.silent)
    return f"{_judgement(board, reads)} {remark}".rstrip()


def _judgement(board: Board, reads: Reader) -> str:
    role, ranking = roles_label(board.ranking.role), board.ranking
    if ranking.too_few:
        return _("*{role}*: with fewer than three of them to compare, nobody is named.").format(role=role)
    if ranking.named:
        return f"🏆 *{role}*: {_certain(board, ranking.named, reads)}"
    if ranking.overdue:
        return _("⚖️ *{role}*: too close to call: many deals are overdue.").format(role=role)
    if not ranking.contenders:
        return _("⚖️ *{role}*: too close to call.").format(role=role)
    people = "; ".join(_in_front(board, row, reads) for row in ranking.contenders)
    if len(ranking.contenders) == 1:
        return _("⚖️ *{role}*: too close to call. In front: {people}").format(role=role, people=people)
    return _("⚖️ *{role}*: too close to call between {people}").format(role=role, people=people)


def _certain(board: Board, rows: Iterable[RankedRep], reads: Reader) -> str:
    return "; ".join(_sure_of(board, row, reads) for row in rows)


def _sure_of(board: Board, row: RankedRep, reads: Reader) -> str:
    return f"{_in_front(board, row, reads)} · {sure(row.probability_top or 0)}"


def _in_front(board: Board, row: RankedRep, reads: Reader) -> str:
    """Without how sure that is: what is too close to call is not sure, however likely."""
    return f"*{said(board.reps[row.rep].name, limit=80)}*{named_for(_chief(row), reads)}"


def _chief(row: RankedRep) -> Measure | None:
    """The figure that puts the rep there the most."""
    return _measure(row, row.named_for[0]) if row.named_for else None


def _how_sure() -> str:
    return _(
        "Somebody is named at nine times the odds of chance, and when luck alone would not show such a lead in a year. "
        "Nobody's lower place is ever shown."
    )


def team(boards: Sequence[Board], pipeline: Pipeline | None, reads: Reader) -> Words:
    """A team's roles, each with its reps' numbers, best first."""
    title, days = _team_title(boards), period(boards[0].period, reads)
    blocks: list[Block] = [kit.header(title), kit.context(days)]
    lines = [said(title), days]
    for board in boards:
        role, reps = roles_label(board.ranking.role), _reps(board, reads)
        blocks += kit.listed([f"*{role}*", *reps])
        lines += [role, *reps]
    if pipeline and pipeline.open:
        blocks.append(kit.section(plunger(pipeline, in_a_week=False)))
    return Words("\n".join(lines), [*blocks, kit.context(_footer())])


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


def named_for(measure: Measure | None, reads: Reader) -> str:
    """`, in winning deals (24 of 47)`; blank where nothing stands out."""
    if measure is None:
        return ""
    shown = figure(measure, reads)
    if is_counted(measure) and measure.numerator is not None and measure.denominator is not None:
        shown = _("{part} of {whole}").format(
            part=reads.number(measure.numerator), whole=reads.number(measure.denominator)
        )
    return _(", in {what} ({figure})").format(what=_doing(measure.key), figure=shown)


def sure(probability: float) -> str:
    """`9 in 10 sure`; rounded down, so that nobody is promised more than was found."""
    for least, told in ((0.99, _("99 in 100 sure")), (0.95, _("19 in 20 sure"))):
        if probability >= least:
            return told
    return _("{n} in 10 sure").format(n=int(probability * 10))


def silent(role: Role, metrics: Collection[Metric]) -> str:
    """Why a metric ranks nobody: nobody ever showed its other outcome; blank where all do."""
    if not metrics:
        return ""
    if role is Role.AE and Metric.WIN_RATE in metrics:
        return _("No deal was ever marked lost: winning judges nobody.")
    if role is Role.SDR and Metric.QUALIFIED_RATE in metrics:
        return _("No lead was ever rejected: qualifying judges nobody.")
    told = _("Nobody ever shows the other outcome in {metrics}: that judges nobody.")
    return told.format(metrics=", ".join(title(one) for one in metrics))


def _doing(metric: Metric) -> str:
    doing = DEFINITIONS[metric].doing
    return _(doing) if doing else title(metric).lower()
