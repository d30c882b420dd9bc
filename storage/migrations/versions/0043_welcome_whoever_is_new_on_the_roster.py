"""Welcome whoever is new on the roster"""

import sqlalchemy as sa
from alembic import op

revision = '0043'
down_revision = '0042'
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.add_column(sa.Column('welcome_due', sa.Boolean(), server_default=sa.false(), nullable=False))
    # whom Slack knows has heard from the bot before: only the others have still to be told what it is
    person = sa.table('person', sa.column('welcome_due', sa.Boolean), sa.column('slack_user_id'), sa.column('is_former', sa.Boolean))
    op.execute(
        person.update()
        .where(person.c.slack_user_id.is_(None), person.c.is_former.is_(sa.false()))
        .values(welcome_due=sa.true())
    )


def downgrade() -> None:
    with op.batch_alter_table('person', schema=None) as batch_op:
        batch_op.drop_column('welcome_due')
