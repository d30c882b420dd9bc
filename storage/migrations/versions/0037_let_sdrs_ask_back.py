"""Let SDRs ask back"""

import sqlalchemy as sa
from alembic import op

import storage.types

revision = '0037'
down_revision = '0036'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('handoff', schema=None) as batch_op:
        batch_op.add_column(sa.Column('asked_back_at', storage.types.UTCDateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('question_put_at', storage.types.UTCDateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('answer_back', sa.String(), server_default='', nullable=False))



def downgrade() -> None:
    with op.batch_alter_table('handoff', schema=None) as batch_op:
        batch_op.drop_column('answer_back')
        batch_op.drop_column('question_put_at')
        batch_op.drop_column('asked_back_at')

