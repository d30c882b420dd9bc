"""The methods about the app and the workspace themselves: auth, apps, bots, team, functions, blocks, oauth."""

from bot.sandbox.api.call import Call, Method, SlackError, Token
from bot.sandbox.blocks import problems_in_message, problems_in_view
from bot.sandbox.state import TEAM_DOMAIN, TEAM_ID, Json


def auth_test(call: Call) -> Json:
    return {
        "url": f"https://{TEAM_DOMAIN}.slack.com/",
        "team": "Sandbox",
        "user": call.app.name,
        "team_id": TEAM_ID,
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


def team_info(_: Call) -> Json:
    return {"team": {"id": TEAM_ID, "name": "Sandbox", "domain": TEAM_DOMAIN, "email_domain": ""}}


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
    """The sandbox takes any code: consent is not what it is for."""
    call.needed("code")
    app = call.app
    return {
        "access_token": app.bot_token,
        "token_type": "bot",
        "scope": ",".join(sorted(app.scopes)),
        "bot_user_id": app.bot_user,
        "app_id": app.app_id,
        "team": {"name": "Sandbox", "id": TEAM_ID},
        "enterprise": None,
        "authed_user": {"id": app.bot_user},
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
