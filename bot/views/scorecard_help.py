"""What one can ask with `/scorecard`."""

from collections.abc import Iterable, Sequence

from slack_sdk.models.blocks import Block

from bot.language import gettext as _
from bot.views import kit
from bot.views.kit import said


def blocks(unknown: str = "") -> list[Block]:
    """`unknown` is what was typed and not understood."""
    return [kit.section(part) for part in _parts(unknown)]


def text(unknown: str = "") -> str:
    return "\n".join(_parts(unknown))


def _parts(unknown: str) -> Sequence[str]:
    first = _("I do not understand “{words}”. This is what you can ask:").format(
        words=said(unknown, limit=60)
    )
    return [
        first if unknown else _("This is what you can ask:"),
        _listed(_("For everybody"), _for_everybody()),
        _listed(_("For those who lead a team"), _for_managers()),
        _listed(_("For admins"), _for_admins()),
    ]


def _for_everybody() -> Iterable[tuple[str, str]]:
    return (
        ("/scorecard", _("your own numbers")),
        ("/scorecard last-week", _("the same for a week, `month`, `2026-10`, `2026-Q4` or any two dates")),
        ("/scorecard top", _("who is top, and how sure that is; `top SDR` for one role")),
        ("/scorecard deal", _("add a deal, or say how one goes (for AEs)")),
        ("/scorecard account", _("say what an account is worth (for AMs)")),
        ("/scorecard disputes", _("what reps say is wrong with a number, and what became of it")),
        ("/scorecard away 3-14 Aug", _("your days off, so that nobody measures you by them")),
        ("/scorecard help", _("this list")),
    )


def _for_managers() -> Iterable[tuple[str, str]]:
    return (
        ("/scorecard @name", _("a rep's numbers")),
        ("/scorecard team", _("your team's reps at a glance; `team East month` for another team or time")),
        ("/scorecard map", _("who is effective, who is efficient, as a picture; `map East` too")),
        ("/scorecard digest", _("what the channel would read this week, before it does")),
        ("/scorecard pairs", _("who would be coached by whom, and why; pin, swap or block a pair")),
        ("/scorecard coaching", _("who goes without coaching, and whether managers see to it")),
        ("/scorecard effect", _("did the coaching work, how sure that is, and what it cost")),
        ("/scorecard targets SDR", _("what a role should reach; `targets @name` for one rep")),
        ("/scorecard weights SDR", _("what a role's score is made of")),
        ("/scorecard roster", _("who is in your team, since when, in which role")),
        ("/scorecard export", _("the workbook")),
    )


def _for_admins() -> Iterable[tuple[str, str]]:
    return (
        ("/scorecard setup", _("channels, teams and call sources, step by step")),
        ("/scorecard agents", _("whose calls these are, where a call source names somebody I do not know")),
        ("/scorecard audit", _("who looked at or changed what")),
    )


def _listed(title: str, commands: Iterable[tuple[str, str]]) -> str:
    return "\n".join([f"*{title}*", *(f"`{command}` – {what}" for command, what in commands)])
