"""A site of its own for a test: real processes with a folder and, on the database of the run, tables of their own."""

import os
import re
import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import closing, contextmanager
from functools import cache
from http.cookiejar import CookieJar
from pathlib import Path
from socket import create_server
from tempfile import mkdtemp
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, HTTPRedirectHandler, build_opener
from uuid import uuid4

import psycopg2

from tests.desk.forms import controls

ROOT = Path(__file__).resolve().parents[1]
PASSWORD = "a long password"


class Site:
    """Its state is in `folder`; on PostgreSQL its database is a copy of that of the site `like`, where one is given."""

    def __init__(self, folder, like=None):
        self.folder = folder
        self.port = _free_port()
        self.address = f"http://127.0.0.1:{self.port}"
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        self.environment = {**kept, "VAR_DIR": str(folder), "SITE_URL": self.address, "DEBUG": "1"}
        if os.environ["TEST_DATABASE"] == "postgresql":
            self.environment["DATABASE_URL"] = _database_of_its_own(like)

    def start(self, *arguments, **variables):
        return subprocess.Popen(
            [sys.executable, *arguments],
            cwd=ROOT,
            env={**self.environment, **variables},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            # One group, so that a server can be killed with its workers.
            start_new_session=True,
        )

    def manage(self, *arguments, **variables):
        assert self.start("manage.py", *arguments, **variables).wait() == 0

    def told(self, *arguments, **variables):
        """What a Python process of the site prints, which must end well."""
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=ROOT,
            env={**self.environment, **variables},
            capture_output=True,
            text=True,
            check=True,
        ).stdout

    def ask(self, question):
        if url := self.environment.get("DATABASE_URL"):
            with closing(_connected(url)) as database, database.cursor() as cursor:
                cursor.execute(question)
                return cursor.fetchall()
        with sqlite3.connect(self.folder / "newsletter.sqlite3", timeout=20) as database:
            return database.execute(question).fetchall()

    @contextmanager
    def served(self, workers=2, **variables):
        """gunicorn answers at the address."""
        server = self.start(
            *("-m", "gunicorn", "--bind", f"127.0.0.1:{self.port}", "--workers", str(workers), "--threads", "4"),
            *("--no-control-socket", "newsletter.wsgi"),
            **variables,
        )
        for _attempt in range(200):
            try:
                build_opener().open(self.address + "/robots.txt").read()
                break
            except URLError:
                time.sleep(0.1)
        try:
            yield server
        finally:
            server.terminate()
            server.wait()


class Person:
    """A browser without a window, logged in: posts what a form holds and follows no redirect."""

    def __init__(self, site, username="chief"):
        self.site = site
        self.opener = build_opener(HTTPCookieProcessor(CookieJar()), _StayHere)
        _status, page = self.get("/admin/login/")
        login = {"username": username, "password": PASSWORD, "next": "/admin/"}
        self.post("/admin/login/", {**controls(page), **login})

    def get(self, path):
        return self._ask(path)

    def form(self, path):
        """The fields of the form at the path, as a browser would post them."""
        status, page = self.get(path)
        assert status == 200, status
        return controls(page)

    def post(self, path, fields):
        """`(status, page)` of the answer; `fields` has the CSRF token of a page of this person."""
        pairs = [
            (name, one) for name, value in fields.items() for one in (value if isinstance(value, list) else [value])
        ]
        return self._ask(path, urlencode(pairs).encode())

    def _ask(self, path, body=None):
        try:
            answer = self.opener.open(self.site.address + path, body, timeout=60)
        except HTTPError as error:
            answer = error
        return answer.status, answer.read().decode()


class _StayHere(HTTPRedirectHandler):
    def redirect_request(self, *args):
        return None


def _database_of_its_own(like):
    place, name = os.environ["DATABASE_URL"].rpartition("/")[0], f"site_{uuid4().hex}"
    template = like.environment["DATABASE_URL"].rpartition("/")[2] if like else "template1"
    with closing(_connected(f"{place}/postgres")) as server:
        server.autocommit = True
        server.cursor().execute(f"CREATE DATABASE {name} TEMPLATE {template}")
    return f"{place}/{name}"


def _connected(url):
    """A connection to the server of the run, whose address is a folder: `postgresql://postgres@/<folder>/<name>`."""
    folder, _, name = url.removeprefix("postgresql://postgres@/").rpartition("/")
    return psycopg2.connect(host=folder, user="postgres", dbname=name)


def _free_port():
    with create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


def migrated(folder):
    """A site with its tables and one superuser, `chief`."""
    first = _migrated_once()
    shutil.copytree(first.folder, folder, dirs_exist_ok=True)
    return Site(folder, like=first)


@cache
def _migrated_once():
    """The site of which all others of this process are copies: to make the tables takes seconds."""
    folder = Path(mkdtemp(prefix="site-", dir=Path(os.environ["VAR_DIR"]).parent))
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
