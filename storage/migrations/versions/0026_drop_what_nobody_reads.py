"""Drop what nobody reads"""

import sqlalchemy as sa
from alembic import op

import storage.types

revision = '0026'
down_revision = '0025'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('coach_invitation', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_coach_invitation_workspace_id_proposed_by_id'), type_='foreignkey')
        batch_op.drop_column('invited_at')
        batch_op.drop_column('proposed_by_id')

    with op.batch_alter_table('prompt', schema=None) as batch_op:
        batch_op.drop_column('snoozed')


def downgrade() -> None:
    with op.batch_alter_table('prompt', schema=None) as batch_op:
        batch_op.add_column(sa.Column('snoozed', sa.Boolean(), nullable=False, server_default=sa.false()))

    with op.batch_alter_table('coach_invitation', schema=None) as batch_op:
        batch_op.add_column(sa.Column('proposed_by_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('invited_at', storage.types.UTCDateTime(timezone=True), nullable=False, server_default='1970-01-01 00:00:00+00:00'))
        batch_op.create_foreign_key(batch_op.f('fk_coach_invitation_workspace_id_proposed_by_id'), 'person', ['workspace_id', 'proposed_by_id'], ['workspace_id', 'id'], ondelete='CASCADE')
