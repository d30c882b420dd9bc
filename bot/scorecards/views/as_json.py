"""The JSON of `scorecard` and `ranking`: keys are promises, see the docs on the command line."""

from collections.abc import Iterable
from typing import Any

from bot.calendar.periods import Period
from bot.people.domain.stints import Rep
from bot.pipeline.domain.forecast import Unforeseen
from bot.scorecards.domain.definitions import Unit
from bot.scorecards.domain.estimates import Estimate
from bot.scorecards.domain.league import RankedRep
from bot.scorecards.domain.money import Outlook
from bot.scorecards.domain.scorecard import Board, Figure, Scorecard

Json = dict[str, Any]


def scorecard(card: Scorecard) -> Json:
    return {
        "rep": {
            **_person(card.rep),
            "slack_user_id": card.rep.slack_user_id,
            "role": card.rep.role.value,
            "team": card.rep.team,
        },
        "period": _period(card.period),
        "metrics": [_metric(figure, card) for figure in card.figures],
        "score": card.score,
        "corner": card.corner.value if card.corner else None,
        "coached_minutes": card.coached_minutes,
    }


def forecast(value: Outlook | None) -> Json:
    """`expected` and `interval` (80%) are null where too little is known; then `why` says what is missing."""
    found, progress = (value.forecast, value.progress) if value else (None, None)
    why = found.why if found else Unforeseen.NO_DEALS
    told = {
        "period": _period(value.period) if value else None,
        "won": None if value is None or value.won is None else float(value.won),
        "expected": found.expected if found else None,
        "interval": list(found.interval) if found and found.interval else None,
        "currency": value.currency if value else None,
        "open": found.open if found else 0,
        "unknown": found.unknown if found else 0,
        "target": float(progress.goal.value) if progress else None,
        "pace": progress.pace if progress else None,
    }
    return told | ({"why": why.value} if why else {})


def ranking(board: Board) -> Json:
    ranked = board.ranking
    return {
        "role": ranked.role.value,
        "team": board.team,
        "period": _period(board.period),
        "bar": ranked.bar,
        "named": [
            {
                **likely,
                "for": [metric.value for metric in row.named_for],
                "survives_overdue": ranked.survives_overdue,
            }
            for row, likely in zip(ranked.named, _likely(board, ranked.named), strict=True)
        ],
        "contenders": _likely(board, ranked.contenders),
        "too_close": ranked.too_close,
        "too_few": ranked.too_few,
        "reps": [_ranked(board, row) for row in ranked.reps],
    }


def _person(rep: Rep) -> Json:
    return {"name": rep.name, "email": rep.email}


def _period(period: Period) -> Json:
    """Instants by the wall of the team's zone, the end excluded."""
    return {
        "label": period.label,
        "start": period.start.astimezone(period.zone).isoformat(),
        "end": period.end.astimezone(period.zone).isoformat(),
        "time_zone": period.zone.key,
    }


def _metric(figure: Figure, card: Scorecard) -> Json:
    apart = card.side_by_side.get(figure.measure.key, {})
    measure, estimate, definition = figure.measure, figure.estimate, figure.definition
    return {
        "key": measure.key.value,
        "verdict": figure.judged.verdict.value,
        "certainty": figure.judged.certainty,
        "value": measure.value,
        "before": figure.before,
        "moved": figure.moved.value,
        "estimate": estimate.value if estimate else None,
        "interval": _interval(estimate) if estimate else None,
        "numerator": measure.numerator,
        "denominator": measure.denominator,
        "awaiting": measure.awaiting,
        "unit": definition.unit.value,
        "target": figure.target,
        "attainment": figure.attainment,
        "role_middle": figure.role_middle,
        "direction": definition.direction.value,
        "kind": definition.kind.value,
        **_money(figure, card),
        **({"by_currency": {currency: one.value for currency, one in apart.items()}} if apart else {}),
    }


def _money(figure: Figure, card: Scorecard) -> Json:
    """Its currency, and of deals how many have no amount, of how many."""
    measure, definition = figure.measure, figure.definition
    told: Json = {}
    if definition.unit is Unit.MONEY:
        told["currency"] = measure.currency or card.currency
    elif definition.is_fact:
        told["currency"] = measure.currency or None
    if measure.missing:
        told["unknown"], told["deals"] = measure.missing
    return told


def _interval(estimate: Estimate) -> list[float] | None:
    if estimate.low is None or estimate.high is None:
        return None
    return [estimate.low, estimate.high]


def _likely(board: Board, rows: Iterable[RankedRep]) -> list[Json]:
    return [{**_person(board.reps[row.rep]), "probability_top": row.probability_top} for row in rows]


def _ranked(board: Board, row: RankedRep) -> Json:
    return {
        **_person(board.reps[row.rep]),
        "score": row.score,
        "probability_top": row.probability_top,
        "ramping": row.ramping,
        "estimates": {
            key.value: {
                "value": shown.value,
                "raw": shown.raw,
                "numerator": shown.numerator,
                "denominator": shown.denominator,
            }
            for key, shown in row.estimates.items()
        },
    }
