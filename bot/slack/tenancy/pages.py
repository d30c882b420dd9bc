"""The few web pages there are: what a browser shows when the app has been installed, or has not."""

from html import escape

from bot.core.i18n import gettext as _

FAILURES = {
    "access_denied": _("Nothing was installed, as you chose. Nothing was kept either."),
    "invalid_browser": _("This page belongs to an install that was begun in another browser, or longer ago."),
    "invalid_state": _("This install was finished before, or begun more than ten minutes ago."),
    "missing_code": _("Slack's answer was cut short."),
    "invalid_code": _("Slack did not confirm the install. Nothing was kept."),
    "storage_error": _("The install could not be stored. Nothing was kept."),
}
OTHERWISE = _("Slack broke the install off. Nothing was kept.")


def installed(team: str) -> str:
    return _page(
        _("Cornerman is in {team}").format(team=team),
        _("Open it in Slack, under Apps: its Home tab says what comes next. You may close this page."),
    )


def not_installed(reason: str, again: str) -> str:
    """`reason` is Bolt's or Slack's word for it, or a sentence; `again` is where one may begin anew."""
    return _page(
        _("Cornerman was not installed"),
        reason if " " in reason else FAILURES.get(reason, OTHERWISE),
        again,
    )


def _page(title: str, sentence: str, again: str = "") -> str:
    link = f'<p><a href="{escape(again)}">{escape(_("Begin again"))}</a></p>' if again else ""
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>{escape(title)}</title></head>"
        f"<body><h1>{escape(title)}</h1><p>{escape(sentence)}</p>{link}</body></html>"
    )
