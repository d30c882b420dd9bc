"""Ask for more kinds of criteria"""

import sqlalchemy as sa
from alembic import op

revision = '0035'
down_revision = '0034'
branch_labels = None
depends_on = None

CONDITION = "kind IN ('yes_no', 'at_least', 'one_of')"


def upgrade() -> None:
    with op.batch_alter_table('criterion', schema=None) as batch_op:
        batch_op.add_column(sa.Column('most', sa.Integer(), nullable=True))
        batch_op.drop_constraint(batch_op.f('ck_criterion_criterionkind'), type_='check')


def downgrade() -> None:
    op.execute(f"UPDATE criterion SET retired_at = coalesce(retired_at, added_at), kind = 'yes_no' WHERE NOT ({CONDITION})")
    with op.batch_alter_table('criterion', schema=None) as batch_op:
        batch_op.create_check_constraint(batch_op.f('ck_criterion_criterionkind'), CONDITION)
        batch_op.drop_column('most')
