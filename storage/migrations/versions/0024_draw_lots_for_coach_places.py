"""Draw lots for coach places"""

import sqlalchemy as sa
from alembic import op

import storage.types

revision = '0024'
down_revision = '0023'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('lot_ticket',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('workspace_id', sa.Integer(), nullable=False),
    sa.Column('week', sa.Date(), nullable=False),
    sa.Column('team_id', sa.Integer(), nullable=False),
    sa.Column('learner_id', sa.Integer(), nullable=False),
    sa.Column('metric', sa.String(), nullable=False),
    sa.Column('place', sa.Integer(), nullable=False),
    sa.Column('has_place', sa.Boolean(), nullable=False),
    sa.Column('by_turn', sa.Boolean(), nullable=False),
    sa.Column('seed', sa.String(), nullable=False),
    sa.Column('drawn_at', storage.types.UTCDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['workspace_id', 'learner_id'], ['person.workspace_id', 'person.id'], name=op.f('fk_lot_ticket_workspace_id_learner_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['workspace_id', 'team_id'], ['team.workspace_id', 'team.id'], name=op.f('fk_lot_ticket_workspace_id_team_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id'], name=op.f('fk_lot_ticket_workspace_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_lot_ticket')),
    sa.UniqueConstraint('workspace_id', 'week', 'learner_id', name=op.f('uq_lot_ticket_workspace_id_week_learner_id'))
    )
    with op.batch_alter_table('lot_ticket', schema=None) as batch_op:
        batch_op.create_index('ix_lot_ticket_learner', ['workspace_id', 'learner_id', 'week'], unique=False)

    with op.batch_alter_table('team', schema=None) as batch_op:
        batch_op.add_column(sa.Column('draws_lots', sa.Boolean(), server_default=sa.true(), nullable=False))


def downgrade() -> None:
    with op.batch_alter_table('team', schema=None) as batch_op:
        batch_op.drop_column('draws_lots')

    with op.batch_alter_table('lot_ticket', schema=None) as batch_op:
        batch_op.drop_index('ix_lot_ticket_learner')

    op.drop_table('lot_ticket')
