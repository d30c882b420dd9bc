"""The page over HTTP: itself, what is done on it, its news, its files, its log."""

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response, StreamingResponse
from starlette.responses import PlainTextResponse as Plain
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from bot.sandbox.page import log
from bot.sandbox.page.acting import Acting
from bot.sandbox.page.mrkdwn import mrkdwn, plain
from bot.sandbox.page.screen import HOME, Eyes, Where, held, ref_of
from bot.sandbox.people.text import text_of

if TYPE_CHECKING:
    from bot.sandbox.sandbox import Sandbox

HERE = Path(__file__).parent
SECURE = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}
PICTURES = {"png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "gif": "image/gif"}
LOOK_EVERY = 0.1
TELL_ANYWAY = 150
"""Looks without news after which the page is told all the same: its clock goes on."""


class Page:
    def __init__(self, sandbox: "Sandbox") -> None:
        self._sandbox = sandbox
        self._eyes = Eyes(sandbox)
        self._acting = Acting(sandbox, self._eyes)
        self._closing = False
        self._templates = Environment(
            loader=FileSystemLoader(HERE / "templates"),
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
        )

    def routes(self) -> list[BaseRoute]:
        return [
            Route("/", self.show),
            Route("/page/do/{verb}", self.do, methods=["POST"]),
            Route("/page/news", self.news),
            Route("/page/files/{file}", self.file),
            Route("/page/log/{side}/{number:int}", self.entry),
            Mount("/page/static", StaticFiles(directory=HERE / "static")),
        ]

    def close(self) -> None:
        """Ends the streams, so that the server can stop."""
        self._closing = True

    def show(self, request: Request) -> Response:
        """Everything as this person sees it now; not `async`, so that it is drawn beside the server's own thread."""
        asked = request.query_params
        with self._sandbox.workspace.lock:
            where = self._eyes.where(asked.get("as", ""), asked.get("at", ""), asked.get("thread", ""))
            progress = self._sandbox.progress
            if where is None or (progress and progress.opening):
                page = self._templates.get_template("opening.html").render(progress=progress)
                return HTMLResponse(page, headers=SECURE)
            if (where.person.id, where.at) != (asked.get("as"), asked.get("at")):
                return RedirectResponse(f"/?as={where.person.id}&at={where.at}", status_code=303)
            shown = self._context(where)
        # Drawn after the lock is let go, or every page would hold up the bot: what is shown is replaced, not changed.
        return HTMLResponse(self._templates.get_template("page.html").render(shown), headers=SECURE)

    def _context(self, where: Where) -> dict[str, Any]:
        workspace, app, eyes = self._sandbox.workspace, self._sandbox.app, self._eyes
        people, channels = workspace.people, workspace.channels
        names = {**{p.id: p.name for p in people.values()}, **{c.id: c.name for c in channels.values()}}
        modal = where.person.modals[-1] if where.person.modals else None
        return {
            "me": where.person,
            "at": where.at,
            "is_home": where.at == HOME,
            "title": app.name if where.at == HOME else eyes.title(where.person, channels[where.at]),
            "app": app,
            "people": [(person, eyes.unread(person)) for person in eyes.people()],
            "everybody": eyes.people(),
            "channels": eyes.channels(where.person),
            "app_places": eyes.app_places(where.person),
            "conversations": eyes.conversations(where.person),
            "lines": [] if where.at == HOME else eyes.conversation(where),
            "thread": eyes.thread(where),
            "modal": modal,
            "complaints": eyes.complaints.get(modal.id, {}) if modal else {},
            "now": workspace.clock().astimezone(ZoneInfo(where.person.tz)),
            "controls": self._sandbox.controls,
            "tour": self._sandbox.tour,
            "progress": self._sandbox.progress,
            "log": log.newest(self._sandbox),
            "zone": ZoneInfo(where.person.tz),
            "mrkdwn": partial(mrkdwn, names=names),
            "plain": plain,
            "text_of": text_of,
            "ref_of": ref_of,
            "held": partial(held, person=where.person),
            "local": partial(_local, zone=ZoneInfo(where.person.tz)),
            "picture": lambda file: file.name.rpartition(".")[2].lower() in PICTURES,
        }

    async def do(self, request: Request) -> Response:
        """Only the page itself may ask: a form on somebody else's page bears another origin."""
        if request.headers.get("origin") != f"http://{request.headers['host']}":
            return Plain("only from the page itself", status_code=403)
        async with request.form() as asked:
            said = await run_in_threadpool(self._acting.does, request.path_params["verb"], asked)
        return JSONResponse({"said": said}, headers=SECURE)

    async def news(self, _: Request) -> Response:
        return StreamingResponse(self._versions(), media_type="text/event-stream", headers=SECURE)

    async def _versions(self) -> AsyncIterator[str]:
        """The workspace's version whenever it changed. Looking is cheap; waiting would hold a thread for each page."""
        told, looks = -1, 0
        while not self._closing:
            version = self._sandbox.workspace.version
            if version != told or looks >= TELL_ANYWAY:
                told, looks = version, 0
                yield f"data: {version}\n\n"
            looks += 1
            await asyncio.sleep(LOOK_EVERY)

    def file(self, request: Request) -> Response:
        """Pictures are shown, everything else is only ever saved."""
        file = self._sandbox.workspace.files.get(request.path_params["file"])
        if file is None or file.content is None or not file.complete:
            return Plain("no such file", status_code=404, headers=SECURE)
        kind = PICTURES.get(file.name.rpartition(".")[2].lower())
        response = Response(file.content, media_type=kind or "application/octet-stream", headers=SECURE)
        if kind is None:
            response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(file.name)}"
        return response

    def entry(self, request: Request) -> Response:
        found = log.whole(self._sandbox, request.path_params["side"], request.path_params["number"])
        return Plain(found or "no such entry", 200 if found else 404, headers=SECURE)


def _local(seconds: int | None, zone: ZoneInfo) -> str:
    """An instant as a browser's picker has it, in this zone; "" for none."""
    return "" if seconds is None else f"{datetime.fromtimestamp(seconds, zone):%Y-%m-%dT%H:%M}"
