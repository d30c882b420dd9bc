"""What pages name is there: paths, rooms, commands, targets; and what is made from a table is as the table has it."""

import re
from pathlib import Path

import pytest

from bot import cli
from bot.delivery.outcomes import KEEP_TRYING
from handlers.__main__ import MADE
from tests.tree import ROOT


def test_for_how_long_a_bad_answer_is_borne_stands_in_one_place() -> None:
    hours = f"{KEEP_TRYING.total_seconds() / 3600:.0f} hours"
    for page in ("operations.md", "workspaces.md"):
        assert f"at least\n{hours}" in (text := (ROOT / "docs" / page).read_text(encoding="utf-8")) or (
            f"at least {hours}" in text
        ), page
        assert not re.search(r"(two and a half|three|3) hours", text), page


@pytest.mark.parametrize("name", MADE)
def test_a_page_that_is_made_from_a_table_is_as_the_table_has_it(name: str) -> None:
    assert (ROOT / name).read_text(encoding="utf-8") == MADE[name], "run: python -m handlers"


def test_what_readme_tells_to_run_exists() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")

    targets = set(re.findall(r"`make (\w+)", readme)) | set(re.findall(r"^make (\w+)", readme, re.MULTILINE))
    assert {"demo", "test"} <= targets
    for target in targets:
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target


OURS = ("bot", "handlers", "storage", "tests", "docs")
PAGES = sorted({*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")})


def paths_named(page: Path) -> set[str]:
    """Paths in the tree that a page links to, writes as code or lists at the start of a line, and import names."""
    text = page.read_text(encoding="utf-8")
    linked = {
        (page.parent / target.split("#")[0]).resolve().relative_to(ROOT).as_posix()
        for target in re.findall(r"\]\(([\w./-]+)(?:#[\w-]+)?\)", text)
    }
    tree = "|".join(OURS)
    written = re.findall(rf"(?:`|^)((?:{tree})/[\w./-]+)", text, re.MULTILINE)
    modules = re.findall(rf"`((?:{tree})(?:\.[a-z_]+)+)`", text)
    return linked | set(written) | {name.replace(".", "/") for name in modules}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_the_paths_that_a_page_names_exist(page: Path) -> None:
    missing = {
        path
        for path in paths_named(page)
        if not (ROOT / path).exists() and not (ROOT / f"{path}.py").exists()
    }

    assert missing == set()


def test_the_pages_do_name_paths() -> None:
    assert "bot/core/clock.py" in paths_named(ROOT / "CONTRIBUTING.md")
    assert "docs/decisions/README.md" in paths_named(ROOT / "README.md")


def test_contributing_lists_every_room() -> None:
    rooms = {f"bot/{path.name}" for path in (ROOT / "bot").iterdir() if (path / "__init__.py").exists()}

    assert rooms <= {path.rstrip("/") for path in paths_named(ROOT / "CONTRIBUTING.md")}


COMMAND_TOLD = re.compile(r"(?:`|^)cornerman [a-z]", re.MULTILINE)


@pytest.mark.parametrize("page", sorted((ROOT / "docs").rglob("*.md")), ids=lambda page: page.name)
def test_a_page_that_tells_a_command_says_where_it_is(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    if page.name != "shell.md" and page.parent.name != "decisions" and COMMAND_TOLD.search(text):
        assert "shell.md)" in text


def test_the_page_of_the_shell_names_every_command() -> None:
    written = (ROOT / "docs" / "shell.md").read_text(encoding="utf-8")
    names = {one.name or getattr(one.callback, "__name__", "") for one in cli.app.registered_commands}
    names |= {str(group.name) for group in cli.app.registered_groups}

    assert {name for name in names if f"`{name}`" not in written} == set()
