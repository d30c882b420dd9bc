"""How the program is built: no long module, no full folder, no `try` in a handler, one road to what is dangerous."""

import inspect
import re
from collections import Counter

import handlers
from tests.tree import ROOT


def test_handlers_have_no_try() -> None:
    for surface in handlers.SURFACES:
        assert "try:" not in inspect.getsource(surface), surface.__name__


def test_every_surface_speaks_with_the_client_of_its_workspace() -> None:
    """`app.client` bears no token: listeners are given `client`, events have `event.slack`."""
    for file in (ROOT / "handlers").rglob("*.py"):
        assert "app.client" not in file.read_text(encoding="utf-8"), file


LONGEST_MODULE, FULLEST_FOLDER = 250, 20


def test_no_module_is_long_and_no_folder_full() -> None:
    modules = [
        path for part in ("bot", "handlers", "storage", "tests") for path in (ROOT / part).rglob("*.py")
        if path.parent.name != "versions"
    ]  # fmt: skip
    lengths = {str(path.relative_to(ROOT)): len(path.read_text("utf-8").splitlines()) for path in modules}
    long = {path for path, length in lengths.items() if length > LONGEST_MODULE}
    folders = Counter(path.parent.relative_to(ROOT) for path in modules if path.name != "__init__.py")

    assert long == set()
    assert {folder for folder, n in folders.items() if n > FULLEST_FOLDER} == set()


def test_what_somebody_else_made_is_opened_by_a_child_process_alone() -> None:
    """Elsewhere a workbook of a kilobyte ends the program."""
    openers = re.compile(
        r"\b(files|reading)\.(open_file|sheet_names)\(|\bopen_file\(|\bworkbooks\.(lines|shown)\("
    )
    found = {
        str(path.relative_to(ROOT))
        for folder in ("bot", "handlers")
        for path in (ROOT / folder).rglob("*.py")
        if openers.search(path.read_text(encoding="utf-8"))
    }
    assert found == {"bot/tabular/child.py", "bot/tabular/files.py"}
