"""Keep goals in money"""

import sqlalchemy as sa
from alembic import op

import storage.types

revision = '0031'
down_revision = '0030'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('quota',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('workspace_id', sa.Integer(), nullable=False),
    sa.Column('whose', sa.String(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=True),
    sa.Column('role', sa.Enum('SDR', 'AE', 'AM', 'manager', name='role', native_enum=False, create_constraint=True, length=40), nullable=True),
    sa.Column('team_id', sa.Integer(), nullable=True),
    sa.Column('period', sa.String(), nullable=False),
    sa.Column('amount', storage.types.Money(), nullable=False),
    sa.Column('currency', sa.String(), nullable=False),
    sa.CheckConstraint('(person_id IS NULL) <> (role IS NULL)', name=op.f('ck_quota_one_of_two')),
    sa.CheckConstraint('amount >= 0', name=op.f('ck_quota_amount')),
    sa.CheckConstraint('team_id IS NULL OR role IS NOT NULL', name=op.f('ck_quota_team_has_role')),
    sa.ForeignKeyConstraint(['workspace_id', 'person_id'], ['person.workspace_id', 'person.id'], name=op.f('fk_quota_workspace_id_person_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['workspace_id', 'team_id'], ['team.workspace_id', 'team.id'], name=op.f('fk_quota_workspace_id_team_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id'], name=op.f('fk_quota_workspace_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_quota')),
    sa.UniqueConstraint('workspace_id', 'whose', 'period', name=op.f('uq_quota_workspace_id_whose_period'))
    )
    with op.batch_alter_table('quota', schema=None) as batch_op:
        batch_op.create_index('ix_quota_person_id', ['workspace_id', 'person_id'], unique=False, sqlite_where=sa.text('person_id IS NOT NULL'), postgresql_where=sa.text('person_id IS NOT NULL'))
        batch_op.create_index('ix_quota_team_id', ['workspace_id', 'team_id'], unique=False, sqlite_where=sa.text('team_id IS NOT NULL'), postgresql_where=sa.text('team_id IS NOT NULL'))



def downgrade() -> None:
    with op.batch_alter_table('quota', schema=None) as batch_op:
        batch_op.drop_index('ix_quota_team_id', sqlite_where=sa.text('team_id IS NOT NULL'), postgresql_where=sa.text('team_id IS NOT NULL'))
        batch_op.drop_index('ix_quota_person_id', sqlite_where=sa.text('person_id IS NOT NULL'), postgresql_where=sa.text('person_id IS NOT NULL'))

    op.drop_table('quota')
