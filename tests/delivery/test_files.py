"""A file somebody sent is fetched from Slack alone: the token goes nowhere else."""

import pytest
from slack_sdk import WebClient

from bot.sandbox import Sandbox
from bot.slack import client, files
from tests.support.office import SCOPES


@pytest.mark.parametrize(
    ("url", "own"),
    [
        ("https://files.slack.com/files-pri/T1-F1/x.xlsx", True),
        ("https://evilfiles.slack.com/x", False),
        ("https://evil-files.slack.com/x", False),
        ("https://files.slack.com.evil.example/x", False),
        ("http://files.slack.com/x", False),
        ("https://files.slack.com@evil.example/x", False),
        ("https://evil.example/files.slack.com", False),
    ],
)
def test_the_token_goes_with_a_file_to_slacks_own_host_alone(
    url: str, own: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def streamed(_client: WebClient, asked_for: str, _largest: int) -> bytes:
        asked.append(asked_for)
        return b"the file"

    monkeypatch.setattr(files, "_streamed", streamed)

    assert files.fetch(WebClient(token="xoxb-1"), url, largest=100) == (b"the file" if own else None)
    assert asked == ([url] if own else [])


@pytest.mark.parametrize(("largest", "fetched"), [(11, True), (10, False), (0, False)])
def test_a_file_over_the_limit_is_not_read_to_its_end(largest: int, fetched: bool) -> None:
    with Sandbox() as sandbox:
        token = sandbox.install(scopes=SCOPES).bot_token
        ana = sandbox.add_person("Ana")
        [file] = ana.uploads(b"eleven byte", "x.csv").files
        url = f"{sandbox.url}/files/{file.id}/{file.name}"

        body = files.fetch(client(sandbox.api_url, token), url, largest=largest)

    assert body == (b"eleven byte" if fetched else None)
