"""Coaches, learners, and who is matched."""

from datetime import date

from bot.coaching.domain.focus import Focus, Skill
from bot.coaching.domain.matching import Coach, Learner, WorkDay
from bot.coaching.domain.pairs import Pairing, PairingRules, Why
from bot.core.enums import Metric, Role

WEEK = date(2026, 11, 9)
OFFICE = WorkDay(9, 9)
RULES = PairingRules(WEEK, seed=1)


def coach(rep: int, z: float = 1.0, *, metric: Metric = Metric.WIN_RATE, role: Role = Role.AE) -> Coach:
    return Coach(rep, role, 1, OFFICE, {metric: Skill(0.4 + z / 10, 0.4, z)})


def learner(
    rep: int, shortfall: float = 1.0, *, metric: Metric = Metric.WIN_RATE, role: Role = Role.AE
) -> Learner:
    focus = Focus(metric, shortfall, 0.9)
    return Learner(rep, role, OFFICE, focus, {metric: Skill(0.4 - shortfall / 10, 0.4, -shortfall)})


def couples(pairing: Pairing) -> list[tuple[int, int]]:
    return [(made.coach, made.learner) for made in pairing.pairs]


def why(pairing: Pairing) -> dict[int, Why]:
    return {left.learner: left.why for left in pairing.unpaired}
