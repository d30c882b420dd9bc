"""Drop three columns that nobody reads"""

import sqlalchemy as sa
from alembic import op

import storage.types

revision = '0044'
down_revision = '0043'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('call_conversation', schema=None) as batch_op:
        batch_op.drop_column('speakers')

    with op.batch_alter_table('lot_ticket', schema=None) as batch_op:
        batch_op.drop_column('drawn_at')

    with op.batch_alter_table('workspace', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_workspace_prior_trials'), type_='check')
        batch_op.drop_column('prior_trials')


def downgrade() -> None:
    with op.batch_alter_table('workspace', schema=None) as batch_op:
        batch_op.add_column(sa.Column('prior_trials', sa.Integer(), nullable=False, server_default='20'))
        batch_op.create_check_constraint(batch_op.f('ck_workspace_prior_trials'), 'prior_trials > 0')

    with op.batch_alter_table('lot_ticket', schema=None) as batch_op:
        batch_op.add_column(sa.Column('drawn_at', storage.types.UTCDateTime(timezone=True), nullable=False, server_default='1970-01-01 00:00:00+00:00'))

    with op.batch_alter_table('call_conversation', schema=None) as batch_op:
        batch_op.add_column(sa.Column('speakers', sa.Integer(), nullable=False, server_default='2'))
