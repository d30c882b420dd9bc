"""Gather what falls due, let steps be moved"""

import sqlalchemy as sa
from alembic import op

import storage.types

revision = '0029'
down_revision = '0028'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('gathered',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('workspace_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('next_steps', name='unasked', native_enum=False, length=40), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.ForeignKeyConstraint(['workspace_id', 'person_id'], ['person.workspace_id', 'person.id'], name=op.f('fk_gathered_workspace_id_person_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id'], name=op.f('fk_gathered_workspace_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_gathered')),
    sa.UniqueConstraint('workspace_id', 'person_id', 'kind', 'day', name=op.f('uq_gathered_workspace_id_person_id_kind_day'))
    )
    op.create_table('unwanted',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('workspace_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('next_steps', name='unasked', native_enum=False, length=40), nullable=False),
    sa.ForeignKeyConstraint(['workspace_id', 'person_id'], ['person.workspace_id', 'person.id'], name=op.f('fk_unwanted_workspace_id_person_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id'], name=op.f('fk_unwanted_workspace_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_unwanted')),
    sa.UniqueConstraint('workspace_id', 'person_id', 'kind', name=op.f('uq_unwanted_workspace_id_person_id_kind'))
    )
    with op.batch_alter_table('debrief', schema=None) as batch_op:
        batch_op.add_column(sa.Column('step_moved_to', sa.Date(), nullable=True))
        batch_op.create_index('ix_debrief_moved', ['workspace_id', 'step_moved_to'], unique=False, sqlite_where=sa.text('step_moved_to IS NOT NULL'), postgresql_where=sa.text('step_moved_to IS NOT NULL'))
        batch_op.create_index('ix_debrief_step', ['workspace_id', 'next_step_on'], unique=False, sqlite_where=sa.text('next_step_on IS NOT NULL'), postgresql_where=sa.text('next_step_on IS NOT NULL'))



def downgrade() -> None:
    with op.batch_alter_table('debrief', schema=None) as batch_op:
        batch_op.drop_index('ix_debrief_step', sqlite_where=sa.text('next_step_on IS NOT NULL'), postgresql_where=sa.text('next_step_on IS NOT NULL'))
        batch_op.drop_index('ix_debrief_moved', sqlite_where=sa.text('step_moved_to IS NOT NULL'), postgresql_where=sa.text('step_moved_to IS NOT NULL'))
        batch_op.drop_column('step_moved_to')

    op.drop_table('unwanted')
    op.drop_table('gathered')
