"""What the pages say: anchors lead somewhere, and the README is read in one breath a sentence."""

import re
from pathlib import Path

import pytest

from bot.core import telemetry
from tests.tree import ROOT

PAGES = sorted(
    page
    for page in (*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / ".github").glob("*.md"))
    if page.is_file()
)
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
ANCHORED = re.compile(r"\]\(([\w./-]*)#([\w-]+)\)")
MOST_WORDS = 20


def anchors(page: Path) -> set[str]:
    """Of a page's headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_anchor_is_a_heading(page: Path) -> None:
    for path, anchor in ANCHORED.findall(page.read_text(encoding="utf-8")):
        assert anchor in anchors(page.parent / path if path else page), f"{path}#{anchor}"


def test_every_page_is_reached_from_another() -> None:
    """Or stands in the site's menu."""
    menu = (ROOT / ".ci" / "mkdocs.yml").read_text(encoding="utf-8")
    reached = {
        (page.parent / link.partition("#")[0]).resolve()
        for page in PAGES
        for link in LINK.findall(page.read_text(encoding="utf-8"))
    } | {(ROOT / named).resolve() for named in re.findall(r"[\w/-]+\.md", menu)}

    assert [str(page) for page in (ROOT / "docs").rglob("*.md") if page not in reached] == []


def test_a_sentence_of_the_readme_is_short() -> None:
    doors = (ROOT / "README.md").read_text(encoding="utf-8").split("## You write code")[0]
    prose = re.sub(r"^```.*?^```|^\|.*?$|^!\[.*?$", "", doors, flags=re.MULTILINE | re.DOTALL)
    prose = LINK.sub(lambda link: link[0].partition("](")[0].lstrip("["), prose)
    sentences = re.split(r"(?<=[.?!:;*])\s+|\n\s*[-#\d]|\n\n", prose)

    assert [one for one in sentences if len(one.split()) > MOST_WORDS] == []


def test_every_picture_of_the_readme_is_there() -> None:
    pictures = re.findall(r"!\[([^\]]*)\]\(([^)]+)\)", (ROOT / "README.md").read_text(encoding="utf-8"))

    assert pictures
    assert all(words and (ROOT / path).exists() for words, path in pictures)


@pytest.mark.parametrize("name", ["deploy/prometheus.yml", "deploy/grafana.json", "docs/operations.md"])
def test_every_metric_to_watch_is_one_that_is_told(name: str) -> None:
    told = telemetry.page(telemetry.Depths({"dead": 1}, 1, {"dead": 1}, 1)).decode()
    named = set(re.findall(r"\bcornerman_[a-z_]+", (ROOT / name).read_text(encoding="utf-8")))

    assert len(named) > 4
    assert {
        metric for metric in named if metric.removesuffix("_bucket").removesuffix("_count") not in told
    } == set()
