"""A form whose contents the database may take long for: it opens at once, says "one moment", and is filled then.

What opens a form lives for three seconds. Where the contents are there in a second nobody sees the loading view.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import structlog
from slack_sdk.errors import SlackApiError
from slack_sdk.models.views import View

from bot.blocks import kit
from bot.core.i18n import gettext as _
from bot.slack import NETWORK
from handlers.common import errors
from handlers.common.heard import Heard
from handlers.common.late import ONE_MOMENT

log = structlog.get_logger()

PATIENCE = 1.0
"""Seconds after which the loading view opens: Slack's own way here and back must fit into the trigger's life too."""


class Form:
    def __init__(self, heard: Heard, open_view: Callable[..., Any]) -> None:
        self._heard, self._open = heard, open_view
        self._lock = threading.Lock()
        self._view_id, self._is_over = "", False
        self._view: View | None = None
        self._timer = threading.Timer(PATIENCE, self._load)
        self._timer.daemon = True
        self._timer.start()

    def show(self, view: View) -> None:
        """What opens when the block is left, and with it what was read: nothing of the database is held meanwhile."""
        self._view = view

    def open(self) -> None:
        """Acknowledges, and opens what is to be shown; where the loading view is open, in its place."""
        self.cancel()
        if self._view is None:
            return
        self._heard.ack()
        if self._view_id:
            self._heard.client.views_update(view_id=self._view_id, view=self._view)
        else:
            self._open(trigger_id=self._heard.trigger_id, view=self._view)

    def cancel(self) -> bool:
        """No loading view any more; whether there is one."""
        self._timer.cancel()
        with self._lock:
            self._is_over = True
            return bool(self._view_id)

    def _load(self) -> None:
        with self._lock:
            if self._is_over:
                return
            try:
                view = kit.sentence(_("Cornerman"), ONE_MOMENT)
                opened = self._open(trigger_id=self._heard.trigger_id, view=view)
                self._view_id = str((opened.get("view") or {}).get("id") or "")
            except (SlackApiError, *NETWORK) as error:
                log.warning("a loading view did not open", error=type(error).__name__)


@contextmanager
def form(heard: Heard, *, on_top: bool = False) -> Iterator[Form]:
    """For what a form is made of. What goes wrong is said in the loading view where that is open.

    `on_top` of the form in which a button was pressed.
    """
    client = heard.client
    opening = Form(heard, client.views_push if on_top else client.views_open)
    try:
        yield opening
        opening.open()
    except Exception as error:
        if not opening.cancel():
            raise
        opening.show(kit.sentence(_("Cornerman"), errors.sentence(error, heard.body)))
        opening.open()
    finally:
        opening.cancel()
