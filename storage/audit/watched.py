"""What of a row is told in the audit log when it changes: settings, people's roles and wishes, pairs.

Records of work (calls, debriefs, leads, deals, accounts) keep histories of their own. Nothing here holds a person's
name, words or figures: people are told as `{person:7}`, teams as `{team:3}`, channels as `#C0123`, and read as names.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from typing import Any

from storage.tables import (
    EVER,
    CallAgent,
    CoachingRules,
    CoachInvitation,
    CoachTopic,
    Criterion,
    Digest,
    Dispute,
    Leave,
    LossReason,
    Membership,
    Pairing,
    PairWish,
    PayMonth,
    Person,
    Quota,
    Team,
    TeamGoal,
    Unwanted,
    WishKind,
    Workspace,
)

Told = Mapping[str, str]
"""By what it is called, how it stands; what does not stand is not in it, or blank."""
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


@dataclass(frozen=True, slots=True)
class Watched:
    """Rows of one table under one heading; `is_new_told`: whether a row that comes to be is told like a change."""

    table: type[Any]
    called: str
    columns: tuple[str, ...]
    told: Callable[[Mapping[str, Any]], Told]
    whom: str = ""
    team: str = ""
    is_new_told: bool = True
    unwritten: Told | None = None
    """How it stands while there is no row."""


def _line(tell: Callable[..., str]) -> Callable[[Mapping[str, Any]], Told]:
    """Of rows that are one of several: each is told in one piece."""
    return lambda row: {"": tell(row)}


def _fields(**names: str) -> Callable[[Mapping[str, Any]], Told]:
    return lambda row: {called: _plain(row[name]) for name, called in names.items()}


def _plain(value: Any) -> str:
    match value:
        case None | "":
            return ""
        case bool():
            return "on" if value else "off"
        case time():
            return f"{value:%H:%M}"
        case Decimal() | float():
            return f"{value:g}"
        case _:
            return str(value)


def _span(first: date, last: date | None) -> str:
    begins = "" if first == EVER else f" from {first}"
    return begins + (f" until {last}" if last else "")


def _digest(row: Mapping[str, Any]) -> Told:
    rest = _fields(digest_time="time", time_zone="zone", locale="dates as in")
    return {"day": _DAYS[row["digest_weekday"]], **rest(row)}


def _agent(row: Mapping[str, Any]) -> str:
    whose = "nobody's" if row["not_ours"] else _person(row["person_id"]) if row["person_id"] else ""
    return whose and f"{row['source']} {row['agent']} is {whose}"


def _topics(row: Mapping[str, Any]) -> str:
    return ", ".join(row["topics"].splitlines())


def _wish(row: Mapping[str, Any]) -> str:
    """What people want for themselves (never with somebody, a no) is nobody else's to read."""
    if row["kind"] not in (WishKind.PIN, WishKind.BLOCK):
        return ""
    couple = f"{_person(row['coach_id'])} with {_person(row['learner_id'])}"
    return f"{row['kind']} {couple}" + (f" for {row['week']}" if row["week"] else "")


def _pair(row: Mapping[str, Any]) -> str:
    about = str(row["metric"]).replace("_", " ")
    return f"{_person(row['coach_id'])} on {about} for {row['week']}, {row['status']}"


def _goal(row: Mapping[str, Any]) -> str:
    return " ".join(_plain(row[name]) for name in ("role", "period", "amount", "currency")).strip()


def _pay(row: Mapping[str, Any]) -> str:
    """Whether it was decided, never how much it is."""
    decided = {True: "approved", False: "not approved"}.get(row["approved"], "")
    return decided and f"{row['month']:%B %Y} {decided}"


def _team_goal(row: Mapping[str, Any]) -> str:
    return f"{row['period']} {str(row['metric']).replace('_', ' ')} {row['value']:.0%}"


def _person(id: int) -> str:
    return f"{{person:{id}}}"


_MONEY = {"tool_cost": "tools", "credit_rate": "credit", "currency": "currency", "paid_by": "paid by"}
_KEPT = {
    "keep_raw_days": "raw days",
    "keep_messages_days": "message days",
    "keep_words_months": "word months",
}
_ASKING = {
    "time_zone": "zone",
    "prompts_per_day": "questions a day",
    "min_talk_seconds": "talk seconds",
    "stale_days": "days until stuck",
    "work_starts": "work starts",
    "work_ends": "work ends",
}
_OWN = {
    "willing": "coaches others",
    "coach_capacity": "learners a week",
    "wants_coaching": "is coached",
    "named_publicly": "is named",
    "work_starts": "work starts",
    "work_ends": "work ends",
    "time_zone": "zone",
}

WATCHED: Sequence[Watched] = (
    Watched(Workspace, "costs and keeping", (*_MONEY, *_KEPT), _fields(**_MONEY, **_KEPT), is_new_told=False),
    Watched(Workspace, "workspace", (*_ASKING,), _fields(**_ASKING), is_new_told=False),
    Watched(Workspace, "transcripts", ("reads_transcripts",), _fields(reads_transcripts="read"), is_new_told=False),
    Watched(Workspace, "topics", ("topics",), _line(_topics), is_new_told=False),
    Watched(Team, "topics", ("topics",), _line(_topics), team="id", is_new_told=False),
    Watched(Team, "team", ("name", "country", "fiscal_start"),
            _fields(name="name", country="country", fiscal_start="fiscal year's first month"), team="id"),
    Watched(Team, "channel", ("channel",), _line(lambda row: f"#{row['channel']}" if row["channel"] else ""),
            team="id"),
    Watched(Team, "digest", ("digest_weekday", "digest_time", "time_zone", "locale"), _digest, team="id",
            is_new_told=False),
    Watched(Team, "lots", ("draws_lots",), _fields(draws_lots="are drawn"), team="id", is_new_told=False),
    Watched(Person, "rights", ("is_admin",), _fields(is_admin="admin"), whom="id", is_new_told=False),
    Watched(Person, "preferences", (*_OWN,), _fields(**_OWN), whom="id", is_new_told=False),
    Watched(Membership, "role", ("role", "team_id", "started_on", "ended_on"),
            _line(lambda row: f"{row['role']} in {{team:{row['team_id']}}}{_span(row['started_on'], row['ended_on'])}"),
            whom="person_id"),
    Watched(Leave, "days off", ("first_day", "last_day"),
            _line(lambda row: f"{row['first_day']} to {row['last_day']}"), whom="person_id"),
    Watched(Unwanted, "wants no", ("kind",), _line(lambda row: str(row["kind"]).replace("_", " ")), whom="person_id"),
    Watched(CoachTopic, "coaches on", ("topic",), _line(lambda row: str(row["topic"])), whom="person_id"),
    Watched(CoachInvitation, "asked to coach", ("quarter",), _line(lambda row: f"in {row['quarter']:%B %Y}"),
            whom="person_id"),
    Watched(CoachingRules, "coaching", ("debt_days", "least_gap"),
            _fields(debt_days="days without", least_gap="least gap"),
            unwritten={"days without": "28", "least gap": "0.5"}),
    Watched(CallAgent, "extension", ("source", "agent", "person_id", "not_ours"), _line(_agent), whom="person_id"),
    Watched(PairWish, "wish", ("kind", "coach_id", "learner_id", "week"), _line(_wish), whom="learner_id"),
    Watched(Pairing, "pair", ("coach_id", "metric", "week", "status"), _line(_pair), whom="learner_id",
            team="team_id"),
    Watched(Criterion, "checklist", ("name", "required", "retired_at"),
            _line(lambda row: "" if row["retired_at"] else row["name"] + ("" if row["required"] else " (optional)")),
            team="team_id"),
    Watched(Quota, "goal in money", ("role", "period", "amount", "currency"), _line(_goal), whom="person_id",
            team="team_id"),
    Watched(PayMonth, "coaching pay", ("month", "approved"), _line(_pay), whom="coach_id"),
    Watched(TeamGoal, "team goal", ("period", "metric", "value"), _line(_team_goal), team="team_id"),
    Watched(LossReason, "loss reasons", ("label", "retired_at"),
            _line(lambda row: "" if row["retired_at"] else str(row["label"]))),
    Watched(Dispute, "dispute", ("status",), _line(lambda row: str(row["status"])), whom="person_id"),
    Watched(Digest, "digest told", ("week", "skipped"),
            _line(lambda row: f"week of {row['week']} " + ("skipped" if row["skipped"] else "posted")), team="team_id"),
)  # fmt: skip
"""In one order, which is that of the log's lines."""
