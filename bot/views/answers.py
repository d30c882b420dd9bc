"""The JSON of `scorecard` and `ranking`: keys are promises, see the docs on the command line."""

from collections.abc import Iterable
from typing import Any

from bot.domain.estimates import Estimate
from bot.domain.periods import Period
from bot.domain.ranking import RankedRep
from bot.domain.scorecard import Board, Figure, Scorecard
from bot.domain.stints import Rep

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
    }


def ranking(board: Board) -> Json:
    ranked = board.ranking
    return {
        "role": ranked.role.value,
        "team": board.team,
        "period": _period(board.period),
        "named": _likely(board, ranked.named),
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
        "value": measure.value,
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
        **({"by_currency": {currency: one.value for currency, one in apart.items()}} if apart else {}),
    }


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
