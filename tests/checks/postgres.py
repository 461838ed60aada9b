"""A real PostgreSQL for one run of the suite: in a temporary folder, on loopback, a free port, stopped at the end."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

USER = "gniazdo"  # an ordinary role, as in production: a superuser would walk through the fence between institutions


def binaries() -> Path | None:
    """The folder of the newest server ≥ 15: Debian keeps one per version outside the path."""
    places = [Path(p) for p in Path("/usr/lib/postgresql").glob("*/bin")] + list(
        Path("/opt/homebrew/opt").glob("postgresql@*/bin")
    )
    places = sorted((p for p in places if (p / "initdb").exists()), key=lambda p: int(re.findall(r"\d+", str(p))[-1]))
    on_path = shutil.which("initdb")
    return places[0] if places else (Path(on_path).resolve().parent if on_path else None)


def missing() -> str:
    """Why no server can be started here, or nothing."""
    if binaries() is None:
        return "nie ma serwera PostgreSQL (Debian: apt-get install postgresql)"
    if os.geteuid() == 0 and _someone() is None:
        return "PostgreSQL nie działa jako root, a nie ma użytkownika postgres ani nobody"
    return ""


def _someone() -> str | None:
    for name in ("postgres", "nobody"):
        if subprocess.run(["id", "-u", name], capture_output=True).returncode == 0:
            return name
    return None


def free_port() -> int:
    """A port nobody listens on now."""
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return int(s.getsockname()[1])


@contextmanager
def server(log: Path) -> Iterator[str]:
    """Start a server with nothing in it; gives its address; stops it and removes its folder whatever happens."""
    found = binaries()
    assert found is not None, missing()
    folder = Path(tempfile.mkdtemp(prefix="gniazdo-pg-"))
    who: list[str] = []
    if os.geteuid() == 0:
        name = _someone()
        assert name is not None
        shutil.chown(folder, name)
        who = ["runuser", "-u", name, "--"]
    data, port = folder / "data", free_port()
    options = (
        f"-c listen_addresses=127.0.0.1 -p {port} -c unix_socket_directories={folder} -c fsync=off -c full_page_writes=off"
        " -c synchronous_commit=off -c max_connections=60 -c shared_buffers=256MB"
    )
    with log.open("w") as out:

        def call(*argv: str) -> None:
            subprocess.run([*who, *argv], check=True, stdout=out, stderr=subprocess.STDOUT, cwd=folder)

        try:
            call(
                str(found / "initdb"), "-D", str(data), "-U", "postgres", "--auth=trust", "-E", "UTF8",
                "--locale-provider=icu", "--icu-locale=pl-PL", "--locale=C.UTF-8", "-N",
            )  # fmt: skip
            call(str(found / "pg_ctl"), "-D", str(data), "-l", str(folder / "server.log"), "-w", "-o", options, "start")
            make = f"CREATE ROLE {USER} LOGIN CREATEDB"
            call(str(found / "psql"), "-h", "127.0.0.1", "-p", str(port), "-U", "postgres", "-c", make, "postgres")
            yield f"postgresql://{USER}@127.0.0.1:{port}/postgres"
        finally:
            subprocess.run(
                [*who, str(found / "pg_ctl"), "-D", str(data), "-m", "immediate", "-w", "stop"],
                stdout=out,
                stderr=out,
                cwd=folder,
            )
            shutil.rmtree(folder, ignore_errors=True)
