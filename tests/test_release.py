"""`make release` tags what the changelog tells of, and refuses what is not ready."""

import json
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from tests.tree import ROOT

RELEASE = ROOT / ".ci" / "release.py"


def git(clone: Path, *words: str) -> str:
    return subprocess.run(["git", *words], cwd=clone, capture_output=True, text=True, check=True).stdout


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A repository whose changelog has a chapter for its version."""
    (tmp_path / "pyproject.toml").write_text('[project]\nversion = "7.8.9"\n', encoding="utf-8")
    (tmp_path / "requirements.lock").write_bytes((ROOT / "requirements.lock").read_bytes())
    (tmp_path / "CHANGELOG.md").write_text(
        "# Changelog\n\n## [7.8.9] - 2026-12-01\n\n### Added\n- A bell.\n\n## [7.8.8] - 2026-11-01\n- Less.\n",
        encoding="utf-8",
    )
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "config", "user.name", "maintainers")
    git(tmp_path, "config", "user.email", "maintainers@example.com")
    git(tmp_path, "add", "--all")
    git(tmp_path, "commit", "--quiet", "--message", "All of it")
    return tmp_path


def released(clone: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(RELEASE)], cwd=clone, capture_output=True, text=True, check=False
    )


def test_the_version_is_tagged_with_its_source_its_parts_and_its_notes(clone: Path) -> None:
    done = released(clone)

    assert done.returncode == 0, done.stderr
    assert git(clone, "tag").split() == ["v7.8.9"]
    assert (clone / "dist" / "NOTES.md").read_text(encoding="utf-8") == "### Added\n- A bell.\n"
    with tarfile.open(clone / "dist" / "cornerman-7.8.9.tar.gz") as source:
        assert "cornerman-7.8.9/pyproject.toml" in source.getnames()
    parts = json.loads((clone / "dist" / "cornerman-7.8.9.cdx.json").read_text(encoding="utf-8"))
    named = {one["name"]: one for one in parts["components"]}
    assert {"slack-bolt", "sqlalchemy", "numpy"} <= set(named)
    assert named["slack-bolt"]["externalReferences"][0]["hashes"]


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("pyproject.toml", '[project]\nversion = "7.9.0"\n', "CHANGELOG.md has no chapter"),
        ("CHANGELOG.md", "# Changelog\n\n## [Unreleased]\n", "CHANGELOG.md has no chapter"),
    ],
)
def test_a_version_without_its_chapter_is_refused(clone: Path, name: str, text: str, sentence: str) -> None:
    (clone / name).write_text(text, encoding="utf-8")
    git(clone, "commit", "--quiet", "--all", "--message", "Change")

    done = released(clone)

    assert (done.returncode, git(clone, "tag")) == (1, "")
    assert sentence in done.stderr


def test_what_is_not_committed_and_what_is_tagged_already_are_refused(clone: Path) -> None:
    assert released(clone).returncode == 0
    assert "tagged already" in released(clone).stderr
    (clone / "CHANGELOG.md").write_text("", encoding="utf-8")

    assert "not committed" in released(clone).stderr
