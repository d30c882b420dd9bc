"""Reps with known tallies, over a quarter of 91 days without leave."""

from collections.abc import Sequence
from decimal import Decimal

from bot.calendar.working_hours import Presence
from bot.core.enums import Role
from bot.pipeline.domain.portfolio import HeldAccount
from bot.scorecards.domain.evidence import RepTally, RoleEvidence, gather
from bot.scorecards.domain.tally import Tally

QUARTER = Presence(days=91, working=65, present=65)
TOOLS = Decimal(564)


def sdr(rep: int, qualified: int, decided: int, *, calls: int = 0, ramping: bool = False) -> RepTally:
    tally = Tally(passed=decided, decided=decided, qualified=qualified, calls=calls)
    return RepTally(rep, tally, QUARTER, ramping)


def ae(rep: int, won: int, lost: int, *, days: tuple[float, ...] = ()) -> RepTally:
    return RepTally(rep, Tally(won=won, lost=lost, worked=won + lost, won_after_days=days), QUARTER)


def am(rep: int, *accounts: tuple[int, int], coached: tuple[int, ...] = ()) -> RepTally:
    """Accounts as (value when taken over, value at the end), held from the start."""
    held = tuple(HeldAccount(Decimal(first), Decimal(first), Decimal(end)) for first, end in accounts)
    return RepTally(rep, Tally(accounts=held, coached_minutes=coached), QUARTER)


def sdrs(*rows: RepTally) -> RoleEvidence:
    return gather(Role.SDR, rows, monthly_tool_cost=TOOLS)


def aes(*rows: RepTally) -> RoleEvidence:
    return gather(Role.AE, rows, monthly_tool_cost=TOOLS)


def ams(*rows: RepTally) -> RoleEvidence:
    return gather(Role.AM, rows, monthly_tool_cost=TOOLS)


def qualifiers(counts: Sequence[tuple[int, int]]) -> RoleEvidence:
    """SDRs numbered from 0, each with (qualified, decided)."""
    return sdrs(*(sdr(rep, qualified, decided) for rep, (qualified, decided) in enumerate(counts)))
