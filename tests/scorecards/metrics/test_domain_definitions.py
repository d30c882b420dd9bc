"""A metric is one object: whoever adds one says everything about it in one place, or hears here what is missing."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from bot.calendar.working_hours import Presence
from bot.core.enums import Decision, Metric, Outcome, Role
from bot.pipeline.domain.money import Money, Pile
from bot.pipeline.domain.portfolio import Amount, HeldAccount
from bot.scorecards.domain.definitions import DEFINITIONS, MetricDefinition
from bot.scorecards.domain.definitions.behind import CommitmentDue, DealBehind, SessionGiven
from bot.scorecards.domain.definitions.counting import Given
from bot.scorecards.domain.definitions.money import TOLD
from bot.scorecards.domain.evidence import RepTally, gather
from bot.scorecards.domain.tally import Takings, Tally

ROOT = Path(__file__).parents[2]
AT = datetime(2026, 11, 16, 9, tzinfo=UTC)
TABLES = {"Debriefs", "Handoffs", "Deals", "Accounts", "Activity", "Sessions", TOLD}
"""The workbook's sheets of records; and none, for what is told as a number."""
PRESENCE = Presence(days=31, working=22, present=20)
BUSY = Tally(
    calls=300, talk_seconds=54_000, passed=16, decided=12, qualified=8, worked=20, won=5, lost=6,
    won_after_days=(20, 41, 33), closed_from_accepted=6, won_from_accepted=3, decisions=9, teaching_decisions=7,
    accounts=(HeldAccount(Decimal(100), Decimal(110), Decimal(130), "Acme", "EUR"),), debriefs=40, advanced=18,
    timeline_yes=12, timeline_no=9, authority_yes=8, authority_no=11, prompted=50, prompted_debriefed=40,
    coached_minutes=(30, 25), commitments_due=6, commitments_kept=4,
    takings=Takings(
        won=Money({"EUR": Pile(Decimal(61_000), 4)}, unknown=1), open=Money({"EUR": Pile(Decimal(80_000), 9)}),
        goal=Amount(Decimal(100_000), "EUR"), reached=Decimal(61_000),
    ),
)  # fmt: skip
EVERY_ROLE = [
    pytest.param(one, role, id=f"{one.key} {role}") for one in DEFINITIONS.values() for role in one.roles
]


@dataclass(frozen=True)
class ALead:
    company: str = "Acme"
    passed_at: datetime = AT
    decision: Decision | None = Decision.ACCEPTED
    decided_at: datetime | None = AT
    criteria_met: bool | None = True
    teaches: bool = True
    reason: str = "They have a budget and wish to start in May"


@dataclass(frozen=True)
class ACall:
    started_at: datetime = AT
    completed: bool = True
    talk_seconds: int = 600
    prompted: bool = True
    debriefed: bool = True


@dataclass(frozen=True)
class ADebrief:
    outcome: Outcome | None = Outcome.ADVANCED
    timeline_agreed: bool | None = True
    authority_reached: bool | None = False
    call_started_at: datetime = AT
    company: str = "Acme"
    reason: str = ""


@dataclass
class OneOfEach:
    """One record of every kind, each of which bears on its figures."""

    role: Role

    def leads_passed(self) -> list[ALead]:
        return [ALead()]

    leads_decided = leads_passed

    def deals(self) -> list[DealBehind]:
        won = DealBehind("Acme", AT, AT, won=True, from_accepted_lead=True, days_to_win=20)
        return [won, DealBehind("Beta", AT, None, won=False, from_accepted_lead=False, days_to_win=None)]

    def accounts(self) -> tuple[HeldAccount, ...]:
        return BUSY.accounts

    def calls(self) -> list[ACall]:
        return [ACall()]

    def debriefs(self) -> list[ADebrief]:
        return [ADebrief()]

    def sessions_given(self) -> list[SessionGiven]:
        return [SessionGiven(AT.date(), "Ana", 30)]

    def commitments(self) -> list[CommitmentDue]:
        return [CommitmentDue(date(2026, 11, 20), "Ask who signs", kept=True)]


def test_every_key_has_its_definition_and_every_title_is_told_apart() -> None:
    assert [one.key for one in DEFINITIONS.values()] == list(Metric)
    assert len({one.title.casefold() for one in DEFINITIONS.values()}) == len(Metric)


def test_every_figure_is_told_in_words_that_a_rep_would_use() -> None:
    for one in DEFINITIONS.values():
        assert not set("÷=×−") & set(one.plainly), one.key
        assert not any(jargon in one.plainly for jargon in ("30.4375", "handoff", "median")), one.key
        assert one.plainly.count(".") <= 2, f"two sentences at most: {one.key}"


@pytest.mark.parametrize(("one", "role"), EVERY_ROLE)
def test_it_is_counted_and_estimated(one: MetricDefinition, role: Role) -> None:
    counted = one.counted(one.key, Given(role, BUSY, PRESENCE, Decimal(564)))
    found = gather(role, [RepTally(1, BUSY, PRESENCE)], monthly_tool_cost=Decimal(564)).metrics

    assert counted.key is one.key
    assert counted.value is not None
    assert counted.value >= one.least
    assert (one.key in found) != one.is_fact, "a fact is told and nobody is compared by it"
    if one.is_fact:
        return
    evidence = found[one.key]
    assert evidence.known.all()
    assert (evidence.sample.size > 0).all()


@pytest.mark.parametrize(("one", "role"), EVERY_ROLE)
def test_the_workbook_finds_again_just_what_it_is_made_of(one: MetricDefinition, role: Role) -> None:
    if role is Role.MANAGER:
        return  # the workbook has no sheet of managers
    recipe = one.recipe_of(role)
    counted = one.counted(one.key, Given(role, BUSY, PRESENCE, Decimal(564)))

    assert recipe.table in TABLES
    assert bool(recipe.count) == (counted.numerator is not None)
    assert bool(recipe.out_of) == (counted.denominator is not None)
    assert bool(recipe.awaiting) == (counted.awaiting is not None)
    assert bool(recipe.value) != bool(recipe.count and recipe.out_of)


@pytest.mark.parametrize(("one", "role"), EVERY_ROLE)
def test_its_records_can_be_gone_through(one: MetricDefinition, role: Role) -> None:
    found = list(one.records(OneOfEach(role)))

    assert found
    assert all(record.note for record in found), "each says what speaks for or against it"


@pytest.mark.parametrize("one", DEFINITIONS.values(), ids=DEFINITIONS)
def test_who_teaches_it_is_measured_by_something_of_their_own(one: MetricDefinition) -> None:
    for coach, twins in one.taught_by.items():
        assert all(coach in DEFINITIONS[twin].roles for twin in twins)


def keyed_by_metric(module: ast.Module) -> Iterator[int]:
    """Lines of dictionaries and sets with two metrics or more as keys."""
    for node in ast.walk(module):
        if isinstance(node, ast.Dict | ast.Set):
            keys = node.keys if isinstance(node, ast.Dict) else node.elts
            if sum(key is not None and ast.unparse(key).startswith("Metric.") for key in keys) > 1:
                yield node.lineno


def test_no_other_module_keeps_a_table_of_metrics() -> None:
    domain = ROOT / "bot/scorecards/domain"
    of_several = {
        domain / "ranking.py",  # what a role's score weighs is the role's, not a metric's
        domain / "inference/linked.py",
        domain / "scores.py",  # which figures share a numerator is said of pairs of them
    }
    found = [
        f"{path.relative_to(ROOT)}:{line}"
        for folder in ("bot", "handlers", "storage")
        for path in sorted((ROOT / folder).rglob("*.py"))
        if path not in of_several
        for line in keyed_by_metric(ast.parse(path.read_text()))
    ]

    assert found == []
