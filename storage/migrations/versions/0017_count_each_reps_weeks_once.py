"""Count each rep's weeks once"""

import sqlalchemy as sa
from alembic import op

import storage.types

revision = '0017'
down_revision = '0016'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('rep_touched',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('workspace_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_rep_touched'))
    )
    with op.batch_alter_table('rep_touched', schema=None) as batch_op:
        batch_op.create_index('ix_rep_touched', ['workspace_id', 'person_id', 'day'], unique=False)

    op.create_table('rep_week',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('workspace_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('week', sa.Date(), nullable=False),
    sa.Column('known_at', storage.types.UTCDateTime(timezone=True), nullable=True),
    *(
        sa.Column(name, sa.Integer(), nullable=False)
        for name in (
            'calls', 'talk_seconds', 'debriefs', 'advanced', 'timeline_yes', 'timeline_no', 'authority_yes',
            'authority_no', 'prompted', 'prompted_debriefed', 'commitments_due', 'commitments_kept', 'passed',
            'decided', 'qualified', 'decisions', 'teaching_decisions', 'won', 'lost', 'closed_from_accepted',
            'won_from_accepted',
        )
    ),
    sa.ForeignKeyConstraint(['workspace_id', 'person_id'], ['person.workspace_id', 'person.id'], name=op.f('fk_rep_week_workspace_id_person_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id'], name=op.f('fk_rep_week_workspace_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_rep_week')),
    sa.UniqueConstraint('workspace_id', 'week', 'person_id', name=op.f('uq_rep_week_workspace_id_week_person_id'))
    )
    op.create_table('rep_zone',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('workspace_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('zone', sa.String(), nullable=False),
    sa.ForeignKeyConstraint(['workspace_id', 'person_id'], ['person.workspace_id', 'person.id'], name=op.f('fk_rep_zone_workspace_id_person_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id'], name=op.f('fk_rep_zone_workspace_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_rep_zone')),
    sa.UniqueConstraint('workspace_id', 'person_id', name=op.f('uq_rep_zone_workspace_id_person_id'))
    )
    # Whoever was never counted is counted as a whole at the first touch.
    op.execute("INSERT INTO rep_touched (workspace_id, person_id, day) SELECT workspace_id, id, DATE('1970-01-01') FROM person")


def downgrade() -> None:
    op.drop_table('rep_zone')
    op.drop_table('rep_week')
    op.drop_table('rep_touched')
