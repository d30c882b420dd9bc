"""When and how much people are asked, as an admin decides for the whole workspace."""

from bot.calendar.wallclock import zone_named
from bot.core.errors import BadInput
from bot.core.i18n import gettext as _
from bot.setup.domain import AskingRules
from storage.books import Books
from storage.tables import Workspace

ASKING = "workspace"
"""What the audit log calls these settings."""
RANGES = {"prompts_per_day": (0, 50), "min_talk_seconds": (0, 3600), "stale_days": (1, 365)}
"""By field the least and the most."""


def rules(books: Books) -> AskingRules:
    row = books.session.get_one(Workspace, books.workspace_id)
    return AskingRules(**{name: getattr(row, name) for name in AskingRules.__dataclass_fields__})


def change(books: Books, wanted: AskingRules) -> None:
    """Raises BadInput for the first field to be mended."""
    for field, (least, most) in RANGES.items():
        if not least <= getattr(wanted, field) <= most:
            raise BadInput(
                _("Please give a whole number from {least} to {most}.").format(least=least, most=most),
                field=field,
            )
    if wanted.work_starts >= wanted.work_ends:
        raise BadInput(_("Please pick an end that is later than the start."), field="closes")
    if zone_named(wanted.time_zone) is None:
        raise BadInput(_("Please choose a time zone of the list."), field="zone")
    row = books.session.get_one(Workspace, books.workspace_id)
    for name in AskingRules.__dataclass_fields__:
        setattr(row, name, getattr(wanted, name))
    books.session.flush()
