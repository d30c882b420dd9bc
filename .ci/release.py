"""`make release`: tags what is committed as the version of pyproject.toml, and writes dist/.

dist/ holds the source, what it is made of (CycloneDX, from requirements.lock), and the notes: the version's chapter of
CHANGELOG.md. Exits 1, with a sentence and nothing done, where the tree has changes, the version is tagged already, or
CHANGELOG.md has no chapter with a date for it. `--no-tag` is for who was started by the tag.
"""

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from uuid import uuid4

ROOT = Path.cwd()
PINNED = re.compile(
    r"^([A-Za-z0-9._-]+)==([^\s;]+)((?:.*\n)(?:\s+--hash=sha256:[0-9a-f]{64}.*\n?)+)", re.MULTILINE
)


def main() -> int:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    notes = chapter((ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), version)
    tagging = "--no-tag" not in sys.argv
    if git("status", "--porcelain", "--untracked-files=no"):
        return refuse("There are changes that are not committed.")
    if notes is None:
        return refuse(f"CHANGELOG.md has no chapter “## [{version}] - YYYY-MM-DD”: rename Unreleased.")
    if tagging and git("tag", "--list", f"v{version}"):
        return refuse(f"v{version} is tagged already; raise the version in pyproject.toml.")
    written = write(ROOT / "dist", version, notes)
    if tagging:
        git("tag", "--annotate", f"v{version}", "--message", f"Cornerman {version}")
    sys.stdout.write("\n".join([*map(str, written), f"Now: git push origin v{version}"]) + "\n")
    return 0


def chapter(changelog: str, version: str) -> str | None:
    """What stands under the version's heading; None where it has none with a date."""
    heading = rf"^## \[{re.escape(version)}\] - \d{{4}}-\d\d-\d\d$"
    found = re.search(heading + r"(.*?)(?=^## |\Z)", changelog, re.MULTILINE | re.DOTALL)
    return found[1].strip() + "\n" if found else None


def write(folder: Path, version: str, notes: str) -> list[Path]:
    folder.mkdir(exist_ok=True)
    source, parts, told = (
        folder / name for name in (f"cornerman-{version}.tar.gz", f"cornerman-{version}.cdx.json", "NOTES.md")
    )
    git("archive", "--format=tar.gz", f"--prefix=cornerman-{version}/", f"--output={source}", "HEAD")
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    parts.write_text(json.dumps(made_of(lock, version), indent=2) + "\n", encoding="utf-8")
    told.write_text(notes, encoding="utf-8")
    return [source, parts, told]


def made_of(lock: str, version: str) -> dict[str, object]:
    """Every pinned package with its version and hashes, as CycloneDX 1.6 writes it."""
    components = [
        {
            "type": "library",
            "name": name,
            "version": at,
            "purl": f"pkg:pypi/{name}@{at}",
            "bom-ref": f"{name}@{at}",
            "externalReferences": [
                {
                    "type": "distribution",
                    "url": f"pkg:pypi/{name}@{at}",
                    "hashes": [
                        {"alg": "SHA-256", "content": one}
                        for one in re.findall(r"sha256:([0-9a-f]{64})", hashes)
                    ],
                }
            ],
        }
        for name, at, hashes in PINNED.findall(lock)
    ]
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid4()}",
        "version": 1,
        "metadata": {"component": {"type": "application", "name": "cornerman", "version": version}},
        "components": components,
    }


def git(*words: str) -> str:
    done = subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603, S607
    return done.stdout.strip()


def refuse(sentence: str) -> int:
    sys.stderr.write(f"{sentence}\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
