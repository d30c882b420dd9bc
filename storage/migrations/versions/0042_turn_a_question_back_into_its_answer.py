"""Turn a question back into its answer"""

import sqlalchemy as sa
from alembic import op


revision = '0042'
down_revision = '0041'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('handoff', schema=None) as batch_op:
        batch_op.add_column(sa.Column('question_message_id', sa.Integer(), nullable=True))
        batch_op.create_index('ix_handoff_question_message_id', ['workspace_id', 'question_message_id'], unique=False, sqlite_where=sa.text('question_message_id IS NOT NULL'), postgresql_where=sa.text('question_message_id IS NOT NULL'))
        batch_op.create_foreign_key(batch_op.f('fk_handoff_workspace_id_question_message_id'), 'outbox_message', ['workspace_id', 'question_message_id'], ['workspace_id', 'id'], ondelete='NO ACTION')



def downgrade() -> None:
    with op.batch_alter_table('handoff', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_handoff_workspace_id_question_message_id'), type_='foreignkey')
        batch_op.drop_index('ix_handoff_question_message_id', sqlite_where=sa.text('question_message_id IS NOT NULL'), postgresql_where=sa.text('question_message_id IS NOT NULL'))
        batch_op.drop_column('question_message_id')

