"""A site of its own for a test: real processes with a SQLite file in a folder."""

import os
import re
import sqlite3
import subprocess
import sys
import time
from contextlib import contextmanager
from http.cookiejar import CookieJar
from pathlib import Path
from socket import create_server
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener

ROOT = Path(__file__).resolve().parents[1]
PASSWORD = "a long password"


class Site:
    def __init__(self, folder):
        self.folder = folder
        self.port = _free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        self.environment = {**kept, "VAR_DIR": str(folder), "SITE_URL": self.address, "DEBUG": "1"}

    def start(self, *arguments, **variables):
        return subprocess.Popen(
            [sys.executable, *arguments],
            cwd=ROOT,
            env={**self.environment, **variables},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def manage(self, *arguments, **variables):
        assert self.start("manage.py", *arguments, **variables).wait() == 0

    def ask(self, question):
        with sqlite3.connect(self.folder / "newsletter.sqlite3", timeout=20) as database:
            return database.execute(question).fetchall()

    @contextmanager
    def served(self):
        """gunicorn answers at the address."""
        server = self.start(
            *("-m", "gunicorn", "--bind", f"127.0.0.1:{self.port}", "--workers", "2", "--threads", "4"),
            *("--no-control-socket", "newsletter.wsgi"),
        )
        for _attempt in range(200):
            try:
                build_opener().open(self.address + "/robots.txt").read()
                break
            except URLError:
                time.sleep(0.1)
        try:
            yield self
        finally:
            server.terminate()
            server.wait()


def _free_port():
    with create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


def migrated(folder):
    """A site with its tables and one superuser, `chief`."""
    site = Site(folder)
    site.manage("migrate", "--verbosity", "0")
    site.manage(
        *("createsuperuser", "--noinput", "--username", "chief", "--email", "chief@example.org"),
        DJANGO_SUPERUSER_PASSWORD=PASSWORD,
    )
    return site


def browser_of(site):
    browser = build_opener(HTTPCookieProcessor(CookieJar()))
    form = browser.open(site.address + "/admin/login/").read().decode()
    fields = {"csrfmiddlewaretoken": token(form), "username": "chief", "password": PASSWORD, "next": "/admin/"}
    browser.open(site.address + "/admin/login/", urlencode(fields).encode())
    return browser


def token(page):
    return re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[1]
