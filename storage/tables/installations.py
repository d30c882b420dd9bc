"""slack_sdk's own tables: who installed the app where, with which token, and which installs are under way.

They are slack_sdk's in name and shape, and know a workspace by Slack's team id. Only the columns that hold tokens
are wider, since sealing makes them longer.
"""

import sqlalchemy as sa
from slack_sdk.oauth.installation_store.sqlalchemy import SQLAlchemyInstallationStore as Store
from slack_sdk.oauth.state_store.sqlalchemy import SQLAlchemyOAuthStateStore as StateStore
from sqlmodel import SQLModel

BOTS = Store.build_bots_table(SQLModel.metadata, Store.default_bots_table_name)
INSTALLATIONS = Store.build_installations_table(SQLModel.metadata, Store.default_installations_table_name)
OAUTH_STATES = StateStore.build_oauth_states_table(SQLModel.metadata, StateStore.default_table_name)

TOKENS = ("bot_token", "bot_refresh_token", "user_token", "user_refresh_token", "incoming_webhook_url")


def token_columns(table: sa.Table) -> list[sa.Column[str]]:
    """The columns that hold a secret: a webhook's URL is one too."""
    return [table.c[name] for name in TOKENS if name in table.c]


for _column in (*token_columns(BOTS), *token_columns(INSTALLATIONS)):
    _column.type = sa.String()
