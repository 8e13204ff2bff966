"""The search engine on a generated archive, on both databases: `python -m benchmarks.search [articles]`.

Prints building speed, size, how many of 200 queries find exactly what a scan of the same normalized texts finds, and
times: of a page of results, of its filters' counts, and of the scan.
"""

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.databases import postgresql

QUERIES = 200


def main(articles):
    for database in ("sqlite", "postgresql"):
        with TemporaryDirectory(prefix="newsletter-bench-", ignore_cleanup_errors=True) as directory:
            directory = Path(directory)
            if database == "sqlite":
                run(articles, directory, f"sqlite:///{directory / 'bench.sqlite3'}")
            else:
                with postgresql(directory) as url:
                    run(articles, directory, url)


def run(articles, directory, url):
    # A process of its own: Django has one database in its life.
    environment = {**os.environ, "DATABASE_URL": url, "VAR_DIR": str(directory / "var")}
    environment["DJANGO_SETTINGS_MODULE"] = "newsletter.settings"
    command = [sys.executable, "-m", "benchmarks.search", str(articles), "--measure"]
    subprocess.run(command, env=environment, check=True)


def measure(articles):
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connection

    from .corpus import Corpus
    from .seedbench import seed

    call_command("migrate", verbosity=0)
    corpus = Corpus()
    seed(articles, corpus)

    from newsletter.articles.models import Article
    from newsletter.search.engines import engine
    from newsletter.search.models import Entry, EntryText
    from newsletter.search.query import read_query
    from newsletter.search.results import Search, matching, public
    from newsletter.search.text import canonical

    started = time.perf_counter()
    call_command("rebuildsearch", verbosity=0)
    seconds = time.perf_counter() - started
    # Events, organizations and the like are in the index, too.
    entries = Entry.objects.count()
    size = sum(len(head.encode()) + len(body.encode()) for head, body in EntryText.objects.values_list("head", "body"))
    print(f"{connection.vendor}: {articles:,} articles in {entries:,} entries, {size / 1e6:.1f} MB of text")
    print(f"  building   {entries / seconds:,.0f} entries/s, index {engine().size() / size:.1f} x the text")
    of_articles = EntryText.objects.filter(entry__in=Entry.objects.of(Article))
    stored = list(of_articles.values_list("entry__object_id", "head", "body"))
    texts = {pk: (canonical(head), canonical(body)) for pk, head, body in stored}

    queries = [read_query(typed) for typed in corpus.queries([body for _pk, _head, body in stored], QUERIES)]
    right, pages, counts, scans = 0, [], [], []
    for query in queries:
        needle = query.phrases[0].needle
        started = time.perf_counter()
        wanted = {pk for pk, (head, body) in texts.items() if needle in head or needle in body}
        scans.append(time.perf_counter() - started)
        right += {*Article.objects.filter(pk__in=matching(Article, query)).values_list("pk", flat=True)} == wanted
        search = Search(query, public())
        started = time.perf_counter()
        search.page()
        pages.append(time.perf_counter() - started)
        started = time.perf_counter()
        search.counts()
        counts.append(time.perf_counter() - started)
    print(f"  queries    {right} of {len(queries)} find exactly what the scan finds")
    for name, times in (("page", pages), ("counts", counts), ("scan", scans)):
        middle, p95, worst = (
            f"{1000 * value:.1f} ms"
            for value in (statistics.median(times), statistics.quantiles(times, n=20)[-1], max(times))
        )
        print(f"  {name:<10} median {middle}, p95 {p95}, worst {worst}")


if __name__ == "__main__":
    count = int(next(iter(sys.argv[1:]), "20000"))
    measure(count) if "--measure" in sys.argv else main(count)
