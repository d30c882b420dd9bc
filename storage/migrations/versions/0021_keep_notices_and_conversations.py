"""Keep notices of calls and conversations in numbers"""

import sqlalchemy as sa
from alembic import op

import storage.types

revision = '0021'
down_revision = '0020'
branch_labels = None
depends_on = None


def upgrade() -> None:

    op.create_table('call_notice',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('workspace_id', sa.Integer(), nullable=False),
    sa.Column('source', sa.String(), nullable=False),
    sa.Column('account', sa.String(), nullable=False),
    sa.Column('session_key', sa.String(), nullable=False),
    sa.Column('notice_key', sa.String(), nullable=False),
    sa.Column('said', sa.String(), nullable=False),
    sa.Column('told_at', storage.types.UTCDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id'], name=op.f('fk_call_notice_workspace_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_call_notice')),
    sa.UniqueConstraint('workspace_id', 'source', 'session_key', 'notice_key', name=op.f('uq_call_notice_workspace_id_source_session_key_notice_key'))
    )
    with op.batch_alter_table('call_notice', schema=None) as batch_op:
        batch_op.create_index('ix_call_notice_told', ['workspace_id', 'told_at'], unique=False)

    op.create_table('call_unread',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('workspace_id', sa.Integer(), nullable=False),
    sa.Column('source', sa.String(), nullable=False),
    sa.Column('kind', sa.String(), nullable=False),
    sa.Column('deliveries', sa.Integer(), nullable=False),
    sa.Column('last_at', storage.types.UTCDateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id'], name=op.f('fk_call_unread_workspace_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_call_unread')),
    sa.UniqueConstraint('workspace_id', 'source', 'kind', name=op.f('uq_call_unread_workspace_id_source_kind'))
    )
    op.create_table('call_conversation',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('workspace_id', sa.Integer(), nullable=False),
    sa.Column('call_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('spoken', sa.Float(), nullable=False),
    sa.Column('rep_spoken', sa.Float(), nullable=False),
    sa.Column('length', sa.Float(), nullable=False),
    sa.Column('longest_rep', sa.Float(), nullable=False),
    sa.Column('longest_other', sa.Float(), nullable=False),
    sa.Column('questions', sa.Integer(), nullable=True),
    sa.Column('first_question', sa.Float(), nullable=True),
    sa.Column('turns', sa.Integer(), nullable=False),
    sa.Column('speakers', sa.Integer(), nullable=False),
    sa.Column('read_at', storage.types.UTCDateTime(timezone=True), nullable=False),
    sa.CheckConstraint('rep_spoken >= 0 AND rep_spoken <= spoken', name=op.f('ck_call_conversation_rep_spoken')),
    sa.ForeignKeyConstraint(['workspace_id', 'call_id'], ['call.workspace_id', 'call.id'], name=op.f('fk_call_conversation_workspace_id_call_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['workspace_id', 'person_id'], ['person.workspace_id', 'person.id'], name=op.f('fk_call_conversation_workspace_id_person_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id'], name=op.f('fk_call_conversation_workspace_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_call_conversation')),
    sa.UniqueConstraint('workspace_id', 'call_id', name=op.f('uq_call_conversation_workspace_id_call_id'))
    )
    with op.batch_alter_table('call_conversation', schema=None) as batch_op:
        batch_op.create_index('ix_call_conversation_person', ['workspace_id', 'person_id'], unique=False)

    with op.batch_alter_table('call_leg', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_call_leg_told'))

    op.drop_table('call_leg')
    with op.batch_alter_table('call_agent', schema=None) as batch_op:
        batch_op.add_column(sa.Column('email', sa.String(), server_default='', nullable=False))

    with op.batch_alter_table('workspace', schema=None) as batch_op:
        batch_op.add_column(sa.Column('reads_transcripts', sa.Boolean(), server_default=sa.false(), nullable=False))




def downgrade() -> None:

    with op.batch_alter_table('workspace', schema=None) as batch_op:
        batch_op.drop_column('reads_transcripts')

    with op.batch_alter_table('call_agent', schema=None) as batch_op:
        batch_op.drop_column('email')

    op.create_table('call_leg',
    sa.Column('id', sa.INTEGER(), nullable=False),
    sa.Column('workspace_id', sa.INTEGER(), nullable=False),
    sa.Column('source', sa.VARCHAR(), nullable=False),
    sa.Column('account', sa.VARCHAR(), nullable=False),
    sa.Column('session_key', sa.VARCHAR(), nullable=False),
    sa.Column('leg_key', sa.VARCHAR(), nullable=False),
    sa.Column('sequence', sa.INTEGER(), nullable=False),
    sa.Column('state', sa.VARCHAR(length=40), nullable=False),
    sa.Column('agent_key', sa.VARCHAR(), nullable=False),
    sa.Column('agent_name', sa.VARCHAR(), nullable=False),
    sa.Column('contact', sa.VARCHAR(), nullable=False),
    sa.Column('external', sa.BOOLEAN(), nullable=False),
    sa.Column('direction', sa.VARCHAR(length=40), nullable=True),
    sa.Column('answered_at', storage.types.UTCDateTime(timezone=True), nullable=True),
    sa.Column('left_at', storage.types.UTCDateTime(timezone=True), nullable=True),
    sa.Column('told_at', storage.types.UTCDateTime(timezone=True), nullable=False),
    sa.CheckConstraint("direction IN ('inbound', 'outbound')", name=op.f('ck_call_leg_direction')),
    sa.CheckConstraint("state IN ('open', 'moved', 'ended')", name=op.f('ck_call_leg_legstate')),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id'], name=op.f('fk_call_leg_workspace_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_call_leg')),
    sa.UniqueConstraint('workspace_id', 'source', 'session_key', 'leg_key', name=op.f('uq_call_leg_workspace_id_source_session_key_leg_key'))
    )
    with op.batch_alter_table('call_leg', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_call_leg_told'), ['workspace_id', 'told_at'], unique=False)

    with op.batch_alter_table('call_conversation', schema=None) as batch_op:
        batch_op.drop_index('ix_call_conversation_person')

    op.drop_table('call_conversation')
    with op.batch_alter_table('call_notice', schema=None) as batch_op:
        batch_op.drop_index('ix_call_notice_told')

    op.drop_table('call_notice')
    op.drop_table('call_unread')

