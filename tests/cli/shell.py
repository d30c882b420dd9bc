"""The command in a folder of its own: one process's worth of settings, real files, exit codes."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot import cli
from tests.support.databases import SQLiteFiles


class Shell:
    """The command in a folder and with a database of its own."""

    def __init__(
        self, folder: Path, database: str, patch: pytest.MonkeyPatch, captured: pytest.CaptureFixture[str]
    ) -> None:
        self.folder, self._patch, self._captured = folder, patch, captured
        patch.chdir(folder)
        patch.setenv("DATABASE_URL", database)

    def __call__(self, *words: str, code: int = 0, **environment: str) -> tuple[str, str]:
        """What it wrote to stdout and to stderr."""
        self._captured.readouterr()
        with self._patch.context() as patch, pytest.raises(SystemExit) as ended:
            patch.setattr(sys, "argv", ["cornerman", *words])
            for name, value in environment.items():
                patch.setenv(name, value)
            cli.main()
        out, err = self._captured.readouterr()
        assert (ended.value.code or 0) == code, err + out
        assert "Traceback" not in err
        return out, err

    def says(self, *words: str) -> Any:
        return json.loads(self(*words, "--json")[0])


@pytest.fixture
def shell(
    tmp_path: Path,
    sqlite_files: SQLiteFiles,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Iterator[Shell]:
    with sqlite_files.fresh() as db:
        yield Shell(tmp_path, db.url.render_as_string(), monkeypatch, capsys)
