"""Start real servers on the loopback address, and leave nothing running."""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

LOOPBACK = "127.0.0.1"
PAGE = Path(__file__).parents[3] / "docs" / "warehouse.md"
PORT_ON_PAGE = "7077"
SECONDS_TO_START = 60
SECONDS_TO_STOP = 20
QUICK_START = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
"""A Java machine that lives for seconds spends them on compiling, otherwise."""


def postgres_programs() -> Path | None:
    """Return the folder with PostgreSQL's programs: on the PATH, or where Debian puts them."""
    found = shutil.which("initdb")
    if found:
        return Path(found).parent
    found_by_debian = list(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    newest = max(found_by_debian, key=lambda path: int(path.parts[-3]), default=None)
    return newest and newest.parent


def free_port() -> int:
    """Return a port of the loopback address that nobody listens on."""
    with socket.socket() as asking:
        asking.bind((LOOPBACK, 0))
        return int(asking.getsockname()[1])


@contextlib.contextmanager
def postgres_server() -> Iterator[dict[str, Any]]:
    """Start an empty PostgreSQL server, and yield what to connect with."""
    programs = postgres_programs()
    assert programs is not None
    folder = Path(tempfile.mkdtemp(prefix="cxdrivers-postgres-"))
    password, port = secrets.token_hex(), free_port()
    (folder / "password").write_text(password, encoding="ascii")
    owner: dict[str, Any] = {}
    if os.geteuid() == 0:
        # PostgreSQL refuses to run as root; its Debian package makes this user.
        owner = {"user": "postgres", "group": "postgres", "extra_groups": []}
        for path in (folder, folder / "password"):
            shutil.chown(path, "postgres", "postgres")
    quiet = {"cwd": folder, "stdout": subprocess.DEVNULL, **owner}
    make = ["-D", "data", "-U", "tester", "-A", "scram-sha-256", "--pwfile", "password"]
    subprocess.run(
        [programs / "initdb", *make, "-E", "UTF8", "--locale=C", "--no-sync"], check=True, **quiet
    )
    settings = [f"port={port}", f"listen_addresses={LOOPBACK}", f"unix_socket_directories={folder}"]
    options = [part for setting in [*settings, "fsync=off"] for part in ("-c", setting)]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(
            [programs / "postgres", "-D", "data", *options], stderr=log, **quiet
        )
        try:
            wait_for_port(port, server)
            yield {
                "host": LOOPBACK,
                "port": port,
                "user": "tester",
                "password": password,
                "dbname": "postgres",
            }
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(SECONDS_TO_STOP)
            shutil.rmtree(folder)


@dataclass
class SparkCluster:
    """A master with workers, started by the two commands that the documents give."""

    folder: Path
    port: int = field(default_factory=free_port)
    master: subprocess.Popen[bytes] | None = None
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def url(self) -> str:
        """What a session connects to."""
        return f"spark://{LOOPBACK}:{self.port}"

    def start_master(self) -> None:
        """Start the master, and wait until it listens."""
        self.master = self._started(commands_on_page()[0])
        wait_for_port(self.port, self.master)

    def start_worker(self) -> None:
        """Start a worker, which offers itself to the master when it is ready."""
        self.workers.append(self._started(commands_on_page()[1]))

    def lose_worker(self) -> None:
        """Kill the worker and what it runs, as when its machine is switched off."""
        _end(self.workers.pop(), signal.SIGKILL)

    def stop(self) -> None:
        """End all processes."""
        for process in [*self.workers, *([self.master] if self.master else [])]:
            _end(process, signal.SIGTERM)

    def _started(self, command: str) -> subprocess.Popen[bytes]:
        # A session of its own makes the executors of a worker part of its group of processes.
        with (self.folder / "log").open("ab") as log:
            return subprocess.Popen(
                command.replace(PORT_ON_PAGE, str(self.port)).split(),
                cwd=self.folder,
                env=spark_environment() | {"SPARK_WORKER_DIR": str(self.folder / "work")},
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )


def commands_on_page() -> list[str]:
    """Return the commands with which the documents start a master and a worker."""
    found = re.findall(r"^spark-class .*$", PAGE.read_text("utf-8"), re.MULTILINE)
    assert len(found) == 2
    assert all(PORT_ON_PAGE in command for command in found)
    return found


def spark_environment() -> Mapping[str, str]:
    """Return the environment of Spark's processes: that of this Python, on the loopback address."""
    return os.environ | {
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "SPARK_LOCAL_IP": LOOPBACK,
        "SPARK_DAEMON_MEMORY": "256m",
        "SPARK_DAEMON_JAVA_OPTS": QUICK_START,
        "SPARK_MASTER_WEBUI_PORT": "0",
        "SPARK_WORKER_WEBUI_PORT": "0",
    }


@contextlib.contextmanager
def spark_cluster() -> Iterator[SparkCluster]:
    """Start a standalone master and a worker."""
    with tempfile.TemporaryDirectory(prefix="cxdrivers-spark-") as folder:
        cluster = SparkCluster(Path(folder))
        try:
            cluster.start_master()
            cluster.start_worker()
            yield cluster
        finally:
            cluster.stop()


@contextlib.contextmanager
def spark_session(master: str, **settings: str) -> Iterator[Any]:
    """Connect to a master, and end the connection with the Java machine behind it."""
    from pyspark import SparkContext
    from pyspark.sql import SparkSession

    assert SparkContext._active_spark_context is None, "there is one session at a time"
    builder = SparkSession.builder.master(master)
    for name, value in {
        "spark.driver.host": LOOPBACK,
        "spark.driver.bindAddress": LOOPBACK,
        "spark.driver.extraJavaOptions": QUICK_START,
        "spark.executor.extraJavaOptions": QUICK_START,
        "spark.executor.memory": "512m",
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.shuffle.partitions": "2",
        "spark.sql.session.timeZone": "UTC",
        **{name.replace("_", "."): value for name, value in settings.items()},
    }.items():
        builder = builder.config(name, value)
    before = {name: os.environ.get(name) for name in ("PATH", "SPARK_LOCAL_IP")}
    os.environ.update({name: spark_environment()[name] for name in before})
    try:
        session = builder.getOrCreate()
        try:
            yield session
        finally:
            session.stop()
            _end_java(SparkContext)
    finally:
        for name, value in before.items():
            os.environ.pop(name, None) if value is None else os.environ.update({name: value})


def _end_java(context: Any) -> None:
    """End the Java machine of sessions, which would otherwise stay until Python ends."""
    gateway = context._gateway
    gateway.shutdown()
    gateway.proc.stdin.close()
    gateway.proc.wait(SECONDS_TO_STOP)
    context._gateway = context._jvm = None


def wait_for_port(port: int, process: subprocess.Popen[bytes]) -> None:
    """Wait until a process listens on a port, or say that it ended."""
    for _ in range(SECONDS_TO_START * 10):
        assert process.poll() is None, f"ended with {process.returncode}: {process.args!r}"
        with contextlib.suppress(OSError), socket.create_connection((LOOPBACK, port), 1):
            return
        time.sleep(0.1)
    raise TimeoutError(f"nobody listens on {port}")


def _end(process: subprocess.Popen[bytes], how: signal.Signals) -> None:
    """End a process with all that it started."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, how)
    try:
        process.wait(SECONDS_TO_STOP)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
