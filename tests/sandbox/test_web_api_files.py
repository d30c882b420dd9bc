"""Files up and down, and answers to a response URL, over HTTP."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import httpx
import pytest
from slack_sdk import WebClient
from slack_sdk.models.blocks import ImageBlock
from slack_sdk.models.blocks.basic_components import SlackFile

from bot.sandbox import Member, Sandbox, Tokens
from tests.sandbox.calling import error_of


@pytest.fixture
def response_url(sandbox: Sandbox, ana: Member) -> str:
    return f"{sandbox.url}/response/{sandbox.tickets.response(ana.id, ana.dm_channel.id)}"


@pytest.fixture
def web() -> Iterator[httpx.Client]:
    with httpx.Client(trust_env=False) as client:
        yield client


def test_a_response_url_is_good_for_five_answers(response_url: str, web: httpx.Client, ana: Member) -> None:
    answers = [web.post(response_url, json={"text": str(number)}) for number in range(6)]

    assert [answer.status_code for answer in answers] == [200] * 5 + [404]
    assert answers[-1].text == "used_url"
    assert [message.text for message in ana.reads()] == ["0", "1", "2", "3", "4"]


def test_a_response_url_runs_out_after_half_an_hour(
    sandbox: Sandbox, response_url: str, web: httpx.Client, ana: Member
) -> None:
    late = datetime.now(UTC) + timedelta(minutes=31)
    sandbox.workspace.clock = lambda: late

    assert web.post(response_url, json={"text": "late"}).text == "expired_url"
    assert ana.reads() == []


def test_a_file_is_uploaded_shared_and_shown(sandbox: Sandbox, client: WebClient, ana: Member) -> None:
    client.files_upload_v2(
        content=b"PK..", filename="scorecards.xlsx", channel=ana.dm_channel.id, title="Week 46"
    )
    picture = client.files_upload_v2(content=b"png", filename="week.png")["file"]["id"]

    client.chat_postMessage(
        channel=ana.id,
        text="Week 46",
        blocks=[ImageBlock(alt_text="calls", slack_file=SlackFile(id=picture))],
    )

    assert [(file.title, file.content) for file in ana.files] == [("Week 46", b"PK..")]
    assert client.files_info(file=picture)["file"]["name"] == "week.png"


def test_a_picture_that_was_never_uploaded_is_refused(client: WebClient, ana: Member) -> None:
    reserved = client.files_getUploadURLExternal(filename="week.png", length=3)["file_id"]
    block = ImageBlock(alt_text="calls", slack_file=SlackFile(id=reserved))

    assert error_of(client.chat_postMessage, channel=ana.id, text="x", blocks=[block]) == "invalid_blocks"
    assert error_of(client.files_completeUploadExternal, files=[{"id": reserved}]) == "file_not_found"


def test_a_persons_file_is_downloaded_with_the_bots_token(
    sandbox: Sandbox, tokens: Tokens, ana: Member, web: httpx.Client
) -> None:
    sandbox.subscribe({"message.im"})
    sandbox.deliver_over_http(f"{sandbox.url}/api/api.test")
    ana.uploads(b"email,name\n", "reps.csv")

    event = sandbox.deliveries[-1].payload["event"]
    url = event["files"][0]["url_private_download"]

    assert (event["subtype"], event["channel_type"]) == ("file_share", "im")
    assert web.get(url, headers={"Authorization": f"Bearer {tokens.bot_token}"}).content == b"email,name\n"
    assert web.get(url).status_code == 403
    narrow = sandbox.install(scopes={"files:write"}).bot_token
    assert web.get(url, headers={"Authorization": f"Bearer {narrow}"}).status_code == 403


def test_an_upload_must_be_as_long_as_it_was_said_to_be(client: WebClient, web: httpx.Client) -> None:
    reserved = client.files_getUploadURLExternal(filename="week.png", length=3)

    assert web.post(reserved["upload_url"], content=b"png!").status_code == 400
    assert web.post(reserved["upload_url"], content=b"png").text == "OK - 3"
