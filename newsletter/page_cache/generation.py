"""What tells that something changed: a number in the database, and the next moment at which time changes something.

Triggers of the database raise the number, in the transaction of the change and whatever made it: a form, a bulk
update, a command, a shell. A page is kept under the number that was read before it was made; so one that was made of
what is changed meanwhile is never sent after the change is there.
"""

import datetime

from django.apps import apps
from django.db import connections
from django.db.models import Min

from newsletter.publishing.models import Publishable
from newsletter.records.databases import database_for_reading
from newsletter.records.dates import day_start, local_day

from .models import Generation

_FEATURES = ("orgs", "publishing", "pages", "events", "awards", "articles", "editions")
# Of these, what staff alone see.
_OF_STAFF = {"Merger", "MovedRow", "Organization_correspondents", "ReviewStep", "PreviewLink"}

_RAISE = (
    f"INSERT INTO {Generation._meta.db_table} (id, number) VALUES (1, 1)"
    f" ON CONFLICT (id) DO UPDATE SET number = {Generation._meta.db_table}.number + 1"
)
_ASK = f"SELECT number FROM {Generation._meta.db_table} WHERE id = 1"
# Once in a transaction, and at its end: until then nobody else waits for the row.
_FUNCTION = f"""
CREATE OR REPLACE FUNCTION page_cache_raise() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF current_setting('page_cache.raised', true) IS DISTINCT FROM txid_current()::text THEN
        {_RAISE};
        PERFORM set_config('page_cache.raised', txid_current()::text, true);
    END IF;
    RETURN NULL;
END $$
"""


def seen_by_readers():
    """The models whose rows make public pages."""
    configs = [apps.get_app_config(label) for label in _FEATURES]
    models = [model for config in configs for model in config.get_models(include_auto_created=True)]
    return [model for model in models if model.__name__ not in _OF_STAFF]


def follow_all_tables(using="default", **kwargs):
    """Put the triggers on every table that readers see, after each `migrate`: SQLite loses them with some changes."""
    database = connections[using]
    with database.cursor() as cursor:
        if database.vendor == "postgresql":
            cursor.execute(_FUNCTION)
        for table in sorted(model._meta.db_table for model in seen_by_readers()):
            for statement in _triggers(database.vendor, table):
                cursor.execute(statement)


def _triggers(vendor, table):
    if vendor == "postgresql":
        yield f"DROP TRIGGER IF EXISTS page_cache_raise ON {table}"
        yield (
            f"CREATE CONSTRAINT TRIGGER page_cache_raise AFTER INSERT OR UPDATE OR DELETE ON {table}"
            " DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION page_cache_raise()"
        )
    else:
        for deed in ("INSERT", "UPDATE", "DELETE"):
            name = f"page_cache_{table}_{deed.lower()}"
            yield f"CREATE TRIGGER IF NOT EXISTS {name} AFTER {deed} ON {table} BEGIN {_RAISE}; END"


def current_generation():
    """The number in the database from which the page is then made, which is at least as new as that."""
    return generation_in(database_for_reading())


def generation_in(alias):
    """The number in the database now; 0 before anything was changed. Raises `django.db.Error`."""
    database = connections[alias]
    database.ensure_connection()
    # Without Django's cursor, which takes longer than the question: it is asked for every page.
    with database.wrap_database_errors:
        cursor = database.connection.cursor()
        cursor.execute(_ASK)
        row = cursor.fetchone()
    return row[0] if row else 0


def next_moment(now):
    """When time alone next changes a public page: something scheduled comes, or a day begins in Shanghai."""
    moments = [day_start(local_day(now) + datetime.timedelta(days=1))]
    for model in Publishable.__subclasses__():
        scheduled = model.objects.filter(state=model.State.PUBLISHED, publish_at__gt=now)
        moments.append(scheduled.aggregate(moment=Min("publish_at"))["moment"])
    return min(filter(None, moments))
