"""Give coaching its own week"""

import re
from collections.abc import Callable

import sqlalchemy as sa
from alembic import op

import storage.types

revision = '0028'
down_revision = '0027'
branch_labels = None
depends_on = None

CONDITION = "status IN ('proposed', 'accepted', 'declined', 'met', 'missed')"


def upgrade() -> None:
    op.create_table('silent_feed',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('workspace_id', sa.Integer(), nullable=False),
    sa.Column('team_id', sa.Integer(), nullable=False),
    sa.Column('feed', sa.String(), nullable=False),
    sa.Column('last_on', sa.Date(), nullable=False),
    sa.Column('told_at', storage.types.UTCDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['workspace_id', 'team_id'], ['team.workspace_id', 'team.id'], name=op.f('fk_silent_feed_workspace_id_team_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id'], name=op.f('fk_silent_feed_workspace_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_silent_feed')),
    sa.UniqueConstraint('workspace_id', 'team_id', 'feed', 'last_on', name=op.f('uq_silent_feed_workspace_id_team_id_feed_last_on'))
    )
    with op.batch_alter_table('coaching_rules', schema=None) as batch_op:
        batch_op.add_column(sa.Column('least_gap', sa.Float(), server_default='0.5', nullable=False))

    with op.batch_alter_table('team', schema=None) as batch_op:
        batch_op.add_column(sa.Column('pairs_next_at', storage.types.UTCDateTime(timezone=True), nullable=True))


    if op.get_bind().dialect.name == 'sqlite':
        _rewrite(
            lambda sql: re.sub(r',\s*CONSTRAINT \S*pairingstatus CHECK \(status IN \([^()]*\)\)', '', sql)
        )
    else:
        op.drop_constraint(op.f('ck_pairing_pairingstatus'), 'pairing', type_='check')


def downgrade() -> None:
    op.execute("UPDATE pairing SET status = 'declined' WHERE status = 'lapsed'")
    if op.get_bind().dialect.name == 'sqlite':
        _rewrite(lambda sql: f'{sql.rstrip()[:-1]}, CONSTRAINT ck_pairing_pairingstatus CHECK ({CONDITION}))')
    else:
        op.create_check_constraint(op.f('ck_pairing_pairingstatus'), 'pairing', CONDITION)
    with op.batch_alter_table('team', schema=None) as batch_op:
        batch_op.drop_column('pairs_next_at')

    with op.batch_alter_table('coaching_rules', schema=None) as batch_op:
        batch_op.drop_column('least_gap')

    op.drop_table('silent_feed')


def _rewrite(change: Callable[[str], str]) -> None:
    """As in 0020: say otherwise how the table was made, without copying it and what refers to it."""
    connection = op.get_bind()
    version = connection.exec_driver_sql('PRAGMA schema_version').scalar_one()
    connection.exec_driver_sql('PRAGMA writable_schema = ON')
    known = "SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = 'pairing'"
    written = connection.exec_driver_sql(known).scalar_one()
    changed = sa.text("UPDATE sqlite_schema SET sql = :sql WHERE type = 'table' AND name = 'pairing'")
    connection.execute(changed, {'sql': change(written)})
    connection.exec_driver_sql(f'PRAGMA schema_version = {version + 1}')
    connection.exec_driver_sql('PRAGMA writable_schema = OFF')
