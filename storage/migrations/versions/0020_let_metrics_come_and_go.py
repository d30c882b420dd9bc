"""Let metrics come and go: no constraint lists them"""

import re
from collections.abc import Callable

import sqlalchemy as sa
from alembic import op

revision = '0020'
down_revision = '0019'
branch_labels = None
depends_on = None

TABLES = ('target', 'weight', 'dispute', 'pairing', 'coaching_session')
LISTED = (
    'leads_per_month', 'qualified_rate', 'qualification_efficiency', 'close_rate', 'win_rate', 'cycle_days', 'discernment',
    'handoff_feedback_rate', 'upsell_rate', 'net_retention', 'calls_per_day', 'talk_minutes', 'effective_rate',
    'timeline_rate', 'authority_rate', 'debrief_rate', 'coaching_minutes', 'commitments_kept', 'cost_per_result',
)
CONDITION = f"metric IN ({', '.join(repr(key) for key in LISTED)})"


def upgrade() -> None:
    if op.get_bind().dialect.name == 'sqlite':
        _rewrite(lambda table, sql: re.sub(rf',\s*CONSTRAINT ck_{table}_metric CHECK \(metric IN \([^()]*\)\)', '', sql))
        return
    for table in TABLES:
        op.drop_constraint(op.f(f'ck_{table}_metric'), table, type_='check')


def downgrade() -> None:
    if op.get_bind().dialect.name == 'sqlite':
        _rewrite(lambda table, sql: f'{sql.rstrip()[:-1]}, CONSTRAINT ck_{table}_metric CHECK ({CONDITION}))')
        return
    for table in TABLES:
        op.create_check_constraint(op.f(f'ck_{table}_metric'), table, CONDITION)


def _rewrite(change: Callable[[str, str], str]) -> None:
    """Say otherwise how each table was made: SQLite's own way to change a constraint where no row changes.

    To copy the tables, as Alembic would, takes along the rows that refer to theirs
    (https://sqlite.org/lang_altertable.html, section 7).
    """
    connection = op.get_bind()
    version = connection.exec_driver_sql('PRAGMA schema_version').scalar_one()
    connection.exec_driver_sql('PRAGMA writable_schema = ON')
    for table in TABLES:
        known = sa.text("SELECT sql FROM sqlite_schema WHERE type = 'table' AND name = :table")
        written = connection.execute(known, {'table': table}).scalar_one()
        changed = sa.text("UPDATE sqlite_schema SET sql = :sql WHERE type = 'table' AND name = :table")
        connection.execute(changed, {'sql': change(table, written), 'table': table})
    connection.exec_driver_sql(f'PRAGMA schema_version = {version + 1}')
    connection.exec_driver_sql('PRAGMA writable_schema = OFF')
