"""Four processes on one PostgreSQL behind pgbouncer, with webhooks by turns to each: `python -m tests.bench.fleet`.

Whether any delivery is lost or becomes two calls, how long senders wait, and how soon each is worked. pgbouncer lends
its connections by the session, as deploy/pgbouncer.ini says. The processes, the server and who sends share one machine.
No row of `make bench`: it needs pgbouncer, which does not come as a package of Python.
"""

import asyncio
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from sqlalchemy import URL, make_url

from bot.sandbox import Sandbox
from tests.bench.bench_webhooks import SECRET, at, hire, send, worked
from tests.bench.process import started, told
from tests.bench.table import MeasuresNothing, Row, written
from tests.support.databases import PostgreSQL

PORTS = (18101, 18102, 18103, 18104)
POOLER_PORT = 18105
RATE = int(os.environ.get("RATE", "50"))
SECONDS = int(os.environ.get("SECONDS", "60"))
PATIENCE = 30.0


def run() -> list[Row]:
    pooler = shutil.which("pgbouncer") or shutil.which("/usr/sbin/pgbouncer")
    if pooler is None:
        raise MeasuresNothing("pgbouncer is not installed")
    server = PostgreSQL()
    try:
        with (
            tempfile.TemporaryDirectory() as folder,
            server.fresh() as db,
            _pooled(pooler, Path(folder), db.engine.url) as url,
        ):
            return _told(url, Path(folder))
    finally:
        server.stop()


def _told(url: str, folder: Path) -> list[Row]:
    secrets = folder / "webhooks.toml"
    secrets.write_text(f'generic = "{SECRET}"\n', encoding="utf-8")
    with Sandbox() as sandbox, ExitStack() as bots:
        environment = told(sandbox, url, PORTS[0]) | {"CORNERMAN_WEBHOOK_SECRETS": str(secrets)}
        for port in PORTS:
            bots.enter_context(started(environment | {"CORNERMAN_PORT": str(port)}, port))
        hire(url)
        waited = sorted(asyncio.run(send(PORTS, RATE, SECONDS)))
        lags = sorted(worked(url, len(waited)))
    what = f"{RATE} webhooks a second for {SECONDS} s, {len(PORTS)} processes, pgbouncer, PostgreSQL"
    return [
        Row(f"{what}: median", at(waited, 0.5) * 1000, spread=(waited[0] * 1000, waited[-1] * 1000)),
        Row(f"{what}: p99", at(waited, 0.99) * 1000),
        Row(f"{what}: worked after, p99", at(lags, 0.99) * 1000, spread=(lags[0] * 1000, lags[-1] * 1000)),
    ]


@contextmanager
def _pooled(pooler: str, folder: Path, url: URL) -> Iterator[str]:
    """The database's address behind a pooler of its own."""
    host = url.query["host"]
    ini = folder / "pgbouncer.ini"
    ini.write_text(
        f"""[databases]
* = host={host} user=postgres

[pgbouncer]
listen_addr = 127.0.0.1
listen_port = {POOLER_PORT}
unix_socket_dir =
auth_type = any
pool_mode = session
max_client_conn = 400
default_pool_size = 90
ignore_startup_parameters = extra_float_digits,options
""",
        encoding="utf-8",
    )
    folder.chmod(0o755)
    ini.chmod(0o644)
    as_another = ("-u", Path(str(host)).owner()) if os.getuid() == 0 else ()
    process = subprocess.Popen([pooler, *as_another, str(ini)], stderr=subprocess.DEVNULL)
    try:
        _wait_until_it_listens(process)
        plain = make_url("postgresql+psycopg://postgres@127.0.0.1").set(
            port=POOLER_PORT, database=url.database
        )
        yield plain.render_as_string(hide_password=False)
    finally:
        process.terminate()
        process.wait()


def _wait_until_it_listens(process: "subprocess.Popen[bytes]") -> None:
    until = time.monotonic() + PATIENCE
    while process.poll() is None and time.monotonic() < until:
        with suppress(OSError), socket.create_connection(("127.0.0.1", POOLER_PORT), timeout=1):
            return
        time.sleep(0.05)
    raise MeasuresNothing("pgbouncer did not start")


if __name__ == "__main__":
    print(written(run()))
