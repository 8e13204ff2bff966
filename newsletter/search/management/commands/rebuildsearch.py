import builtins
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from functools import partial

from django.core.management.base import BaseCommand
from django.db import connection

from newsletter.search.engines import engine
from newsletter.search.index import drop_leftovers, pks_of, put, searchable_models
from newsletter.search.models import Entry
from newsletter.search.text import READING

BAR = 40


def _pool():
    """PostgreSQL writes for two at a time; SQLite for one, and a transaction of the caller's is seen by it alone."""
    alone = connection.vendor == "sqlite" or connection.in_atomic_block
    return nullcontext(builtins) if alone else ThreadPoolExecutor(max_workers=2)


def _put(model, chunk):
    put(model, chunk, anew=True)
    engine().settle()
    return len(chunk)


class Command(BaseCommand):
    help = "Build the search index anew, while the site runs: what was found before is found until it is replaced."

    def add_arguments(self, parser):
        parser.add_argument(
            "--from-nothing", action="store_true", help="empty the index first, where it is damaged; little is found"
        )

    def handle(self, *, from_nothing, verbosity, **options):
        self.shows_progress = verbosity > 0 and self.stdout.isatty()
        # What was read otherwise cannot be taken out word by word.
        if from_nothing or Entry.objects.exclude(reading=READING).exists():
            drop_leftovers(models=[])
            engine().clear()
        drop_leftovers(models=searchable_models())
        for model in searchable_models():
            self._rebuild(model)
        engine().tidy()
        if verbosity:
            self.stdout.write(f"{Entry.objects.count()} entries.")

    def _rebuild(self, model):
        chunks, done = pks_of(model), 0
        total = sum(map(len, chunks))
        with _pool() as pool:
            for count in pool.map(partial(_put, model), chunks):
                done += count
                self._show(model, done, total)

    def _show(self, model, done, total):
        if self.shows_progress:
            bar = ("#" * round(BAR * done / total)).ljust(BAR)
            ending = "\n" if done == total else ""
            self.stdout.write(f"\r{bar} {done}/{total} {model._meta.verbose_name_plural}", ending=ending)
            self.stdout.flush()
