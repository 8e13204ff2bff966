"""An archive of any size in an empty database: `python -m benchmarks.seedbench ARTICLES`.

The database is the one that the environment names, as for the site. The same number makes the same rows.
"""

import os
import sys
import time

import django


def seed(articles, texts=None):
    """Store so many articles and what they stand among, without the search index.

    `texts` has `text()` and `title()`: a `Prose`, if nothing is given. Ends the process where something is stored.
    """
    from .archive import TABLES, Archive
    from .prose import Prose

    if any(table.model.objects.exists() for table in TABLES):
        raise SystemExit("The database is not empty.")
    started = time.monotonic()
    for done in Archive(articles, texts or Prose()).chunks():
        print(f"\r{done:,} of {articles:,} articles", end="", file=sys.stderr, flush=True)
    speed = articles / (time.monotonic() - started)
    print(f", with everything around them and all indexes {speed:,.0f} in a second", file=sys.stderr)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsletter.settings")
    django.setup()
    seed(int(sys.argv[1]))
    print("Nothing is found yet: python manage.py rebuildsearch")
