"""Name stuck deals, and keep why they slipped"""

import sqlalchemy as sa
from alembic import op

import storage.types

revision = '0033'
down_revision = '0032'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('slip_reason',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('workspace_id', sa.Integer(), nullable=False),
    sa.Column('deal_id', sa.Integer(), nullable=False),
    sa.Column('moved_at', storage.types.UTCDateTime(timezone=True), nullable=False),
    sa.Column('cause', sa.Enum('timeline', 'authority', 'price', 'competitor', 'silence', name='slipcause', native_enum=False, length=40), nullable=False),
    sa.Column('said_at', storage.types.UTCDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['workspace_id', 'deal_id'], ['deal.workspace_id', 'deal.id'], name=op.f('fk_slip_reason_workspace_id_deal_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id'], name=op.f('fk_slip_reason_workspace_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_slip_reason')),
    sa.UniqueConstraint('workspace_id', 'deal_id', 'moved_at', name=op.f('uq_slip_reason_workspace_id_deal_id_moved_at'))
    )
    with op.batch_alter_table('deal', schema=None) as batch_op:
        batch_op.add_column(sa.Column('left_until', sa.Date(), nullable=True))



def downgrade() -> None:
    with op.batch_alter_table('deal', schema=None) as batch_op:
        batch_op.drop_column('left_until')

    op.drop_table('slip_reason')
