"""Whatever anybody changes stands in the audit log: who did it, what it was, and what it is.

The walk is over all that is registered, as that of rights is: a new button or form is walked the day it is added.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import SQLModel, func, select

from bot.blocks.ids import Action, Input, View
from bot.core.enums import AuditAct, Role
from bot.sandbox import Member
from storage.tables import AuditEntry, Person
from tests.people.forging import World
from tests.people.test_conversation_rights import CHOSEN, WEST, elsewhere, walk, west
from tests.people.watched import BY_THE_FORM, watched_columns
from tests.support.closers import team_of_closers
from tests.support.office import Office

__all__ = ["elsewhere", "west"]
PRESSED = {
    Action.COACHING_OFF, Action.HEAR_AGAIN, Action.HEAR_LESS, Action.LEARNING_OFF, Action.LEAVE_BACK, Action.NAMING_OFF,
    Action.PAIR_NO_LOTS, Action.RETIRE_CRITERION, Action.SKIP_DIGEST, Action.TEACH,
}  # fmt: skip
SENT = {
    View.AGENT, View.ANSWER_DISPUTE, View.ASKING_RULES, View.CRITERION, View.DIGEST_PLAN, View.HOURS, View.NEW_AGENT,
    View.PAIR_WISH, View.ROSTER, View.SETUP_COSTS, View.SETUP_PEOPLE, View.SETUP_TEAM, View.TOPICS,
    View.WEIGHTS_PREVIEW,
}  # fmt: skip
"""What the walk is known to get through with."""


@dataclass
class Log:
    """Holds, after each thing that a person did, that what it changed is told from what to what, and by whom."""

    office: Office
    who_id: int
    seen: int
    stood: dict[str, list[str]] = field(init=False)
    changed: set[str] = field(default_factory=set)
    silent: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.stood = self._stands()

    def hold(self, name: str) -> None:
        before, self.stood = self.stood, self._stands()
        tables = {table for table, rows in self.stood.items() if rows != before[table]}
        with self.office.db.read() as session:
            new = session.exec(select(AuditEntry).where(AuditEntry.id > self.seen)).all()
        self.seen = max((one.id for one in new), default=self.seen)
        told = [
            one for one in new if one.act is AuditAct.SET and " → " in one.what and one.who_id == self.who_id
        ]
        if tables:
            self.changed.add(name)
        if tables and not told:
            self.silent.append(f"{name} changed {sorted(tables)}")

    def _stands(self) -> dict[str, list[str]]:
        """All that the log has to tell of."""
        watched: Mapping[str, set[str]] = watched_columns()
        with self.office.db.engine.connect() as connection:
            return {
                table.name: sorted(repr(row) for row in connection.execute(_settings(table, watched)))
                for table in SQLModel.metadata.sorted_tables
                if table.name in watched or table.name in BY_THE_FORM
            }


def _settings(table: sa.Table, watched: Mapping[str, set[str]]) -> sa.Select[Any]:
    columns = watched.get(table.name, {column.name for column in table.columns})
    asked = sa.select(*(table.columns[name] for name in sorted(columns)))
    if table.name == "pair_wish":
        return asked.where(table.c.kind.in_(("pin", "block")))
    return asked.where(table.c.from_day.is_not(None)) if table.name == "weight_set" else asked


def _log(office: Office, person: Member) -> Log:
    with office.db.read() as session:
        newest = session.exec(select(func.max(AuditEntry.id))).one() or 0
        who = session.exec(select(Person.id).where(Person.slack_user_id == person.id)).one()
    return Log(office, who, newest)


def filled_in(channel: str, newcomer: Member) -> Mapping[View, Mapping[str, str]]:
    """What gets through the forms that refuse anything else."""
    return {
        **CHOSEN,
        View.SETUP_COSTS: {Input.CURRENCY: "EUR", Input.PAID_BY: "money"},
        View.SETUP_TEAM: {Input.NAME: "North", Input.CHANNEL: channel},
        View.SETUP_PEOPLE: {Input.ROLE: "AE", Input.PEOPLE: newcomer.id, Input.CHANNEL: "", Input.GROUP: ""},
        View.DIGEST_PLAN: {
            Input.DAY: "3", Input.TIME: "16:30", Input.ZONE: "UTC", Input.LOCALE: "de-DE", Input.CHANNEL: channel,
        },
        View.ASKING_RULES: {Input.OPENS: "08:00", Input.CLOSES: "16:00", Input.ZONE: "UTC"},
        View.HOURS: {Input.OPENS: "08:00", Input.CLOSES: "16:00"},
        View.ROSTER: {Input.ROLE: "AE"},
        View.PAIR_WISH: {Input.WISH: "block", Input.LEARNER: str(WEST + 1)},
        View.NEW_AGENT: {Input.SOURCE: "zoom", Input.AGENT: "77", Input.PERSON: f"U{WEST}"},
    }  # fmt: skip


def test_whatever_is_pressed_or_sent_what_it_changes_is_told(office: Office, west: World) -> None:
    wim = office.hires("Wim", Role.MANAGER, WEST, is_admin=True)
    channel = office.sandbox.add_channel("west", [wim])
    office.sandbox.invite_bot(channel)
    log = _log(office, wim)

    walk(office, wim, WEST, chosen=filled_in(channel.id, office.sandbox.add_person("Nora")), then=log.hold)

    assert log.silent == []
    assert log.changed >= PRESSED | SENT, "else the walk would prove nothing"


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (
            "/coach on 3 pricing",
            "Ana changed preferences: coaches others off → on, learners a week 2 → 3 (Ana)",
        ),
        ("/coach on 3 pricing", "Ana changed coaches on: – → pricing (Ana)"),
        ("/coach learning off", "Ana changed preferences: is coached on → off (Ana)"),
        ("/coach naming off", "Ana changed preferences: is named on → off (Ana)"),
        ("/scorecard away 23-27 Nov", "Ana changed days off: – → 2026-11-23 to 2026-11-27 (Ana)"),
        ("/coach propose @Bo", "Ana changed asked to coach: – → in October 2026 (Bo)"),
        ("/scorecard coaching 14", "Ana changed coaching: days without 28 → 14"),
        ("/scorecard coaching gap 0.3", "Ana changed coaching: least gap 0.5 → 0.3"),
        ("/scorecard transcripts on", "Ana changed transcripts: read off → on"),
    ],
)
def test_whatever_is_typed_what_it_changes_is_told(office: Office, east: int, line: str, told: str) -> None:
    ana = office.hires("Ana", Role.MANAGER, east, is_admin=True)
    office.hires("Bo", Role.AE, east)

    ana.commands(line)

    assert told in ana.commands("/scorecard audit").says


def test_what_nobody_else_is_to_know_is_not_in_the_log(
    office: Office, ana: Member, bo: Member, east: int
) -> None:
    ada = office.hires("Ada", Role.MANAGER, east, is_admin=True)
    ana.commands("/coach never @Bo")
    ana.opens_home()
    ana.clicks("Quiet for today")
    ana.waits_for("Listen again")

    assert "Nothing yet" in ada.commands("/scorecard audit").says


def test_the_bots_own_acts_and_an_answer_stand_under_their_names(office: Office, east: int) -> None:
    ada = office.hires("Ada", Role.MANAGER, east, is_admin=True)
    team = team_of_closers(office, east)
    team.told()
    coach = team.coach().person.name
    team.ben.clicks("Accept")
    team.ben.waits_for("You and")

    told = ada.commands("/scorecard audit").says

    proposed = f"{coach} on win rate for 2026-11-16, proposed"
    assert f"Cornerman changed pair: – → {proposed} (Ben)" in told
    assert f"Ben changed pair: {proposed} → {proposed.replace('proposed', 'accepted')} (Ben)" in told


def test_whoever_was_erased_stands_in_no_line_by_name(
    office: Office, ana: Member, bo: Member, east: int
) -> None:
    ada = office.hires("Ada", Role.MANAGER, east, is_admin=True)
    ada.commands("/coach propose @Bo")
    bo.commands("/coach on")
    bo.opens_home()
    bo.clicks("Forget me")
    bo.submits(sure=True)
    office.tick()
    office.later(days=1)

    told = ada.commands("/scorecard audit").says

    assert "Bo" not in told and "Former colleague" in told
    assert "on → off" not in told, "that their wishes went is nobody's wish"
