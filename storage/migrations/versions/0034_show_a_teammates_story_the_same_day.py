"""Show a teammates story the same day"""

import sqlalchemy as sa
from alembic import op

import storage.types

revision = '0034'
down_revision = '0033'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('story_shown',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('workspace_id', sa.Integer(), nullable=False),
    sa.Column('story_id', sa.Integer(), nullable=False),
    sa.Column('person_id', sa.Integer(), nullable=False),
    sa.Column('tag', sa.String(), nullable=False),
    sa.Column('shown_at', storage.types.UTCDateTime(timezone=True), nullable=False),
    sa.Column('helped', sa.Boolean(), nullable=True),
    sa.ForeignKeyConstraint(['workspace_id', 'person_id'], ['person.workspace_id', 'person.id'], name=op.f('fk_story_shown_workspace_id_person_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['workspace_id', 'story_id'], ['story.workspace_id', 'story.id'], name=op.f('fk_story_shown_workspace_id_story_id'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['workspace_id'], ['workspace.id'], name=op.f('fk_story_shown_workspace_id'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_story_shown')),
    sa.UniqueConstraint('workspace_id', 'story_id', 'person_id', name=op.f('uq_story_shown_workspace_id_story_id_person_id'))
    )


def downgrade() -> None:
    op.drop_table('story_shown')
