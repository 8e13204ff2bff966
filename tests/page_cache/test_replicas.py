"""Readers are answered from a replica of the database, never with what was before a change of a second ago."""

import os
import threading
import time
import urllib.error
import urllib.request
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg2
import pytest

from tests.databases import run_program, standby
from tests.page_cache.test_never_stale import keep_warm
from tests.running import Person, migrated

pytestmark = [
    pytest.mark.own_site,
    pytest.mark.skipif(os.environ["TEST_DATABASE"] != "postgresql", reason="SQLite has no replicas"),
]

SEARCH = "/search/?q=%E9%87%8D%E9%98%B3"


class Pair:
    """A site whose readers are answered from a replica; `primary` and `replica` are the folders of the two servers."""

    def __init__(self, folder, replica):
        self.site, self.replica = migrated(folder), replica
        place, _, self.name = self.site.environment["DATABASE_URL"].rpartition("/")
        self.primary = Path(place.partition("@/")[2])
        # The site reaches the primary by a door that a test can take away.
        self.door = folder / "door"
        self.door.symlink_to(self.primary)
        self.site.manage("loadedition", "newsletter/editions/demo/2018-10-11.json", "--publish")
        # As in production: what is committed is sent on at once.
        self.ask(self.primary, f"ALTER DATABASE {self.name} SET synchronous_commit = on")
        self.caught_up()

    def served(self):
        primary, replica = (f"postgresql://postgres@/{folder}/{self.name}" for folder in (self.door, self.replica))
        return self.site.served(workers=4, PAGE_CACHE_MB="32", DATABASE_URL=primary, REPLICA_URLS=replica)

    def ask(self, server, question, *params):
        with closing(psycopg2.connect(host=server, user="postgres", dbname="postgres")) as database:
            database.autocommit = True
            with database.cursor() as cursor:
                cursor.execute(question, params)
                return cursor.fetchall() if cursor.description else None

    def caught_up(self):
        [(sent,)] = self.ask(self.primary, "SELECT pg_current_wal_lsn()")
        while self.ask(self.replica, "SELECT pg_last_wal_replay_lsn() < %s", sent) != [(False,)]:
            time.sleep(0.02)

    def retitle(self, title, **settings):
        """Change the headline of a public story, and give the moment after."""
        rows = "SELECT min(id) FROM articles_article WHERE state = 'published'"
        with closing(psycopg2.connect(host=self.primary, user="postgres", dbname=self.name)) as database:
            with database, database.cursor() as cursor:
                for name, value in settings.items():
                    cursor.execute(f"SET {name} = {value}")
                cursor.execute(f"UPDATE articles_article SET title = %s WHERE id = ({rows})", [title])
        return time.monotonic()

    def page(self, path="/news/"):
        return urllib.request.urlopen(self.site.address + path, timeout=20).read().decode()

    def longest_stale(self, title, since, seconds=1.3):
        """How long after the moment `since` a page without the title was asked for at last."""
        stale = 0.0
        while (asked := time.monotonic()) < since + seconds:
            if title not in self.page():
                stale = asked - since
        return stale

    def readers_are_answered_by(self, server):
        """Whether the server is asked when a reader searches, of which no answer is kept."""
        [(before,)] = self.ask(server, "SELECT clock_timestamp()")
        self.page(SEARCH)
        question = (
            "SELECT count(*) FROM pg_stat_activity WHERE datname = %s AND backend_type = 'client backend'"
            " AND query_start > %s AND query NOT LIKE '%%page_cache_generation%%'"
        )
        return self.ask(server, question, self.name, before) != [(0,)]

    def wait_for_replica(self):
        for _attempt in range(100):
            # Each of the four workers finds out for itself.
            if all(self.readers_are_answered_by(self.replica) for _time in range(12)):
                return
            time.sleep(0.1)
        raise AssertionError("The replica is not asked.")

    @contextmanager
    def paused(self):
        """The replica goes on answering and hears of no change."""
        self.ask(self.replica, "SELECT pg_wal_replay_pause()")
        try:
            while self.ask(self.replica, "SELECT pg_get_wal_replay_pause_state()") != [("paused",)]:
                time.sleep(0.02)
            yield
        finally:
            self.ask(self.replica, "SELECT pg_wal_replay_resume()")
            self.caught_up()


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    with standby(f"replica-{os.getpid()}") as folder:
        pair = Pair(tmp_path_factory.mktemp("site"), folder)
        with pair.served():
            yield pair


@pytest.fixture
def pair(served):
    served.wait_for_replica()
    return served


def test_readers_are_answered_from_the_replica_and_staff_from_the_primary(pair):
    chief = Person(pair.site)
    pair.wait_for_replica()
    assert not pair.readers_are_answered_by(pair.primary)

    with pair.paused():
        # Not counted as a change, so that the replica counts as fresh.
        pair.retitle("只在主库", session_replication_role="replica")
        _status, of_staff = chief.get("/news/")
        of_readers = pair.page("/news/?from=2018-01-01")

    assert "只在主库" in of_staff and "只在主库" not in of_readers


def test_what_staff_save_is_written_to_the_primary(pair):
    chief = Person(pair.site)
    path = "/admin/events/eventtype/add/"

    status, _page = chief.post(path, {**chief.form(path), "name": "龙舟赛", "slug": "dragon-boats"})

    assert status == 302
    assert pair.site.ask("SELECT count(*) FROM events_eventtype WHERE name = '龙舟赛'") == [(1,)]


def test_change_is_there_within_a_second_for_every_reader(pair):
    ended = threading.Event()
    readers = [threading.Thread(target=keep_warm, args=(pair.site.address, ended)) for _number in range(2)]
    for reader in readers:
        reader.start()
    try:
        stale = [pair.longest_stale(title, pair.retitle(title)) for title in ("第一次更正", "第二次更正", "第三次更正")]
    finally:
        ended.set()
        for reader in readers:
            reader.join()

    print("stale for at most", max(stale), "s")
    assert max(stale) < 1


def test_replica_that_lags_is_left_out_and_nothing_old_is_kept(pair):
    with pair.paused():
        stale = pair.longest_stale("副本落后", pair.retitle("副本落后"), seconds=2)
        assert not pair.readers_are_answered_by(pair.replica)

    print("stale for at most", stale, "s")
    assert stale < 1
    pair.wait_for_replica()
    assert all("副本落后" in pair.page() for _time in range(12))


def test_site_goes_on_from_the_primary_while_the_replica_is_stopped(pair):
    begun = time.monotonic()
    run_program(pair.replica, "pg_ctl", "stop", "--wait", "--mode=immediate")
    try:
        pages = [pair.page(path) for path in ("/news/", "/events/", SEARCH, "/") * 5]
        changed = pair.retitle("副本停了")
        assert pair.longest_stale("副本停了", changed, seconds=0.5) == 0
    finally:
        options = ("--options", f"-c unix_socket_directories={pair.replica}")
        run_program(pair.replica, "pg_ctl", "start", "--wait", "--timeout=60", *options)

    assert len(pages) == 20 and time.monotonic() - begun < 15
    pair.caught_up()
    pair.wait_for_replica()


def test_reader_notices_nothing_when_a_replica_breaks_its_query_off(pair):
    ended, broken = threading.Event(), []

    def read():
        while not ended.is_set():
            try:
                pair.page(SEARCH)
            except urllib.error.HTTPError as error:
                broken.append(error.code)

    reader = threading.Thread(target=read)
    reader.start()
    for _time in range(10):
        pair.ask(
            pair.replica,
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s",
            pair.name,
        )
        time.sleep(0.2)
    ended.set()
    reader.join()

    assert broken == []


def test_readers_are_answered_while_the_primary_is_away(pair):
    pair.door.unlink()
    try:
        pair.ask(
            pair.primary,
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s",
            pair.name,
        )
        for _time in range(10):
            for path in ("/news/", "/events/", SEARCH, "/"):
                pair.page(path)
            time.sleep(0.1)
    finally:
        pair.door.symlink_to(pair.primary)
