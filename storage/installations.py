"""Who installed the app, tokens sealed, and the installs under way: slack_sdk's own stores, on our database."""

from collections.abc import Sequence
from datetime import UTC, datetime

import sqlalchemy as sa
from slack_sdk.oauth.installation_store import Bot
from slack_sdk.oauth.installation_store.sqlalchemy import SQLAlchemyInstallationStore
from slack_sdk.oauth.state_store.sqlalchemy import SQLAlchemyOAuthStateStore

from storage.database import Database
from storage.sealing import Keyring, Sealed
from storage.tables.installations import token_columns


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
