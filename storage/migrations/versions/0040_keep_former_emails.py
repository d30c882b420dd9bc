"""Keep former emails"""

import sqlalchemy as sa
from alembic import op

import storage.types

revision = '0040'
down_revision = '0039'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('former_email',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('workspace_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('email', sa.String(), nullable=False),
    sa.CheckConstraint('email = lower(email)', name=op.f('ck_former_email_email_is_lower')),
    sa.ForeignKeyConstraint(['workspace_id', 'person_id'], ['person.workspace_id', 'person.id'], name=op.f('fk_former_email_workspace_id_person_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id'], name=op.f('fk_former_email_workspace_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_former_email')),
    sa.UniqueConstraint('workspace_id', 'email', name=op.f('uq_former_email_workspace_id_email')),
    sa.UniqueConstraint('workspace_id', 'id', name=op.f('uq_former_email_workspace_id_id'))
    )


def downgrade() -> None:
    op.drop_table('former_email')
