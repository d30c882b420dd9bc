"""Somebody who installs it is told what is missing, and gets what the locks say."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from importlib.metadata import version
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner

from bot import cli
from tests.tree import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PRETENDS = """\
#!/bin/sh
exec '{python}' -c 'import runpy, sys
sys.version_info = {version}
sys.argv = sys.argv[1:]
runpy.run_path(sys.argv[0], run_name="__main__")' "$@"
"""


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """What `make install` needs of a clone, and no .venv."""
    shutil.copy(ROOT / "Makefile", tmp_path)
    shutil.copytree(ROOT / ".ci", tmp_path / ".ci")
    for name in ("requirements.lock", "requirements-dev.lock", "pyproject.toml"):
        shutil.copy(ROOT / name, tmp_path)
    return tmp_path


def another_python(path: Path, version: tuple[int, int]) -> Path:
    """A Python that says it is of another version."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(PRETENDS.format(python=sys.executable, version=version), encoding="utf-8")
    path.chmod(0o755)
    return path


def made(clone: Path, *words: str) -> subprocess.CompletedProcess[str]:
    ours = {
        name: value for name, value in os.environ.items() if name not in ("MAKEFLAGS", "MFLAGS", "PYTHON")
    }
    return subprocess.run(["make", *words], cwd=clone, env=ours, capture_output=True, text=True, check=False)


def test_a_python_that_is_too_old_is_told_in_one_sentence(clone: Path) -> None:
    old = another_python(clone / "python3.9", (3, 9))

    done = made(clone, "install", f"PYTHON={old}")

    assert done.returncode != 0
    assert "needs Python 3.11 or newer, this is 3.9." in done.stderr
    assert not (clone / ".venv").exists()


def test_a_venv_of_a_python_too_old_is_made_anew(clone: Path) -> None:
    another_python(clone / ".venv" / "bin" / "python", (3, 10))

    assert "rm -rf .venv" in made(clone, "--dry-run", "install", f"PYTHON={sys.executable}").stdout


def test_a_venv_whose_python_is_gone_is_made_anew(clone: Path) -> None:
    (clone / ".venv" / "bin").mkdir(parents=True)
    (clone / ".venv" / "bin" / "python").symlink_to("/nowhere/python3.12")

    assert "rm -rf .venv" in made(clone, "--dry-run", "install").stdout


def test_a_sound_venv_stays(clone: Path) -> None:
    (clone / ".venv").symlink_to(Path(sys.prefix))

    assert "rm -rf" not in made(clone, "--dry-run", "install").stdout


def pins(name: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for package, at in re.findall(
        r"^([a-z0-9._-]+)==(\S+)", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE
    ):
        found.setdefault(package, set()).add(at)
    return found


def named(requirements: list[str]) -> set[str]:
    return {re.split(r"[\[><=;]", one)[0].lower() for one in requirements}


def test_what_runs_and_what_develops_are_locked_apart() -> None:
    runs, develops = pins("requirements.lock"), pins("requirements-dev.lock")

    assert named(PROJECT["project"]["dependencies"]) <= set(runs)
    assert named(PROJECT["dependency-groups"]["dev"]) <= set(develops)
    assert not named(PROJECT["dependency-groups"]["dev"]) & set(runs)
    assert all(runs[package] == develops[package] for package in runs.keys() & develops.keys())


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock", ".ci/installer.lock"])
def test_no_lock_names_an_index(name: str) -> None:
    assert "://" not in (ROOT / name).read_text(encoding="utf-8")


def test_the_command_tells_its_version() -> None:
    said = CliRunner().invoke(cli.app, ["--version"]).stdout

    assert said.strip() == f"cornerman {PROJECT['project']['version']}" == f"cornerman {version('cornerman')}"


@pytest.mark.parametrize("name", ["compose.yaml", "compose.postgresql.yaml"])
def test_every_bot_of_a_compose_file_runs_as_nobody_on_a_root_that_is_read_only(name: str) -> None:
    services = yaml.safe_load((ROOT / name).read_text(encoding="utf-8"))["services"]
    bots = [one for one in services.values() if "build" in one]

    assert len(bots) > 1
    for bot in bots:
        assert (bot["user"], bot["read_only"], bot["cap_drop"]) == ("10001:10001", True, ["ALL"])
        assert {"mem_limit", "pids_limit", "ulimits"} <= set(bot)


def test_what_the_compose_files_mount_is_there() -> None:
    for name in ("compose.yaml", "compose.postgresql.yaml"):
        services = yaml.safe_load((ROOT / name).read_text(encoding="utf-8"))["services"]
        mounted = [volume.split(":")[0] for one in services.values() for volume in one.get("volumes", [])]
        assert all((ROOT / path).exists() for path in mounted if path.startswith("./"))
