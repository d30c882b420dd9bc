"""The methods about the app and the workspace themselves: auth, apps, bots, team, functions, blocks, oauth."""

from bot.sandbox.api.call import Call, Method, SlackError, Token
from bot.sandbox.blockkit.blocks import problems_in_message, problems_in_view
from bot.sandbox.state import Json


def auth_test(call: Call) -> Json:
    return {
        "url": f"https://{call.app.team.domain}.slack.com/",
        "team": call.app.team.name,
        "user": call.app.name,
        "team_id": call.app.team.id,
        "user_id": call.app.bot_user,
        "bot_id": call.app.bot_id,
        "is_enterprise_install": False,
    }


def api_test(call: Call) -> Json:
    if error := call.text("error"):
        raise SlackError(error, args=call.args)
    return {"args": call.args}


def open_connection(call: Call) -> Json:
    return {"url": f"ws{call.url.removeprefix('http')}/socket/{call.tickets.socket()}"}


def bot_info(call: Call) -> Json:
    app = call.app
    if call.text("bot") not in ("", app.bot_id):
        raise SlackError("bot_not_found")
    return {
        "bot": {
            "id": app.bot_id,
            "app_id": app.app_id,
            "user_id": app.bot_user,
            "name": app.name,
            "deleted": False,
        }
    }


def team_info(call: Call) -> Json:
    team = call.app.team
    return {"team": {"id": team.id, "name": team.name, "domain": team.domain, "email_domain": ""}}


def end_function(call: Call) -> Json:
    """Both endings of a workflow step; what was answered is in the recorded calls."""
    call.needed("function_execution_id")
    return {}


def validate_blocks(call: Call) -> Json:
    """Needs no token, and says what is wrong without a send."""
    message = call.json("message")
    blocks = message.get("blocks") if isinstance(message, dict) else call.json("blocks")
    view = call.json("view")
    problems = problems_in_view(view) if view is not None else problems_in_message(blocks or [])
    if problems:
        raise SlackError(
            "invalid_blocks", errors=[{"code": "invalid", "message": problem} for problem in problems]
        )
    return {}


def oauth_access(call: Call) -> Json:
    """A code of a consent, once, for the app's token; from here on the app is installed."""
    workspace, code = call.workspace, call.needed("code")
    if call.text("client_id") != workspace.registered.client_id:
        raise SlackError("invalid_client_id")
    if call.text("client_secret") != workspace.registered.client_secret:
        raise SlackError("bad_client_secret")
    if code not in workspace.consents:
        raise SlackError("invalid_code")
    consent = workspace.consents[code]
    if consent is None:
        raise SlackError("code_already_used")
    if consent.redirect_uri != call.text("redirect_uri"):
        raise SlackError("bad_redirect_uri")
    workspace.consents[code] = None
    workspace.installation = app = consent.app
    return {
        "access_token": app.bot_token,
        "token_type": "bot",
        "scope": ",".join(sorted(app.scopes)),
        "bot_user_id": app.bot_user,
        "app_id": app.app_id,
        "team": {"name": app.team.name, "id": app.team.id},
        "enterprise": None,
        "authed_user": {"id": consent.by},
        "is_enterprise_install": False,
    }


METHODS = {
    "auth.test": Method(auth_test),
    "api.test": Method(api_test, token=Token.NONE),
    "apps.connections.open": Method(open_connection, token=Token.APP),
    "bots.info": Method(bot_info, "users:read"),
    "team.info": Method(team_info, "team:read"),
    "functions.completeSuccess": Method(end_function),
    "functions.completeError": Method(end_function),
    "blocks.validate": Method(validate_blocks, token=Token.NONE),
    "oauth.v2.access": Method(oauth_access, token=Token.NONE),
}
