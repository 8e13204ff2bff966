"""A site as visitors meet it, for measuring and looking: gunicorn, collected files, the demonstration editions."""

import os
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path
from shutil import which
from socket import create_server
from tempfile import TemporaryDirectory
from urllib.error import URLError

ROOT = Path(__file__).resolve().parents[1]
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
        with create_server(("127.0.0.1", 0)) as free:
            place = f"127.0.0.1:{free.getsockname()[1]}"
        environment = {**os.environ, "VAR_DIR": folder, "SITE_URL": f"http://{place}"}
        environment.pop("DATABASE_URL", None)

        def python(*command):
            return subprocess.Popen([sys.executable, *command], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)

        content = [("loadedition", "--publish", str(file)) for file in edition_files] or [("preparedemo",)]
        for command in [("migrate", "--verbosity=0"), *content, ("collectstatic", "--no-input", "--verbosity=0")]:
            if python("manage.py", *command).wait():
                raise SystemExit(f"{command[0]} failed.")
        server = python(
            *("-m", "gunicorn", "--bind", place, "--workers", "2", "--threads", "4"),
            *("--no-control-socket", "--log-level", "warning", "newsletter.wsgi"),
        )
        try:
            yield _answering(f"http://{place}")
        finally:
            server.terminate()
            server.wait()


def chromium():
    """The path of the machine's browser."""
    found = which("chromium") or which("chromium-browser") or which("google-chrome")
    if not found:
        raise SystemExit("Chromium is needed: apt-get install chromium fonts-noto-cjk")
    return found


def _answering(address):
    for _attempt in range(100):
        try:
            urllib.request.urlopen(f"{address}/robots.txt").read()
            return address
        except URLError:
            time.sleep(0.1)
    raise SystemExit("The site does not answer.")
