"""What debriefs offer to work on, as whoever leads a team changes it."""

from collections.abc import Sequence

from slack_sdk.models.blocks import PlainTextInputElement
from slack_sdk.models.views import View as Modal

from bot.blocks import kit
from bot.blocks.ids import Action, Input, View
from bot.blocks.kit import said
from bot.core.i18n import gettext as _
from bot.debriefs.domain.own_topics import MOST, Change, TopicList

_TITLE = _("What to work on")
MOST_LISTED = 45
SHOWN = 600


def listed(lists: Sequence[TopicList]) -> Modal:
    note = _(
        "What a debrief offers under “What will you work on?”. A team's own list stands before every team's; what was "
        "picked before stays readable and counted."
    )
    rows = [
        kit.section(
            f"*{said(one.team)}*: {_whose(one)}\n{said(', '.join(one.labels), limit=SHOWN)}",
            accessory=kit.button(_("Change"), Action.CHANGE_TOPICS, one.team_id or 0),
        )
        for one in lists[:MOST_LISTED]
    ]
    return kit.modal(View.SAID, _TITLE, [kit.context(note), *rows])


def form(shown: TopicList) -> Modal:
    back = (
        _("Blank: the program's own list again.")
        if shown.team_id is None
        else _("Blank: what every team's debriefs offer.")
    )
    text = PlainTextInputElement(
        multiline=True, initial_value="\n".join(shown.labels), max_length=kit.INPUT_LIMIT
    )
    hint = _("One a line, {most} at most. {back} Those concerned hear of it.").format(most=MOST, back=back)
    return kit.modal(
        View.TOPICS,
        _TITLE,
        [
            kit.section(_("For the debriefs of *{team}*.").format(team=said(shown.team))),
            kit.ask(_("What can one work on?"), Input.TOPICS, text, hint=hint),
        ],
        submit=_("Save"),
        about=shown.team_id or 0,
    )


def told(who: str, shown: TopicList, change: Change) -> str:
    """To those whose debriefs they are; blank where nothing changed."""
    if not (change.came or change.went):
        return ""
    whose = _("every team's debriefs") if shown.team_id is None else _("the debriefs of {team}")
    head = _("*{who}* changed what {whose} offer to work on.").format(
        who=said(who), whose=whose.format(team=said(shown.team))
    )
    came = f"+ {said(', '.join(change.came), limit=SHOWN)}" if change.came else ""
    went = f"– {said(', '.join(change.went), limit=SHOWN)}" if change.went else ""
    return "\n".join(part for part in (head, came, went) if part)


def _whose(one: TopicList) -> str:
    if one.is_own:
        return _("a list of its own")
    return _("the program's list") if one.team_id is None else _("as every team")
