"""Tokens are sealed, keys can be changed, and a state is taken once: on SQLite and on PostgreSQL."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from cryptography.fernet import Fernet
from slack_sdk.oauth.installation_store import Installation

from storage.database import Database
from storage.installations import Installations, Keyring, States
from storage.tables import BOTS, INSTALLATIONS

OLD, NEW = Fernet.generate_key().decode(), Fernet.generate_key().decode()
TOKEN = "xoxb-" + "1234567890-" * 20
NOON = datetime(2026, 11, 16, 12, tzinfo=UTC)


def opened(db: Database, *keys: str) -> Installations:
    return Installations(db, "client", Keyring(keys))


def installed(
    store: Installations, team: str, token: str = TOKEN, *, at: datetime = NOON, enterprise: str | None = None
) -> None:
    store.save(
        Installation(
            app_id="A1",
            enterprise_id=enterprise,
            team_id=team,
            team_name=f"Team {team}",
            bot_token=token,
            bot_id="B1",
            bot_user_id="U1",
            user_id="U2",
            installed_at=at.timestamp(),
        )
    )


def tokens(store: Installations) -> dict[str | None, str | None]:
    return {bot.team_id: bot.bot_token for bot in store.newest()}


def test_no_token_is_stored_as_it_is(any_db: Database) -> None:
    store = opened(any_db, OLD)
    installed(store, "T1")

    with any_db.read() as session:
        stored = [str(session.execute(sa.select(table)).all()) for table in (BOTS, INSTALLATIONS)]
    assert all("T1" in rows and "xoxb" not in rows for rows in stored)
    assert tokens(store) == {"T1": TOKEN}
    assert (found := store.find_bot(enterprise_id=None, team_id="T1")) and found.bot_token == TOKEN


def test_the_newest_installation_of_a_team_counts(any_db: Database) -> None:
    store = opened(any_db, OLD)
    installed(store, "T1", "xoxb-second", at=NOON + timedelta(days=1))
    installed(store, "T1", "xoxb-first", enterprise="E1")
    installed(store, "T2", "xoxb-other")

    assert tokens(store) == {"T1": "xoxb-second", "T2": "xoxb-other"}


def test_another_apps_installations_are_not_read(any_db: Database) -> None:
    installed(opened(any_db, OLD), "T1")

    assert Installations(any_db, "another", Keyring([OLD])).newest() == []


def test_a_wrong_key_costs_the_token_and_not_the_row(any_db: Database) -> None:
    installed(opened(any_db, OLD), "T1")
    installed(opened(any_db, NEW), "T2")

    assert tokens(opened(any_db, NEW)) == {"T1": None, "T2": TOKEN}


def test_after_resealing_the_old_key_can_go(any_db: Database) -> None:
    installed(opened(any_db, OLD), "T1")

    assert opened(any_db, NEW, OLD).reseal() == (2, 0)
    assert tokens(opened(any_db, NEW)) == {"T1": TOKEN}
    assert tokens(opened(any_db, OLD)) == {"T1": None}


def test_resealing_leaves_alone_what_no_key_opens(any_db: Database) -> None:
    installed(opened(any_db, OLD), "T1")

    assert opened(any_db, NEW).reseal() == (0, 2)
    assert tokens(opened(any_db, OLD)) == {"T1": TOKEN}


@pytest.fixture
def states(any_db: Database) -> Iterator[States]:
    yield States(any_db, 600)


def test_a_state_is_taken_once(states: States) -> None:
    state = states.issue()

    assert states.consume(state)
    assert not states.consume(state)
    assert not states.consume("made-up")


def test_of_many_that_bring_one_state_at_once_one_is_served(states: States) -> None:
    state = states.issue()

    with ThreadPoolExecutor(4) as browsers:
        assert sum(browsers.map(states.consume, [state] * 8)) == 1


def test_an_old_state_is_refused_and_swept(any_db: Database) -> None:
    state = States(any_db, -1).issue()
    states = States(any_db, 600)

    assert not states.consume(state)
    with any_db.read() as session:
        assert session.execute(sa.select(states.oauth_states)).all() == []
