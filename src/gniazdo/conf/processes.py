"""Runs the server, the job worker and the clock of nightly jobs side by side, and stops them together."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from types import FrameType
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

STOP_AFTER = 12  # seconds a process gets to finish what it is doing
FAST_DEATH = 3  # a process that dies sooner than this after its start is broken, not unlucky


class Stopped(KeyboardInterrupt):
    """Someone asked us to stop (Ctrl-C or the service manager)."""


def port_is_free(host: str, port: int) -> bool:
    """Whether nobody listens there yet."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as s:
        s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            s.bind((host, port))
        except OSError:
            return False
    return True


def server_command(host: str, port: int, workers: int) -> list[str]:
    """granian with our application."""
    return [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port), "--workers", str(workers),
        "--blocking-threads", "4", "--no-ws", "--no-access-log", "--log-level", "warning", "--respawn-failed-workers",
        "gniazdo.conf.wsgi:application",
    ]  # fmt: skip


def job_commands() -> list[list[str]]:
    """The worker that takes jobs from the database, and the clock that plans nightly ones."""
    manage = [sys.executable, "-m", "gniazdo.conf.cli", "manage"]
    return [[*manage, "jobs", "--no-reload", "--verbosity", "0"], [*manage, "crontask", "--verbosity", "0"]]


def answers(url: str, *, within: float) -> bool:
    """Whether the address answers anything before the time is up."""
    until = time.monotonic() + within
    while time.monotonic() < until:
        try:
            with urlopen(url, timeout=2):  # noqa: S310 - our own loopback address
                return True
        except HTTPError:
            return True
        except (URLError, OSError):
            time.sleep(0.1)
    return False


def run_together(commands: list[list[str]], *, once_started: Callable[[], None] = lambda: None) -> int:
    """Keep the processes running until Ctrl-C or TERM, then stop them all. A process that dies is started again.

    Gives 0 after an asked-for stop, 1 when a process cannot stay up.
    """

    def stop(signum: int, frame: FrameType | None) -> None:
        raise Stopped

    before = signal.signal(signal.SIGTERM, stop)
    running: list[tuple[list[str], subprocess.Popen[bytes], float]] = []
    try:
        # The server first, alone: people wait for it, jobs wait for nobody.
        for place, command in enumerate(commands):
            running.append((command, start(command), time.monotonic()))
            if place == 0:
                once_started()
        while True:
            for place, (command, process, since) in enumerate(running):
                if process.poll() is None:
                    continue
                if time.monotonic() - since < FAST_DEATH:
                    return 1
                time.sleep(1)
                running[place] = (command, start(command), time.monotonic())
            time.sleep(0.3)
    except KeyboardInterrupt:
        return 0
    finally:
        signal.signal(signal.SIGTERM, before)
        stop_all([process for _, process, _ in running])


def start(command: list[str]) -> subprocess.Popen[bytes]:
    """One child in a group of its own: Ctrl-C reaches us first, and we stop the children in order."""
    quiet = subprocess.DEVNULL if "manage" in command else None
    return subprocess.Popen(command, stdout=quiet, start_new_session=True, env=os.environ)


def stop_all(processes: list[subprocess.Popen[bytes]]) -> None:
    """Ask each to finish, and end those that do not."""
    for process in processes:
        if process.poll() is None:
            process.terminate()
    until = time.monotonic() + STOP_AFTER
    for process in processes:
        try:
            process.wait(timeout=max(until - time.monotonic(), 0.1))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
