"""Rows that are none of the asker's business, and clicks and forms that claim to be about them."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlmodel import AutoString, Session, SQLModel

from bot.blocks.ids import Input
from bot.sandbox import Member
from bot.sandbox.people.text import text_of
from bot.sandbox.state import Message, View
from storage.database import Database
from storage.types import Money, UTCDateTime
from tests.support.office import Office

WHEN = datetime(2026, 11, 16, 8, tzinfo=UTC)
"""This morning: what is over could not be changed by anybody."""
OTHER_PERSON = {"learner_id", "ae_id"}
"""Columns of the second person, where a row speaks of two."""
FILLED = {
    ("commitment_question", "session_id"),
    ("outbox_message", "person_id"),
    ("pair_wish", "said_by_id"),
    ("prompt", "message_id"),
    ("digest", "message_id"),
    ("call_agent", "person_id"),
    ("criterion", "team_id"),
    ("quota", "person_id"),
}
"""References that may be blank and had better not be."""
REPEATED = {Input.GOAL, Input.CRITERION}
"""Asked several times in one form, in blocks of other names."""
EVERYBODYS = {"workspace"}
"""Of the whole company."""
ABSENT = "absent"
"""Chosen of an input that the form does not have."""
LATER = {"until", "ended_at", "due_at"}
SPECIAL: dict[tuple[str, str], Any] = {
    ("person", "email"): "wes{id}@example.com",
    ("former_email", "email"): "was{id}@example.com",
    ("person", "slack_user_id"): "U{id}",
    ("person", "name"): "Wes {id}",
    ("person", "time_zone"): "UTC",
    ("person", "locale"): "en-US",
    ("team", "time_zone"): "UTC",
    ("team", "locale"): "en-US",
    ("team", "country"): None,
    ("team", "name"): "West {id}",
    ("outbox_message", "state"): "unknown",
    ("inbox_event", "state"): "parked",
    ("membership", "started_on"): date(1970, 1, 1),
    ("story", "shared"): False,
    ("criterion", "name"): "Budget {id}",
    ("criterion", "choices"): "",
    ("coaching_session", "minutes"): 30,
    ("crm_pull", "kind"): "deals",
    ("crm_refusal", "kind"): "deals",
    ("coaching_rules", "debt_days"): 28,
    ("weight", "share"): 1.0,
    ("exchange_rate", "currency"): "EUR",
    ("past_closing", "status"): "won",
    ("call_agent", "not_ours"): False,
}


class World:
    """One row of every table, numbered `base`, in which every word is `secret`; two people, `base` and `base` + 1."""

    def __init__(self, db: Database, workspace_id: int, base: int, secret: str) -> None:
        self.workspace_id, self.base, self.secret = workspace_id, base, secret
        with db.begin() as session:
            for table in SQLModel.metadata.sorted_tables:
                if (
                    table.name != "workspace"
                    and "workspace_id" in table.columns
                    and not table.name.startswith("rep_")
                ):
                    self._fill(session, table, base)
                    if table.name in ("person", "membership"):
                        self._fill(session, table, base + 1)

    def _fill(self, session: Session, table: sa.Table, number: int) -> None:
        values = {column.name: self._value(table, column, number) for column in table.columns}
        session.execute(table.insert().values(values | {"id": number, "workspace_id": self.workspace_id}))

    def _value(self, table: sa.Table, column: sa.Column[Any], number: int) -> Any:
        if (table.name, column.name) in SPECIAL:
            given = SPECIAL[table.name, column.name]
            return given.format(id=number) if isinstance(given, str) else given
        if any(
            key.column.name == "id" and key.column.table.name != "workspace" for key in column.foreign_keys
        ):
            if column.nullable and (table.name, column.name) not in FILLED:
                return None
            return (
                self.base + (column.name in OTHER_PERSON)
                if table.name != "membership"
                else self._member(column, number)
            )
        if column.nullable:
            return None
        return self._of_type(column, number)

    def _member(self, column: sa.Column[Any], number: int) -> int:
        return number if column.name == "person_id" else self.base

    def _of_type(self, column: sa.Column[Any], number: int) -> Any:
        kind = column.type
        if isinstance(kind, sa.Enum):
            return kind.enum_class(kind.enums[0]) if kind.enum_class else kind.enums[0]
        if isinstance(kind, UTCDateTime):
            return WHEN + timedelta(hours=column.name in LATER)
        if isinstance(kind, Money):
            return Decimal(1)
        if isinstance(kind, sa.JSON):
            return {}
        if isinstance(kind, AutoString):
            return f"{self.secret} {number}"
        made: dict[type, Any] = {
            bool: True,
            int: 1,
            float: 1.0,
            date: date(2026, 11, 16 if column.name == "week" else 20),
            time: time(9),
        }
        return made[kind.python_type]

    def rows(self, db: Database) -> dict[str, list[tuple[Any, ...]]]:
        """All of it, to be compared with what it was."""
        with db.engine.connect() as connection:
            return {
                table.name: [tuple(row) for row in connection.execute(_of(table, self.base))]
                for table in SQLModel.metadata.sorted_tables
                if "id" in table.columns and table.name not in EVERYBODYS
            }


def _of(table: sa.Table, base: int) -> sa.Select[Any]:
    numbers = (base, base + 1) if table.name in ("person", "membership") else (base,)
    return sa.select(table).where(table.c.id.in_(numbers))


def state(chosen: Mapping[str, str], number: int) -> dict[str, Any]:
    """Every input there is, filled in with everything an input of any kind may hold; menus hold the number too."""
    names = [name for name in Input if name not in REPEATED and chosen.get(name) != ABSENT]
    once: dict[str, Any] = {
        name: {name: _entered(chosen[name]) if name in chosen else _element(str(number))} for name in names
    }
    return once | {str(number): {Input.ROLE: _element("SDR")}}


def _element(choice: str) -> dict[str, Any]:
    option = {"value": choice, "text": {"type": "plain_text", "text": choice}}
    return {
        "type": "plain_text_input",
        "value": "12",
        "selected_option": option,
        "selected_options": [option],
        "selected_date": "2026-11-20",
        "selected_time": "09:00",
        "selected_date_time": int(WHEN.timestamp()),
        "selected_user": "U0NOBODY",
        "selected_users": ["U0NOBODY"],
        "selected_conversation": "C0NOWHERE",
    }


def _entered(given: str) -> dict[str, Any]:
    """The same in whatever kind of input it is."""
    kinds = ("value", "selected_date", "selected_time", "selected_user", "selected_conversation")
    return _element(given) | dict.fromkeys(kinds, given) | {"selected_users": [given]}


def button(
    person: Member, office: Office, action: str, value: str, *, about: int, kind: str, in_modal: bool
) -> None:
    """The person presses a button (or chooses in a menu) that carries this value."""
    text = {"type": "plain_text", "text": "Press"}
    element: dict[str, Any] = {"type": "button", "action_id": action, "text": text, "value": value}
    if kind == "datepicker":
        element = {"type": kind, "action_id": action, "placeholder": text}
    elif kind != "button":
        option = {"text": text, "value": value}
        element = {"type": kind, "action_id": action, "placeholder": text, "options": [option]}
    block = {"type": "actions", "block_id": f"forged {about}", "elements": [element]}
    message = _modal(person, office, [block]) if in_modal else _message(person, office, [block])
    if kind == "button":
        person.clicks("Press", None if in_modal else message)  # type: ignore[arg-type]
    else:
        choice = "2026-11-20" if kind == "datepicker" else "Press"
        person.chooses("Press", choice, None if in_modal else message)  # type: ignore[arg-type]


def _message(person: Member, office: Office, blocks: list[dict[str, Any]]) -> Message:
    workspace = office.sandbox.workspace
    with workspace.lock:
        app = office.sandbox.app
        there = person.dm_channel
        message = Message(workspace.ts(), there.id, app.bot_user, "forged", blocks, app=app)
        there.messages.append(message)
        workspace.changed()
    return message


def _modal(person: Member, office: Office, blocks: list[dict[str, Any]], **body: Any) -> View:
    workspace = office.sandbox.workspace
    title = {"type": "plain_text", "text": "Forged"}
    with workspace.lock:
        number = workspace.new_id("V")
        whole = {"type": "modal", "title": title, "submit": title, "blocks": blocks, "callback_id": "said",
                 "private_metadata": ""} | body  # fmt: skip
        view = View(number, person.id, whole, f"{number}.1", workspace.ts(), root_id=number)
        person.person.modals = [view]
        workspace.changed()
    return view


def form(
    person: Member, office: Office, view: str, metadata: str, number: int, chosen: Mapping[str, str]
) -> None:
    """The person sends a form that carries this metadata, and this number wherever something is chosen."""
    made = _modal(person, office, [], callback_id=view, private_metadata=metadata)
    made.values = state(chosen, number)
    person.sends(made)


def told(office: Office) -> Iterator[str]:
    """Everything that anybody has before them, or was ever sent."""
    workspace = office.sandbox.workspace
    with workspace.lock:
        for channel in workspace.channels.values():
            yield from (f"{text_of(message)} {message.text}" for message in channel.messages)
        yield from (text_of(view) for view in workspace.views())
