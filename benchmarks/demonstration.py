"""A site as visitors meet it, for measuring and looking: gunicorn, collected files, the demonstration editions."""

import os
import subprocess
import sys
from contextlib import contextmanager
from shutil import which
from tempfile import TemporaryDirectory

from .serving import ROOT, free_place, serving

CHROMIUM_OPTIONS = (
    "--no-sandbox",  # root has none
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@contextmanager
def demonstration(edition_files=()):
    """The address of a site with the editions of these files, published; default: the demonstration editions."""
    with TemporaryDirectory(prefix="newsletter-demonstration-", ignore_cleanup_errors=True) as folder:
        place = free_place()
        environment = {**os.environ, "VAR_DIR": folder, "SITE_URL": f"http://{place}"}
        environment.pop("DATABASE_URL", None)

        content = [("loadedition", "--publish", str(file)) for file in edition_files] or [("preparedemo",)]
        for command in [("migrate", "--verbosity=0"), *content, ("collectstatic", "--no-input", "--verbosity=0")]:
            managed = [sys.executable, "manage.py", *command]
            subprocess.run(managed, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, check=True)
        with serving("newsletter.wsgi", environment, "/robots.txt", place=place) as server:
            yield server.address


def chromium():
    """The path of the machine's browser."""
    found = which("chromium") or which("chromium-browser") or which("google-chrome")
    if not found:
        raise SystemExit("Chromium is needed: apt-get install chromium fonts-noto-cjk")
    return found
