"""Give teams their own checklist and targets"""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

import storage.types

revision = '0030'
down_revision = '0029'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('criterion', schema=None) as batch_op:
        batch_op.add_column(sa.Column('team_id', sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column('told_at', storage.types.UTCDateTime(timezone=True), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_criterion_workspace_id_team_id'), 'team', ['workspace_id', 'team_id'], ['workspace_id', 'id'], ondelete='CASCADE')
    with op.batch_alter_table('target', schema=None) as batch_op:
        batch_op.add_column(sa.Column('team_id', sa.Integer(), nullable=True))
        batch_op.create_check_constraint(batch_op.f('ck_target_one_of_two'), 'person_id IS NULL OR team_id IS NULL')
        batch_op.create_foreign_key(batch_op.f('fk_target_workspace_id_team_id'), 'team', ['workspace_id', 'team_id'], ['workspace_id', 'id'], ondelete='CASCADE')
    known = sa.table('criterion', sa.column('told_at', storage.types.UTCDateTime(timezone=True)))
    op.execute(known.update().values(told_at=datetime.now(UTC)))


def downgrade() -> None:
    with op.batch_alter_table('target', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_target_workspace_id_team_id'), type_='foreignkey')
        batch_op.drop_constraint(batch_op.f('ck_target_one_of_two'), type_='check')
        batch_op.drop_column('team_id')
    with op.batch_alter_table('criterion', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_criterion_workspace_id_team_id'), type_='foreignkey')
        batch_op.drop_column('told_at')
        batch_op.drop_column('team_id')
