"""Keep our own reasons and who decides"""

import sqlalchemy as sa
from alembic import op

import storage.types

revision = '0038'
down_revision = '0037'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('loss_reason',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('workspace_id', sa.Integer(), nullable=False),
    sa.Column('label', sa.String(), nullable=False),
    sa.Column('topic', sa.String(), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.Column('added_at', storage.types.UTCDateTime(timezone=True), nullable=False),
    sa.Column('retired_at', storage.types.UTCDateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id'], name=op.f('fk_loss_reason_workspace_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_loss_reason')),
    sa.UniqueConstraint('workspace_id', 'id', name=op.f('uq_loss_reason_workspace_id_id')),
    sa.UniqueConstraint('workspace_id', 'label', name=op.f('uq_loss_reason_workspace_id_label'))
    )
    op.create_table('deal_pinned',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('workspace_id', sa.Integer(), nullable=False),
    sa.Column('deal_id', sa.Integer(), nullable=False),
    sa.Column('what', sa.Enum('timeline', 'authority', name='pinned', native_enum=False, length=40), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('words', sa.String(), nullable=False),
    sa.Column('said_at', storage.types.UTCDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['workspace_id', 'deal_id'], ['deal.workspace_id', 'deal.id'], name=op.f('fk_deal_pinned_workspace_id_deal_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['workspace_id', 'person_id'], ['person.workspace_id', 'person.id'], name=op.f('fk_deal_pinned_workspace_id_person_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id'], name=op.f('fk_deal_pinned_workspace_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_deal_pinned')),
    sa.UniqueConstraint('workspace_id', 'deal_id', 'what', name=op.f('uq_deal_pinned_workspace_id_deal_id_what'))
    )
    with op.batch_alter_table('deal', schema=None) as batch_op:
        batch_op.add_column(sa.Column('competitor', sa.String(), server_default='', nullable=False))
        batch_op.add_column(sa.Column('lost_stage', sa.String(), server_default='', nullable=False))

    with op.batch_alter_table('debrief', schema=None) as batch_op:
        batch_op.add_column(sa.Column('pinned_by', sa.String(), server_default='', nullable=False))
        batch_op.add_column(sa.Column('competitor', sa.String(), server_default='', nullable=False))
        batch_op.add_column(sa.Column('lost_stage', sa.String(), server_default='', nullable=False))

    with op.batch_alter_table('debrief_draft', schema=None) as batch_op:
        batch_op.add_column(sa.Column('pinned_by', sa.String(), server_default='', nullable=False))
        batch_op.add_column(sa.Column('competitor', sa.String(), server_default='', nullable=False))
        batch_op.add_column(sa.Column('lost_stage', sa.String(), server_default='', nullable=False))
        batch_op.add_column(sa.Column('product', sa.String(), server_default='', nullable=False))

    with op.batch_alter_table('debrief_version', schema=None) as batch_op:
        batch_op.add_column(sa.Column('pinned_by', sa.String(), server_default='', nullable=False))
        batch_op.add_column(sa.Column('competitor', sa.String(), server_default='', nullable=False))
        batch_op.add_column(sa.Column('lost_stage', sa.String(), server_default='', nullable=False))

    with op.batch_alter_table('story', schema=None) as batch_op:
        batch_op.add_column(sa.Column('product', sa.String(), server_default='', nullable=False))



def downgrade() -> None:
    with op.batch_alter_table('story', schema=None) as batch_op:
        batch_op.drop_column('product')

    with op.batch_alter_table('debrief_version', schema=None) as batch_op:
        batch_op.drop_column('lost_stage')
        batch_op.drop_column('competitor')
        batch_op.drop_column('pinned_by')

    with op.batch_alter_table('debrief_draft', schema=None) as batch_op:
        batch_op.drop_column('product')
        batch_op.drop_column('lost_stage')
        batch_op.drop_column('competitor')
        batch_op.drop_column('pinned_by')

    with op.batch_alter_table('debrief', schema=None) as batch_op:
        batch_op.drop_column('lost_stage')
        batch_op.drop_column('competitor')
        batch_op.drop_column('pinned_by')

    with op.batch_alter_table('deal', schema=None) as batch_op:
        batch_op.drop_column('lost_stage')
        batch_op.drop_column('competitor')

    op.drop_table('deal_pinned')
    op.drop_table('loss_reason')
