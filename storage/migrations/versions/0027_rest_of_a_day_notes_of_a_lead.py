"""Say once that a day's calls rest, keep a lead's notes and the message that told of its decision"""

import sqlalchemy as sa
from alembic import op

import storage.types

revision = '0027'
down_revision = '0026'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.add_column(sa.Column('enough_said_on', sa.Date(), nullable=True))

    with op.batch_alter_table('handoff', schema=None) as batch_op:
        batch_op.add_column(sa.Column('notes', sa.String(), nullable=False, server_default=''))
        batch_op.add_column(sa.Column('told_of', sa.Enum('open', 'won', 'lost', name='dealstatus', native_enum=False, create_constraint=True, length=40), nullable=True))

    with op.batch_alter_table('handoff_question', schema=None) as batch_op:
        batch_op.add_column(sa.Column('lesson_id', sa.Integer(), nullable=True))
        batch_op.create_foreign_key(batch_op.f('fk_handoff_question_workspace_id_lesson_id'), 'outbox_message', ['workspace_id', 'lesson_id'], ['workspace_id', 'id'], ondelete='NO ACTION')

    with op.batch_alter_table('debrief', schema=None) as batch_op:
        batch_op.add_column(sa.Column('resolved', sa.Enum('yes', 'no', 'not_now', name='resolved', native_enum=False, create_constraint=True, length=40), nullable=True))
        batch_op.add_column(sa.Column('resolved_at', storage.types.UTCDateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('step_done_at', storage.types.UTCDateTime(timezone=True), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table('debrief', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_debrief_resolved'), type_='check')
        batch_op.drop_column('step_done_at')
        batch_op.drop_column('resolved_at')
        batch_op.drop_column('resolved')

    with op.batch_alter_table('handoff_question', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('fk_handoff_question_workspace_id_lesson_id'), type_='foreignkey')
        batch_op.drop_column('lesson_id')

    with op.batch_alter_table('handoff', schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f('ck_handoff_dealstatus'), type_='check')
        batch_op.drop_column('told_of')
        batch_op.drop_column('notes')

    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.drop_column('enough_said_on')
