"""files.*: the three steps by which an app shares a file."""

from bot.sandbox.api.call import Call, Method, SlackError
from bot.sandbox.api.chat import checked_blocks, target
from bot.sandbox.state import File, Json, Message
from bot.sandbox.wire import file_json


def get_upload_url(call: Call) -> Json:
    length = call.needed("length")
    if not length.isdecimal() or int(length) == 0:
        raise SlackError("invalid_arguments")
    name = call.needed("filename")
    file = File(call.workspace.new_id("F"), name, name, call.app.bot_user, int(length))
    call.workspace.files[file.id] = file
    return {"upload_url": f"{call.url}/upload/{file.id}", "file_id": file.id}


def complete_upload(call: Call) -> Json:
    """Shares into the channel if one is given; without, the file can be shown by its id alone."""
    files = [_uploaded(call, named) for named in call.json("files") or []]
    if not files:
        raise SlackError("invalid_arguments")
    for file in files:
        file.complete = True
    for channel in [call.text("channel_id"), *call.names("channels")]:
        if channel:
            _share(
                Call(call.workspace, call.tickets, call.app, {**call.args, "channel": channel}),
                files,
            )
    return {"files": [file_json(file, call.url) for file in files]}


def _uploaded(call: Call, named: Json) -> File:
    file = call.workspace.files.get(str(named.get("id")))
    if file is None or file.content is None:
        raise SlackError("file_not_found")
    file.title = str(named.get("title") or file.name)
    return file


def _share(call: Call, files: list[File]) -> None:
    channel = target(call)
    for file in files:
        file.channels.append(channel.id)
    message = Message(
        ts=call.workspace.ts(),
        channel=channel.id,
        user=call.app.bot_user,
        text=call.text("initial_comment"),
        blocks=checked_blocks(call.workspace, call.json("blocks")),
        app=call.app,
        thread_ts=call.text("thread_ts") or None,
        files=files,
    )
    channel.messages.append(message)


def info(call: Call) -> Json:
    file = call.workspace.files.get(call.text("file"))
    if file is None or not file.complete:
        raise SlackError("file_not_found")
    return {"file": file_json(file, call.url)}


METHODS = {
    "files.getUploadURLExternal": Method(get_upload_url, "files:write"),
    "files.completeUploadExternal": Method(complete_upload, "files:write"),
    "files.info": Method(info, "files:read"),
}
