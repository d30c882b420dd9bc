"""`cornerman doctor --source`: what a source still needs, in an order one can work through."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.calls.logs import POLLED
from bot.calls.sources import SOURCES
from bot.core.errors import BadInput
from bot.doctor import call_source
from bot.doctor import call_source as source_doctor
from bot.http import call_webhooks
from bot.sandbox import Member
from bot.settings import Settings, load
from storage.database import Database
from tests.calls.sources.bodies import GOOD
from tests.calls.sources.senders import PUBLIC, deliver, send
from tests.support.office import Office
from tests.tree import ROOT

DOCS = ROOT / "docs"


def looked_at(settings: Settings, source: str) -> dict[str, tuple[bool, str]]:
    return {one.check: (one.ok, one.says) for one in call_source.examine(settings, source)}


def set_up(db: Database, folder: Path, secrets: str, **more: str) -> Settings:
    file = folder / "sources.toml"
    file.write_text(secrets, encoding="utf-8")
    url = db.url.render_as_string(hide_password=False)
    return load(_env_file=None, database_url=url, CORNERMAN_WEBHOOK_SECRETS=file, **more)


def test_a_source_that_is_not_configured_is_told_where_its_secret_goes(db: Database, tmp_path: Path) -> None:
    ok, says = looked_at(set_up(db, tmp_path, ""), "zoom")["secret"]

    assert not ok
    assert 'zoom = "…"' in says
    assert "CORNERMAN_WEBHOOK_SECRETS" in says


@pytest.mark.parametrize(("source", "ok"), [("twilio", False), ("hubspot", False), ("zoom", True)])
def test_who_signs_the_address_cannot_do_without_the_public_one(
    db: Database, tmp_path: Path, source: str, ok: bool
) -> None:
    settings = set_up(db, tmp_path, f'{source} = "secret"')

    assert looked_at(settings, source)["address"][0] is ok
    public = set_up(db, tmp_path, f'{source} = "secret"', CORNERMAN_PUBLIC_URL=PUBLIC)
    assert looked_at(public, source)["address"] == (True, f"the source sends to {PUBLIC}/calls/{source}.")


def test_hubspot_needs_a_token_beside_its_secret(db: Database, tmp_path: Path) -> None:
    assert not looked_at(set_up(db, tmp_path, 'hubspot = "s"'), "hubspot")["access token"][0]
    settings = set_up(db, tmp_path, '[hubspot]\nsecret = "s"\naccess_token = "t"')
    assert looked_at(settings, "hubspot")["access token"][0]


@pytest.mark.parametrize(("token", "ok"), [("short", False), ("a token of thirty characters, !", True)])
def test_a_token_that_could_be_guessed_is_told(db: Database, tmp_path: Path, token: str, *, ok: bool) -> None:
    settings = set_up(db, tmp_path, f'[generic]\nsecret = "s"\ntoken = "{token}"')

    assert looked_at(settings, "generic")["token"][0] is ok


def test_the_last_delivery_is_told(office: Office, ana: Member) -> None:
    settings = office.corner.settings.model_copy(
        update={"database_url": office.db.url.render_as_string(hide_password=False)}
    )
    assert "none yet" in looked_at(settings, "zoom")["deliveries"][1]

    deliver(office, "zoom", GOOD["zoom"])

    assert "2026-11-16 09:00" in looked_at(settings, "zoom")["deliveries"][1]


def test_what_came_and_was_not_understood_is_told_with_what_to_subscribe_to(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(call_webhooks, "UNREAD", call_webhooks.Unread())
    monkeypatch.setattr(call_webhooks.Unread, "EVERY", 0.0)
    settings = office.corner.settings.model_copy(
        update={"database_url": office.db.url.render_as_string(hide_password=False)}
    )
    for n in range(3):
        send(office, "zoom", {"event": "meeting.started", "event_ts": n, "payload": {"object": {}}})
    send(office, "zoom", {"event": "user.created", "payload": {"object": {}}})

    says = {one.check: one.says for one in source_doctor.examine(settings, "zoom", office.clock)}

    assert "4 events of a kind I do not read" in says["not understood"]
    assert "meeting.started 3, user.created 1" in says["not understood"]
    assert "Caller and Callee call element is completed" in says["not understood"]
    office.clock.advance(timedelta(days=8))
    later = {one.check for one in source_doctor.examine(settings, "zoom", office.clock)}
    assert "not understood" not in later


def test_every_source_has_a_test_and_a_page(db: Database, tmp_path: Path) -> None:
    settings = set_up(db, tmp_path, "")
    for source in (*SOURCES, *POLLED):
        assert f"docs/calls/{source}.md" in looked_at(settings, source)["test"][1]
        page = (DOCS / "calls" / f"{source}.md").read_text(encoding="utf-8")
        assert f"cornerman doctor --source {source}" in page
        assert f"/calls/{source}" in page
        assert f"calls/{source}.md" in (DOCS / "calls.md").read_text(encoding="utf-8")


def test_a_source_nobody_has_heard_of_is_refused_with_those_there_are(db: Database, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="ringcentral"):
        call_source.examine(set_up(db, tmp_path, ""), "skype")
