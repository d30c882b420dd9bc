"""Who installed the app, tokens sealed, and the installs under way: slack_sdk's own stores, on our database."""

from collections.abc import Sequence
from datetime import UTC, datetime

import sqlalchemy as sa
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from slack_sdk.oauth.installation_store import Bot
from slack_sdk.oauth.installation_store.sqlalchemy import SQLAlchemyInstallationStore
from slack_sdk.oauth.state_store.sqlalchemy import SQLAlchemyOAuthStateStore
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from storage.database import Database
from storage.tables.installations import token_columns


class Keyring:
    """Fernet keys (32 bytes in URL-safe base64), the one in use first; raises ValueError for what is none."""

    def __init__(self, keys: Sequence[str]) -> None:
        self._fernet = MultiFernet([Fernet(key) for key in keys])

    def seal(self, text: str) -> str:
        return self._fernet.encrypt(text.encode()).decode()

    def open(self, sealed: str) -> str | None:
        """None where no key opens it."""
        try:
            return self._fernet.decrypt(sealed.encode()).decode()
        except InvalidToken:
            return None


class Sealed(TypeDecorator[str]):
    """Text that only the ring's keys can read; what none of them opens reads as NULL."""

    impl = sa.String
    cache_ok = True

    def __init__(self, ring: Keyring) -> None:
        super().__init__()
        self.ring = ring

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else self.ring.seal(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else self.ring.open(value)


class Installations(SQLAlchemyInstallationStore):
    """Tokens are sealed as they are written and opened as they are read."""

    def __init__(self, db: Database, client_id: str, ring: Keyring) -> None:
        super().__init__(client_id, db.engine.execution_options(writes=True))
        self._db = db
        self._ring = ring
        for column in (*token_columns(self.bots), *token_columns(self.installations)):
            column.type = Sealed(ring)

    def newest(self) -> list[Bot]:
        """Each team's newest bot; its token is None where no key opens it."""
        query = self.bots.select().where(self.bots.c.client_id == self.client_id)
        with self._db.read() as session:
            rows = session.execute(query.order_by(self.bots.c.installed_at, self.bots.c.id)).mappings()
            return list({row["team_id"]: self.build_bot_entity(row) for row in rows}.values())

    def reseal(self) -> tuple[int, int]:
        """Seal every token with the first key; returns how many rows were, and how many no key opens."""
        resealed = unopened = 0
        with self._db.begin() as session:
            for table in (self.bots, self.installations):
                for row in session.execute(sa.select(table)).mappings().all():
                    kept = {name: row[name] for name in _secrets(table) if row[name] is not None}
                    if kept:
                        session.execute(sa.update(table).where(table.c.id == row["id"]).values(**kept))
                    resealed, unopened = resealed + bool(kept), unopened + (not kept)
        return resealed, unopened


class States(SQLAlchemyOAuthStateStore):
    """Each state is taken once, by whichever process is first, and only while it is young."""

    def __init__(self, db: Database, expiration_seconds: int) -> None:
        super().__init__(expiration_seconds, db.engine.execution_options(writes=True))

    def consume(self, state: str) -> bool:
        """One statement: of two that bring the same state at once, one finds it gone."""
        states = self.oauth_states.c
        with self.engine.begin() as connection:
            now = datetime.now(UTC).replace(tzinfo=None)  # slack_sdk's columns are naive and in UTC
            connection.execute(self.oauth_states.delete().where(states.expire_at <= now))
            taken = connection.execute(self.oauth_states.delete().where(states.state == state))
            return taken.rowcount == 1


def _secrets(table: sa.Table) -> Sequence[str]:
    return [column.name for column in token_columns(table)]
