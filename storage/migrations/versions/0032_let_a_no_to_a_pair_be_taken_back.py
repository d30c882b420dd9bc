"""Let a no to a pair be taken back"""

import sqlalchemy as sa
from alembic import op

import storage.types

revision = '0032'
down_revision = '0031'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('pairing', schema=None) as batch_op:
        batch_op.add_column(sa.Column('no_stands_at', storage.types.UTCDateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('coach_said_no', sa.Boolean(), server_default=sa.text('false'), nullable=False))
        batch_op.create_index('ix_pairing_no', ['no_stands_at'], unique=False, sqlite_where=sa.text('no_stands_at IS NOT NULL'), postgresql_where=sa.text('no_stands_at IS NOT NULL'))


def downgrade() -> None:
    with op.batch_alter_table('pairing', schema=None) as batch_op:
        batch_op.drop_index('ix_pairing_no', sqlite_where=sa.text('no_stands_at IS NOT NULL'), postgresql_where=sa.text('no_stands_at IS NOT NULL'))
        batch_op.drop_column('coach_said_no')
        batch_op.drop_column('no_stands_at')
