"""`make audit` finds a known weakness, says when it cannot look, and wants a hash for every pin."""

import http.server
import json
import runpy
import subprocess
import sys
import threading
from collections.abc import Iterator

import pytest

from tests.tree import ROOT

AUDIT = ROOT / ".ci" / "audit.py"


class Osv(http.server.BaseHTTPRequestHandler):
    """Answers as the vulnerability service does; knows of one weakness."""

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        weak = asked["package"]["name"] == "jinja2"
        found = {"vulns": [{"id": "PYSEC-0000-1", "summary": "Bad.", "affected": []}]} if weak else {}
        body = json.dumps(found).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Quiet."""


@pytest.fixture
def osv() -> Iterator[str]:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Osv)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/v1/query"
    server.shutdown()
    server.server_close()


def audited(url: str) -> subprocess.CompletedProcess[str]:
    quiet = {"PATH": "/usr/bin:/bin", "NO_PROXY": "127.0.0.1", "AUDIT_OSV_URL": url}
    return subprocess.run(
        [sys.executable, str(AUDIT)], env=quiet, capture_output=True, text=True, check=False
    )


def test_a_known_weakness_is_an_error(osv: str) -> None:
    done = audited(osv)

    assert done.returncode == 1, done.stdout + done.stderr
    assert "PYSEC-0000-1" in done.stdout


def test_without_a_network_it_says_what_it_did_not_look_at() -> None:
    done = audited("http://127.0.0.1:9/v1/query")

    assert done.returncode == 3, "neither sound nor weak: nobody has looked"
    assert done.stdout.startswith("NOT AUDITED")


def test_a_pin_without_a_hash_is_found() -> None:
    pins_without_hash = runpy.run_path(str(AUDIT))["pins_without_hash"]
    good = f"a==1.0 \\\n    --hash=sha256:{'0' * 64}\n"

    assert pins_without_hash(good) == []
    assert pins_without_hash(f"{good}b==2.0\nc>=3 --hash=sha256:{'0' * 64}\n") == ["b==2.0", "c>=3"]
