import os
import shutil

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import override_settings

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


def pytest_configure():
    if os.environ.get("REQUIRE_BROWSER") == "1" and not CHROMIUM:
        raise pytest.UsageError("REQUIRE_BROWSER=1, but there is no Chromium on this machine.")


_DATABASE_FIXTURES = {"db", "transactional_db", "django_db_setup"}


def pytest_collection_modifyitems(config, items):
    """What touches no database is the same on both: it runs with the tests on SQLite."""
    if os.environ["TEST_DATABASE"] != "postgresql":
        return

    def touches_one(item):
        # pytest-django fails others that ask the database.
        marked = item.get_closest_marker("django_db") or item.get_closest_marker("own_site")
        return marked or _DATABASE_FIXTURES & {*item.fixturenames}

    left_out = [item for item in items if not touches_one(item)]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in left_out]


def pytest_terminal_summary(terminalreporter):
    skipped = [report for report in terminalreporter.stats.get("skipped", []) if "browser" in report.keywords]
    if skipped and not CHROMIUM:
        terminalreporter.write_line(f"{len(skipped)} browser tests skipped: no Chromium on this machine", yellow=True)


@pytest.fixture(scope="session", autouse=True)
def cheap_settings():
    static_files = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # WhiteNoise warns where there is none
    with override_settings(
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        STORAGES={**settings.STORAGES, "staticfiles": static_files},  # the manifest needs collectstatic
    ):
        yield


@pytest.fixture(autouse=True)
def empty_cache():
    """A cached page would outlive the rolled back rows that it shows."""
    cache.clear()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings):
    if connection.vendor == "sqlite":
        # A file, as in production: threads that share one connection in memory run into each other's transactions.
        connection.settings_dict["TEST"]["NAME"] = str(settings.VAR_DIR / "tests.sqlite3")


@pytest.fixture(scope="session")
def chromium():
    """The path of the machine's browser."""
    if not CHROMIUM:
        pytest.skip("no Chromium on this machine")
    return CHROMIUM
