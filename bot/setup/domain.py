"""Setting a workspace up: its steps, and what is known of each."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from decimal import Decimal
from enum import StrEnum

from bot.core.coaching_enums import PaidBy


class Step(StrEnum):
    """In the order in which they are best taken; each can be left and taken up again."""

    TEAM = "team"
    PEOPLE = "people"
    ROLES = "roles"
    DIGEST = "digest"
    CHECKLIST = "checklist"
    TARGETS = "targets"
    COSTS = "costs"


@dataclass(frozen=True, slots=True)
class Progress:
    """`team_id` and `team` are those of the team that still lacks something, else of the first, where there is one."""

    done: Mapping[Step, bool]
    team_id: int | None
    team: str
    channel: str | None
    people: int
    is_one_of_several: bool = False


@dataclass(frozen=True, slots=True)
class Costs:
    """`tool_cost` per rep and month, `credit_rate` per hour, both in `currency`; the times as `Workspace` has them."""

    tool_cost: Decimal
    credit_rate: Decimal
    paid_by: PaidBy
    currency: str
    keep_raw_days: int
    keep_messages_days: int
    keep_words_months: int


@dataclass(frozen=True, slots=True)
class AskingRules:
    """When and how much people are asked, when a deal is stuck, and the clock of what is no team's.

    The names are those of `Workspace`.
    """

    prompts_per_day: int
    min_talk_seconds: int
    stale_days: int
    work_starts: time
    work_ends: time
    time_zone: str


@dataclass(frozen=True, slots=True)
class Enrolled:
    """Names: who is new on the roster or in a role (and their ids), and who had one already."""

    added: list[str]
    known: list[str]
    new_ids: tuple[int, ...] = ()
