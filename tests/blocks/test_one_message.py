"""A message is one value: nobody asks one function for its text and another for its blocks."""

import ast
from collections.abc import Iterator

from tests.tree import ROOT


def views() -> Iterator[tuple[str, ast.FunctionDef]]:
    for path in sorted((ROOT / "bot").glob("*/views/*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef):
                yield f"{path.relative_to(ROOT)}: {node.name}", node


def test_no_view_has_a_twin_for_its_text() -> None:
    names = {name for name, _node in views()}

    assert len(names) > 300
    assert [
        name for name in names if name.endswith("_text") and not name.split(": ")[1].startswith("_")
    ] == []
    assert [name for name in names if f"{name}_text" in names] == []


def test_no_view_gives_a_pair_of_text_and_blocks() -> None:
    given = [(name, ast.unparse(node.returns)) for name, node in views() if node.returns]

    assert [name for name, kind in given if kind.startswith("tuple[") and "Block" in kind] == []
