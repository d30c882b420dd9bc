"""The Web API: every method the sandbox knows, and the checks that come before any of them."""

from bot.sandbox.api import chat, conversations, files, people, views, workspace
from bot.sandbox.api.call import READ_SCOPES, Call, Method, SlackError, Token
from bot.sandbox.state import Installation, Json, Workspace
from bot.sandbox.tickets import Tickets

METHODS: dict[str, Method] = {
    **chat.METHODS,
    **conversations.METHODS,
    **files.METHODS,
    **people.METHODS,
    **views.METHODS,
    **workspace.METHODS,
}

SCOPES = frozenset(
    [
        *(f"{family}:{right}" for family in READ_SCOPES.values() for right in ("history", "read")),
        *(method.scope for method in METHODS.values() if method.scope),
        *("commands", "im:write", "metadata.message:read", "mpim:write", "users:read.email"),
    ]
)
"""Every scope the sandbox knows; what an app is given unless it asks for fewer."""


def answer(where: Workspace, tickets: Tickets, name: str, token: str, args: Json) -> Json:
    """Slack's answer to a call of the method `name`; the workspace's lock must be held."""
    try:
        method = METHODS.get(name)
        if method is None:
            raise SlackError("unknown_method", req_method=name)
        call = Call(where, tickets, _caller(where, method, token), args)
        if method.scope:
            call.need_scope(method.scope)
        return {"ok": True, **method.answer(call)}
    except SlackError as error:
        return {"ok": False, "error": error.code, **error.extra}


def knows(where: Workspace, token: str, args: Json) -> bool:
    """Whether a call is for this workspace: its app's token, or the code of a consent given in it."""
    app = where.installation
    return (app is not None and token in _tokens(app)) or args.get("code") in where.consents


def _caller(where: Workspace, method: Method, token: str) -> Installation:
    app = where.installation or Installation(where.registered.app_id, "", "", "", team=where.team)
    if method.token is Token.NONE:
        return app
    if not token:
        raise SlackError("not_authed")
    if token not in {where.registered.app_token, *_tokens(app)}:
        raise SlackError("invalid_auth")
    if (token == where.registered.app_token) is not (method.token is Token.APP):
        raise SlackError("not_allowed_token_type")
    return app


def _tokens(app: Installation) -> set[str]:
    return {app.bot_token, *app.workflow_tokens} - {""}
