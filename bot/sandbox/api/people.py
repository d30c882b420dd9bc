"""users.*, usergroups.* and dnd.*: who is here, and who does not want to be disturbed."""

from bot.sandbox.api.call import Call, Method, SlackError
from bot.sandbox.state import Json, Person
from bot.sandbox.wire import person_json

MOST_IN_TEAM_INFO = 50


def _shown(call: Call, person: Person) -> Json:
    return person_json(
        person,
        email="users:read.email" in call.app.scopes,
        locale=call.flag("include_locale"),
        at=call.workspace.clock(),
    )


def info(call: Call) -> Json:
    return {"user": _shown(call, call.person())}


def list_(call: Call) -> Json:
    people, onward = call.page(list(call.workspace.people.values()))
    return {"members": [_shown(call, person) for person in people], "response_metadata": onward}


def lookup_by_email(call: Call) -> Json:
    email = call.needed("email").casefold()
    for person in call.workspace.people.values():
        if person.email.casefold() == email and not person.deleted:
            return {"user": _shown(call, person)}
    raise SlackError("users_not_found")


def usergroups(call: Call) -> Json:
    groups = call.workspace.usergroups.values()
    return {
        "usergroups": [
            {"id": g.id, "name": g.name, "handle": g.name, "user_count": len(g.members)} for g in groups
        ]
    }


def usergroup_members(call: Call) -> Json:
    group = call.workspace.usergroups.get(call.text("usergroup"))
    if group is None:
        raise SlackError("no_such_subteam")
    return {"users": group.members}


def _dnd(person: Person) -> Json:
    if person.undisturbed is None:
        return {"dnd_enabled": False, "next_dnd_start_ts": 1, "next_dnd_end_ts": 1}
    start, end = person.undisturbed
    return {
        "dnd_enabled": True,
        "next_dnd_start_ts": int(start.timestamp()),
        "next_dnd_end_ts": int(end.timestamp()),
    }


def dnd_info(call: Call) -> Json:
    return _dnd(call.person()) | {"snooze_enabled": False}


def dnd_team_info(call: Call) -> Json:
    ids = call.names("users")
    if len(ids) > MOST_IN_TEAM_INFO:
        raise SlackError("too_many_users")
    known = call.workspace.people
    return {"users": {id_: _dnd(known[id_]) for id_ in ids if id_ in known}}


METHODS = {
    "users.info": Method(info, "users:read"),
    "users.list": Method(list_, "users:read"),
    "users.lookupByEmail": Method(lookup_by_email, "users:read.email"),
    "usergroups.list": Method(usergroups, "usergroups:read"),
    "usergroups.users.list": Method(usergroup_members, "usergroups:read"),
    "dnd.info": Method(dnd_info, "dnd:read"),
    "dnd.teamInfo": Method(dnd_team_info, "dnd:read"),
}
