"""What one rep did in one period: the counts and sums that every formula of `metrics` is made of.

Storage fills a `Tally` with aggregates; nothing in it is a rate, so two tallies can be compared with a hand count.
"""

from dataclasses import dataclass, field
from decimal import Decimal

from bot.pipeline.domain.money import Money
from bot.pipeline.domain.portfolio import Amount, Currencies, HeldAccount


@dataclass(frozen=True, slots=True)
class Takings:
    """What came in, and what was to come in.

    `won` and `open` are an AE's deals won in the period and those open at its end. `reached` is what counts towards
    the `goal`, in the goal's currency: what an AE won, what an AM's accounts grew by; None where it cannot be told in
    that currency, or not at all.
    """

    won: Money = field(default_factory=Money)
    open: Money = field(default_factory=Money)
    goal: Amount | None = None
    reached: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts for one rep in one period, as far as they were known at the moment asked for."""

    calls: int = 0
    """Calls completed."""
    talk_seconds: int = 0
    passed: int = 0
    """Handoffs the SDR passed in the period."""
    decided: int = 0
    """Of those, how many the AE has decided."""
    qualified: int = 0
    """Of those, how many were accepted with every required criterion met."""
    worked: int = 0
    """Deals of the AE that were open at any moment of the period."""
    won: int = 0
    lost: int = 0
    won_after_days: tuple[float, ...] = ()
    """Calendar days from opening to winning, for deals won in the period whose opening is known."""
    closed_from_accepted: int = 0
    won_from_accepted: int = 0
    decisions: int = 0
    """Decisions the AE took in the period."""
    teaching_decisions: int = 0
    accounts: tuple[HeldAccount, ...] = ()
    """Accounts the AM held at the start or at the end of the period."""
    currencies: Currencies = field(default_factory=Currencies)
    debriefs: int = 0
    advanced: int = 0
    timeline_yes: int = 0
    timeline_no: int = 0
    authority_yes: int = 0
    authority_no: int = 0
    prompted: int = 0
    """Prompts sent for calls of the period; calls that joined an earlier prompt count once with it."""
    prompted_debriefed: int = 0
    coached_minutes: tuple[int, ...] = ()
    """Minutes of each held session with a commitment, as the coach."""
    commitments_due: int = 0
    commitments_kept: int = 0
    takings: Takings | None = None
    """None: nobody asked, as where a whole role is counted."""
