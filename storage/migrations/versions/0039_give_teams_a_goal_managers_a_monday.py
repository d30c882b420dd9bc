"""Give teams a goal, managers a Monday"""

import sqlalchemy as sa
from alembic import op

import storage.types

revision = '0039'
down_revision = '0038'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('monday_pick',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('workspace_id', sa.Integer(), nullable=False),
    sa.Column('manager_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('week', sa.Date(), nullable=False),
    sa.ForeignKeyConstraint(['workspace_id', 'manager_id'], ['person.workspace_id', 'person.id'], name=op.f('fk_monday_pick_workspace_id_manager_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['workspace_id', 'person_id'], ['person.workspace_id', 'person.id'], name=op.f('fk_monday_pick_workspace_id_person_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id'], name=op.f('fk_monday_pick_workspace_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_monday_pick')),
    sa.UniqueConstraint('workspace_id', 'manager_id', 'person_id', 'week', name=op.f('uq_monday_pick_workspace_id_manager_id_person_id_week'))
    )
    with op.batch_alter_table('monday_pick', schema=None) as batch_op:
        batch_op.create_index('ix_monday_pick_person_id', ['workspace_id', 'person_id'], unique=False, sqlite_where=sa.text('person_id IS NOT NULL'), postgresql_where=sa.text('person_id IS NOT NULL'))

    op.create_table('team_goal',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('workspace_id', sa.Integer(), nullable=False),
    sa.Column('team_id', sa.Integer(), nullable=False),
    sa.Column('period', sa.String(), nullable=False),
    sa.Column('metric', sa.Enum('leads_per_month', 'qualified_rate', 'qualification_efficiency', 'close_rate', 'win_rate', 'cycle_days', 'discernment', 'handoff_feedback_rate', 'upsell_rate', 'net_retention', 'calls_per_day', 'talk_minutes', 'effective_rate', 'timeline_rate', 'authority_rate', 'debrief_rate', 'coaching_minutes', 'commitments_kept', 'won_amount', 'quota_attainment', 'average_deal', 'open_pipeline', 'cost_per_result', name='metric', native_enum=False, length=40), nullable=False),
    sa.Column('value', sa.Float(), nullable=False),
    sa.Column('set_at', storage.types.UTCDateTime(timezone=True), nullable=False),
    sa.CheckConstraint('value > 0 AND value <= 1', name=op.f('ck_team_goal_share')),
    sa.ForeignKeyConstraint(['workspace_id', 'team_id'], ['team.workspace_id', 'team.id'], name=op.f('fk_team_goal_workspace_id_team_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id'], name=op.f('fk_team_goal_workspace_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_team_goal')),
    sa.UniqueConstraint('workspace_id', 'team_id', 'period', name=op.f('uq_team_goal_workspace_id_team_id_period'))
    )


def downgrade() -> None:
    op.drop_table('team_goal')
    with op.batch_alter_table('monday_pick', schema=None) as batch_op:
        batch_op.drop_index('ix_monday_pick_person_id', sqlite_where=sa.text('person_id IS NOT NULL'), postgresql_where=sa.text('person_id IS NOT NULL'))

    op.drop_table('monday_pick')
