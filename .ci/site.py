"""`make docs`: lays the pages, and what they point at, into build/pages; draws how the rooms hang together.

The pages keep their places, so that their links are the same as in the repository. mkdocs then makes build/site of
them, and stops where a link leads nowhere.
"""

import re
import shutil
import tomllib
from collections.abc import Iterator
from html import escape
from pathlib import Path

import grimp

ROOT = Path.cwd()
PAGES = ROOT / "build" / "pages"
LINK = re.compile(r"\]\(([^)#\s]+)[^)]*\)")
CELL, LEFT, TOP = 22, 110, 110
ABOUT = """\
# How it is built

The rooms of `bot/`, from the ground up, as the imports in the code are. A dot says that the room of the line imports
something of the room of the column. No dot lies above the diagonal: a room imports only from those before it, and
`make check` asks. What each room is for, and what its shelves hold, stands in [CONTRIBUTING.md](../CONTRIBUTING.md).

"""


def main() -> None:
    shutil.rmtree(PAGES, ignore_errors=True)
    for source in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*")]:
        if source.is_file():
            lay(source)
    for page in list(PAGES.rglob("*.md")):
        for target in pointed_at(page):
            lay(target)
    (PAGES / "docs" / "architecture.md").write_text(ABOUT + drawing(), encoding="utf-8")


def lay(source: Path) -> None:
    place = PAGES / source.relative_to(ROOT)
    place.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, place)


def pointed_at(page: Path) -> Iterator[Path]:
    """The files outside the docs that the page has links to."""
    here = ROOT / page.relative_to(PAGES).parent
    for path in LINK.findall(page.read_text(encoding="utf-8")):
        target = (here / path).resolve()
        if "://" not in path and target.is_file() and target.is_relative_to(ROOT):
            yield target


def rooms() -> list[str]:
    """From the ground up, as pyproject.toml has them."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    layers = contracts["contracts"][0]["layers"]
    return [room for layer in reversed(layers) for room in layer.split(" | ")]


def drawing() -> str:
    """A dot for each room that another one imports."""
    order = rooms()
    graph = grimp.build_graph("bot", cache_dir=None)
    parts = [
        f'<text x="{LEFT - 8}" y="{TOP + CELL * at + 15}" text-anchor="end">{escape(room)}</text>'
        f'<text transform="translate({LEFT + CELL * at + 15},{TOP - 8}) rotate(-60)">{escape(room)}</text>'
        f'<rect x="{LEFT + CELL * at}" y="{TOP + CELL * at}" width="{CELL}" height="{CELL}" opacity=".2"/>'
        for at, room in enumerate(order)
    ]
    parts += [
        f'<circle cx="{LEFT + CELL * (column + 0.5)}" cy="{TOP + CELL * (row + 0.5)}" r="5"/>'
        for row, importer in enumerate(order)
        for column, imported in enumerate(order)
        if row != column and imports(graph, f"bot.{importer}", f"bot.{imported}")
    ]
    width, height = LEFT + CELL * len(order) + 60, TOP + CELL * len(order) + 10
    style = 'font-size="12" font-family="sans-serif" fill="currentColor"'
    drawn = "\n".join(parts)
    head = f'viewBox="0 0 {width} {height}" role="img" aria-label="Which room imports which"'
    return f"<div><svg {head} {style}>\n{drawn}\n</svg></div>\n"


def imports(graph: grimp.ImportGraph, importer: str, imported: str) -> bool:
    inside = graph.find_descendants(importer) | {importer}
    there = graph.find_descendants(imported) | {imported}
    return any(graph.find_modules_directly_imported_by(module) & there for module in inside)


if __name__ == "__main__":
    main()
