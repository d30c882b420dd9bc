"""Tell what came of pairs, approve what coaching earned"""

import sqlalchemy as sa
from alembic import op

import storage.types

revision = '0041'
down_revision = '0040'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('pair_result',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('workspace_id', sa.Integer(), nullable=False),
    sa.Column('coach_id', sa.Integer(), nullable=False),
    sa.Column('learner_id', sa.Integer(), nullable=False),
    sa.Column('metric', sa.String(length=40), nullable=False),
    sa.Column('began', sa.Date(), nullable=False),
    sa.Column('weeks', sa.Integer(), nullable=False),
    sa.Column('before', sa.Float(), nullable=True),
    sa.Column('before_of', sa.Float(), nullable=True),
    sa.Column('after', sa.Float(), nullable=True),
    sa.Column('after_of', sa.Float(), nullable=True),
    sa.Column('others', sa.Integer(), nullable=False),
    sa.Column('without', sa.Float(), nullable=True),
    sa.Column('above', sa.Float(), nullable=True),
    sa.Column('counted_at', storage.types.UTCDateTime(timezone=True), nullable=False),
    sa.Column('coach_told_at', storage.types.UTCDateTime(timezone=True), nullable=True),
    sa.Column('learner_told_at', storage.types.UTCDateTime(timezone=True), nullable=True),
    sa.CheckConstraint('coach_id <> learner_id', name=op.f('ck_pair_result_two_people')),
    sa.ForeignKeyConstraint(['workspace_id', 'coach_id'], ['person.workspace_id', 'person.id'], name=op.f('fk_pair_result_workspace_id_coach_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['workspace_id', 'learner_id'], ['person.workspace_id', 'person.id'], name=op.f('fk_pair_result_workspace_id_learner_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id'], name=op.f('fk_pair_result_workspace_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_pair_result')),
    sa.UniqueConstraint('workspace_id', 'coach_id', 'learner_id', 'began', 'weeks', name=op.f('uq_pair_result_workspace_id_coach_id_learner_id_began_weeks'))
    )
    with op.batch_alter_table('pair_result', schema=None) as batch_op:
        batch_op.create_index('ix_pair_result_counted', ['workspace_id', 'counted_at'], unique=False)
        batch_op.create_index('ix_pair_result_learner', ['workspace_id', 'learner_id', 'began'], unique=False)

    op.create_table('pay_month',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('workspace_id', sa.Integer(), nullable=False),
    sa.Column('coach_id', sa.Integer(), nullable=False),
    sa.Column('month', sa.Date(), nullable=False),
    sa.Column('approved', sa.Boolean(), nullable=True),
    sa.Column('reason', sa.String(), nullable=False),
    sa.Column('paid_by', sa.String(length=40), nullable=False),
    sa.Column('sessions', sa.Integer(), nullable=False),
    sa.Column('minutes', sa.Integer(), nullable=False),
    sa.Column('rate', storage.types.Money(), nullable=False),
    sa.Column('currency', sa.String(), nullable=False),
    sa.Column('decided_by_id', sa.Integer(), nullable=True),
    sa.Column('decided_at', storage.types.UTCDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['workspace_id', 'coach_id'], ['person.workspace_id', 'person.id'], name=op.f('fk_pay_month_workspace_id_coach_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['workspace_id', 'decided_by_id'], ['person.workspace_id', 'person.id'], name=op.f('fk_pay_month_workspace_id_decided_by_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id'], name=op.f('fk_pay_month_workspace_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_pay_month')),
    sa.UniqueConstraint('workspace_id', 'coach_id', 'month', name=op.f('uq_pay_month_workspace_id_coach_id_month')),
    sa.UniqueConstraint('workspace_id', 'id', name=op.f('uq_pay_month_workspace_id_id'))
    )
    with op.batch_alter_table('pay_month', schema=None) as batch_op:
        batch_op.create_index('ix_pay_month_by', ['workspace_id', 'decided_by_id'], unique=False)
        batch_op.create_index('ix_pay_month_month', ['workspace_id', 'month'], unique=False)

    with op.batch_alter_table('go_on', schema=None) as batch_op:
        batch_op.add_column(sa.Column('helped', sa.String(length=40), nullable=True))

    with op.batch_alter_table('workspace', schema=None) as batch_op:
        batch_op.add_column(sa.Column('paid_by', sa.String(length=40), server_default='money', nullable=False))



def downgrade() -> None:
    with op.batch_alter_table('workspace', schema=None) as batch_op:
        batch_op.drop_column('paid_by')

    with op.batch_alter_table('go_on', schema=None) as batch_op:
        batch_op.drop_column('helped')

    with op.batch_alter_table('pay_month', schema=None) as batch_op:
        batch_op.drop_index('ix_pay_month_month')
        batch_op.drop_index('ix_pay_month_by')

    op.drop_table('pay_month')
    with op.batch_alter_table('pair_result', schema=None) as batch_op:
        batch_op.drop_index('ix_pair_result_learner')
        batch_op.drop_index('ix_pair_result_counted')

    op.drop_table('pair_result')
