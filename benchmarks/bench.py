"""The site under load beside bare applications that send the same bytes: `python -m benchmarks.bench [articles ...]`.

For both databases and each size of archive: requests a second, with and without the page cache, in turns with the bare
applications; queries; memory; the start; what a change costs whose pages are kept. Then search and page import.
"""

import os
import pickle
import statistics
import subprocess
import sys
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.databases import postgresql

from .serving import CONNECTIONS, READERS_HEADERS, ROOT, free_place, load, serving

SIZES = (1_000, 100_000)
ROUNDS, SECONDS = 3, 1
KEPT_PAGES = 4_000
# What the bare applications do not send by themselves.
OF_THE_SERVER = {"date", "server", "connection", "transfer-encoding", "keep-alive"}
# (who answers, by which server, megabytes of page cache, what it is measured against)
SITE, BARE, VIEW = "newsletter.wsgi:application", "benchmarks.bare:wsgi", "benchmarks.bare:django()"
CONTENDERS = {
    "bare WSGI, gunicorn": (BARE, "gunicorn", None, None),
    "bare view, gunicorn": (VIEW, "gunicorn", None, None),
    "cache on, gunicorn": (SITE, "gunicorn", 32, "bare WSGI, gunicorn"),
    "cache off, gunicorn": (SITE, "gunicorn", 0, "bare view, gunicorn"),
    "bare WSGI, granian": (BARE, "granian", None, None),
    "cache on, granian": (SITE, "granian", 32, "bare WSGI, granian"),
}


def main(sizes):
    for database, articles in product(("sqlite", "postgresql"), sizes):
        with archive(database, articles) as environment:
            pages = _asked(environment, "pages")
            print(f"\n## {articles:,} articles, {database}\n", flush=True)
            _under_load(environment, pages)
            _around_a_change(environment, pages)
    for title, command in (("Search", "benchmarks.search"), ("Page import", "tests.intake.bench")):
        print(f"\n## {title}\n", flush=True)
        subprocess.run([sys.executable, "-m", command], cwd=ROOT, check=True)


@contextmanager
def archive(database, articles):
    """The environment of a site with so many articles on a database of its own."""
    with TemporaryDirectory(prefix="newsletter-bench-", ignore_cleanup_errors=True) as folder, ExitStack() as servers:
        folder = Path(folder)
        url = f"sqlite:///{folder / 'bench.sqlite3'}"
        if database == "postgresql":
            url = servers.enter_context(postgresql(folder))
        environment = {**os.environ, "DATABASE_URL": url, "VAR_DIR": str(folder / "var")}
        for command in (("migrate", "--verbosity=0"), ("collectstatic", "--no-input", "--verbosity=0")):
            subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, env=environment, check=True)
        seed = [sys.executable, "-m", "benchmarks.seedbench", str(articles)]
        subprocess.run(seed, cwd=ROOT, env=environment, check=True)
        yield environment


def _under_load(environment, pages):
    with ExitStack() as servers, TemporaryDirectory(prefix="newsletter-bare-") as folder:
        bare = {"BARE_PAGES": f"{folder}/pages"}
        # The answers of the site itself are what the bare applications send.
        with serving(SITE, environment, pages["home"]) as site:
            _record(site.address, pages.values(), Path(bare["BARE_PAGES"]))
            print(f"From start to first answer: {site.seconds_to_answer:.2f} s.")
        running = {}
        for name, (application, server, megabytes, _against) in CONTENDERS.items():
            own = bare if megabytes is None else {"PAGE_CACHE_MB": str(megabytes)}
            place = free_place()
            made = serving(application, environment | own, pages["home"], server, place)
            running[name] = servers.enter_context(made)
            for path in pages.values():
                _answer(running[name].address + path)
        loads = {pair: [] for pair in product(pages, running)}
        for _round, (page, name) in product(range(ROUNDS), loads):
            loads[page, name].append(load(running[name].address + pages[page], SECONDS))
        rates = {pair: statistics.median(each.rate for each in made) for pair, made in loads.items()}
        queries = _asked(environment, "queries")
        sizes = {page: len(_answer(running["cache on, gunicorn"].address + path)[1]) for page, path in pages.items()}
        print("\n| page | kB | queries | answered by | requests/s | p50 ms | p99 ms | ratio |")
        print("| --- | ---: | ---: | --- | ---: | ---: | ---: | ---: |")
        for page, name in loads:
            against = CONTENDERS[name][-1]
            ratio = f"{rates[page, name] / rates[page, against]:.2f}" if against else ""
            p50, p99 = (
                statistics.median(getattr(each, value) for each in loads[page, name]) for value in ("p50", "p99")
            )
            first = f"{page} | {sizes[page] / 1000:.1f} | {queries[page]}" if name == next(iter(running)) else " | | "
            print(f"| {first} | {name} | {rates[page, name]:,.0f} | {p50:.2f} | {p99:.2f} | {ratio} |")
        print("\nMemory (PSS) of all processes of a server:", end=" ")
        print("; ".join(f"{name} {server.memory() / 2**20:.0f} MiB" for name, server in running.items()), flush=True)


def _around_a_change(environment, pages):
    """What a full page cache costs: memory, the editor who saves, and the reader who comes first then."""
    with serving(SITE, environment | {"PAGE_CACHE_MB": "32"}, pages["home"]) as site:
        alone = _asked(environment, "save")
        _answer(site.address + pages["home"])
        paths = _asked(environment, "articles")[:KEPT_PAGES]
        with ThreadPoolExecutor(CONNECTIONS) as readers:
            list(readers.map(_answer, [site.address + path for path in paths]))
        memory = site.memory()
        beside = _asked(environment, "save")
        started = time.perf_counter()
        _answer(site.address + pages["home"])
        print(
            f"With {len(paths):,} pages kept: memory {memory / 2**20:.0f} MiB, a save {beside:.1f} ms (without any"
            f" {alone:.1f} ms), the next answer {1000 * (time.perf_counter() - started):.0f} ms.",
            flush=True,
        )


def _answer(address):
    with urllib.request.urlopen(urllib.request.Request(address, headers=READERS_HEADERS)) as response:
        return response.getheaders(), response.read()


def _record(address, paths, file):
    kept = {}
    for path in paths:
        headers, body = _answer(address + path)
        kept[path] = [pair for pair in headers if pair[0].lower() not in OF_THE_SERVER], body
    file.write_bytes(pickle.dumps(kept))


# What has to be asked of the site from within is asked in a process with its settings.


def _asked(environment, question):
    answer = subprocess.run(
        [sys.executable, "-m", "benchmarks.bench", "--ask", question],
        cwd=ROOT,
        env={**environment, "DJANGO_SETTINGS_MODULE": "newsletter.settings"},
        stdout=subprocess.PIPE,
        check=True,
    )
    return pickle.loads(answer.stdout)


def pages():
    """`{kind: path}` of the pages that are measured; the list's last is the one of its 400th page."""
    from django.db.models import Count

    from newsletter.articles.models import Article, ArticleOrganization

    published = Article.objects.published().order_by("-date", "-pk")
    organizations = ArticleOrganization.objects.values_list("organization__slug").annotate(count=Count("pk"))
    slug = organizations.order_by("-count")[0][0]
    count = published.count()
    before = published[min(399 * 25, count - 26)]
    middle = published[count // 2]
    return {
        "home": "/",
        "article": middle.get_absolute_url(),
        "list": "/news/",
        "page 400": f"/news/?before={before.date}.{before.pk}",
        "organization": f"/orgs/{slug}/",
        "month": f"/news/{middle.date:%Y/%m}/",
        "feed": "/feeds/news.rss",
    }


def queries():
    """`{kind: number of queries}` of each page without the page cache."""
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    settings.ALLOWED_HOSTS = ["testserver"]
    counted = {}
    for page, path in pages().items():
        with CaptureQueriesContext(connection) as asked:
            Client().get(path)
        counted[page] = len(asked)
    return counted


def articles():
    """The paths of all public articles."""
    from newsletter.articles.models import Article

    return [article.get_absolute_url() for article in Article.objects.published().only("pk").order_by("pk")]


def save():
    """Milliseconds, in the median, in which a story is saved."""
    from newsletter.articles.models import Article

    article, times = Article.objects.published().order_by("pk")[0], []
    for _time in range(21):
        started = time.perf_counter()
        article.save()
        times.append(1000 * (time.perf_counter() - started))
    return statistics.median(times)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--ask"]:
        import django

        django.setup()
        sys.stdout.buffer.write(pickle.dumps(globals()[sys.argv[2]]()))
    else:
        main([int(size) for size in sys.argv[1:]] or SIZES)
