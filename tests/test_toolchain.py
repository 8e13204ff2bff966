import os
import re
import subprocess
import sys
import tomllib

import pytest
from django.conf import settings
from django.db import connection

ROOT = settings.BASE_DIR
LOCK_FILES = ["requirements.txt", "requirements-s3.txt", "requirements-dev.txt"]
PRODUCTION = {"SITE_URL": "https://news.example.org", "SECRET_KEY": "a" * 50, "ALLOWED_HOSTS": "news.example.org"}


def locked(file):
    """The requirements of a lock file, each as (name==version and marker, hashes)."""
    lines = (ROOT / file).read_text().replace("\\\n", " ").splitlines()
    requirements = [line.partition("--hash=") for line in lines if line and not line.lstrip().startswith("#")]
    return {pin.strip(): hashes for pin, _, hashes in requirements}


def import_settings(directory, **env):
    command = [sys.executable, "-c", "import newsletter.settings"]
    env = {"PATH": os.environ["PATH"], "VAR_DIR": str(directory), **env}
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=60)


def test_the_tests_run_on_the_database_that_was_asked_for(db):
    assert connection.vendor == os.environ["TEST_DATABASE"]


def test_the_tests_leave_the_state_of_the_checkout_alone():
    assert not settings.VAR_DIR.is_relative_to(ROOT)


@pytest.mark.parametrize("file", [*LOCK_FILES, "Makefile", ".ci/run"])
def test_files_that_install_name_no_host_but_this_machine(file):
    text = (ROOT / file).read_text()

    assert re.findall(r"\w+://(?!127\.0\.0\.1|:memory:).*|--(?:extra-)?index-url.*|--find-links.*", text) == []


@pytest.mark.parametrize("file", LOCK_FILES)
def test_every_locked_requirement_has_a_version_and_hashes(file):
    requirements = locked(file)

    assert requirements
    assert [pin for pin, hashes in requirements.items() if "==" not in pin or "sha256:" not in hashes] == []


def test_each_larger_lock_holds_the_smaller_one_with_the_same_versions():
    plain, with_s3, dev = (locked(file).keys() for file in LOCK_FILES)

    assert (plain - with_s3, with_s3 - dev) == (set(), set())


def test_every_package_has_its_place_in_the_import_order():
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    placed = set(re.findall(r"[\w.]+", " ".join(contracts[0]["layers"])))
    packages = {f"newsletter.{path.parent.name}" for path in ROOT.glob("newsletter/*/__init__.py")}

    assert packages - placed == set()


def test_settings_of_a_public_site_are_accepted_when_complete(tmp_path):
    result = import_settings(tmp_path, **PRODUCTION)

    assert (result.returncode, result.stderr) == (0, "")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"SECRET_KEY": ""}, "Set SECRET_KEY"),
        ({"ALLOWED_HOSTS": ""}, "Set ALLOWED_HOSTS"),
        ({"DEBUG": "true"}, "DEBUG is for loopback addresses"),
        ({"SITE_URL": "https://news.example.org/news"}, "SITE_URL must be like"),
        ({"REVIEWS": "0"}, "REVIEWS must be 1, 2 or 3"),
        ({"REVIEWS": "4"}, "REVIEWS must be 1, 2 or 3"),
        ({"REVIEWS": "two"}, "REVIEWS must be 1, 2 or 3"),
        ({"REPLICA_URLS": "postgres://10.0.0.2/news"}, "REPLICA_URLS are copies of a PostgreSQL database"),
    ],
)
def test_a_public_site_refuses_to_start_when(tmp_path, change, message):
    result = import_settings(tmp_path, **{**PRODUCTION, **change})

    assert result.returncode == 1
    assert message in result.stderr


def test_a_loopback_site_starts_without_any_settings_and_keeps_its_key(tmp_path):
    import_settings(tmp_path).check_returncode()
    key = (tmp_path / "secret_key").read_text()
    import_settings(tmp_path).check_returncode()

    assert len(key) >= 50
    assert (tmp_path / "secret_key").read_text() == key
