"""Ask for several of a list and dates before a day"""

import sqlalchemy as sa
from alembic import op

revision = '0036'
down_revision = '0035'
branch_labels = None
depends_on = None

NEW = "kind IN ('several_of', 'date_before')"


def upgrade() -> None:
    with op.batch_alter_table('criterion', schema=None) as batch_op:
        batch_op.add_column(sa.Column('before', sa.Date(), nullable=True))


def downgrade() -> None:
    op.execute(f"UPDATE criterion SET retired_at = coalesce(retired_at, added_at), kind = 'yes_no' WHERE {NEW}")
    with op.batch_alter_table('criterion', schema=None) as batch_op:
        batch_op.drop_column('before')
