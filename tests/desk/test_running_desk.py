"""What happens to a site of its own, in real processes, when many people work at once and when it is killed."""

import os
import re
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from http.client import HTTPException
from socket import create_connection
from urllib.error import URLError

import pytest

from tests.running import Person, migrated

pytestmark = pytest.mark.own_site

FORM = "/admin/articles/article/{}/change/"
LIST = "/admin/articles/article/"

# A program that makes many saves at once in one process of several; prints how many were refused for an error.
SAVES = """
import django, sys; django.setup()
from concurrent.futures import ThreadPoolExecutor
import random, time
from django.db import connection
from newsletter.articles.models import Article
from newsletter.records.models import EditConflict

def add_a_line(number):
    try:
        while True:
            article = Article.objects.get(pk=1)
            article.staff_note += f"\\n{number}"
            try:
                return article.save()
            except EditConflict:
                time.sleep(random.random() / 10)
    finally:
        connection.close()

first, count = int(sys.argv[1]), int(sys.argv[2])
with ThreadPoolExecutor(10) as people:
    list(people.map(add_a_line, range(first, first + count)))
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    return migrated(tmp_path_factory.mktemp("site"))


@pytest.fixture
def served(site):
    with site.served():
        yield site


def written(person, **fields):
    """The id of a new draft."""
    status, _page = person.post(LIST + "add/", {**person.form(LIST + "add/"), **fields, "_save": "1"})
    assert status == 302
    return person.site.ask("SELECT max(id) FROM articles_article")[0][0]


def stored(site, pk, column="title"):
    return site.ask(f"SELECT {column} FROM articles_article WHERE id = {pk}")[0][0]


@pytest.mark.parametrize("saves", [100, pytest.param(400, marks=pytest.mark.endurance)])
def test_fifty_who_read_change_and_save_at_once_lose_nothing(tmp_path, saves):
    site = migrated(tmp_path)
    site.manage("shell", "--command", "from newsletter.articles.models import Article; Article(title='题').save()")

    settings = {"DJANGO_SETTINGS_MODULE": "newsletter.settings"}
    share = saves // 5
    processes = [site.start("-c", SAVES, str(number * share), str(share), **settings) for number in range(5)]

    assert [process.wait() for process in processes] == [0] * 5
    lines = stored(site, 1, "staff_note").split()
    assert sorted(map(int, lines)) == list(range(saves))
    assert stored(site, 1, "version") == saves + 1


@pytest.mark.parametrize("runs", [10, pytest.param(100, marks=pytest.mark.endurance)])
def test_of_two_editors_who_save_at_once_one_is_told_and_nothing_is_overwritten(served, runs):
    editors = [Person(served), Person(served)]
    pk = written(editors[0], title="原题")

    for run in range(runs):
        titles = [f"第{run}次，{name}" for name in "甲乙"]
        forms = [
            person.form(FORM.format(pk)) | {"title": title, "_save": "1"}
            for person, title in zip(editors, titles, strict=True)
        ]
        with ThreadPoolExecutor(2) as at_once:
            answers = [*at_once.map(lambda person, form: person.post(FORM.format(pk), form), editors, forms)]

        title = stored(served, pk)
        winner = titles.index(title)
        assert sorted(status for status, _page in answers) == [200, 302]
        assert answers[winner][0] == 302
        # The other one sees both texts.
        shown = re.sub("<[^>]+>", "", answers[1 - winner][1])
        assert titles[1 - winner] in shown
        assert title in shown


def test_of_twelve_who_take_one_address_at_once_one_gets_it_and_the_others_a_message(served):
    people = [Person(served) for _number in range(12)]
    path = "/admin/pages/page/add/"
    forms = [
        person.form(path)
        | {"title": f"投稿须知{number}", "slug": "contribute", "body": "<p>请投稿。</p>", "_save": "1"}
        for number, person in enumerate(people)
    ]

    with ThreadPoolExecutor(12) as at_once:
        answers = [*at_once.map(lambda person, form: person.post(path, form), people, forms)]

    assert sorted(status for status, _page in answers) == [200] * 11 + [302]
    assert all("errorlist" in page for status, page in answers if status == 200)
    assert served.ask("SELECT count(*) FROM pages_page WHERE slug = 'contribute'") == [(1,)]


def _is_listening(site):
    try:
        create_connection(("127.0.0.1", site.port), timeout=1).close()
    except OSError:
        return False
    return True


def killed_after(site, seconds, work):
    """Serve the site, let `work()` run in threads, and kill all its processes in the middle."""
    with site.served() as server:
        people = [Person(site) for _number in range(4)]
        forms = [person.form(LIST) for person in people]
        threads = [threading.Thread(target=work, args=[*one]) for one in zip(people, range(4), forms, strict=True)]
        for thread in threads:
            thread.start()
        time.sleep(seconds)
        os.killpg(server.pid, signal.SIGKILL)
        for thread in threads:
            thread.join()
        # The last of the killed processes lets go of the port.
        while _is_listening(site):
            time.sleep(0.05)


def test_every_save_that_was_answered_is_there_after_the_server_was_killed(tmp_path):
    site, answered = migrated(tmp_path), []

    def write(person, number, _form):
        for count in range(1000):
            title = f"第{number}位第{count}稿"
            try:
                status, _page = person.post(LIST + "add/", {**person.form(LIST + "add/"), "title": title, "_save": "1"})
            except (URLError, HTTPException, ConnectionError):
                return
            if status == 302:
                answered.append(title)

    killed_after(site, 3, write)

    kept = {title for (title,) in site.ask("SELECT title FROM articles_article")}
    assert len(answered) > 3
    assert {*answered} <= kept
    # At most the save of each of the four that was under way is there without an answer.
    assert len(kept) <= len(answered) + 4
    # And none without its revision.
    revisions = site.ask(
        "SELECT count(DISTINCT object_id) FROM reversion_version WHERE content_type_id ="
        " (SELECT id FROM django_content_type WHERE model = 'article')"
    )
    assert revisions == [(len(kept),)]


@pytest.mark.parametrize(
    "moments", [(0.4, 0.8), pytest.param((0.2, 0.3, 0.5, 0.6, 0.7, 0.9), marks=pytest.mark.endurance)]
)
def test_a_bulk_action_that_is_killed_is_done_whole_or_not_at_all(tmp_path, moments):
    """Killed when this share of the time has gone that the action takes where nobody kills it."""
    site = migrated(tmp_path)
    make = "from newsletter.articles.models import Article\nfor n in range(150): Article(title=f'第{n}稿').save()"
    site.manage("shell", "--command", make)
    chosen = [str(pk) for (pk,) in site.ask("SELECT id FROM articles_article")]

    def act(person, form, action):
        # Nobody is asked first: these have no byline, which would be found.
        fields = {**form, "action": action, "_selected_action": chosen, "index": "0", "_asked": "1"}
        assert person.post(LIST, fields)[0] == 302

    with site.served():
        person = Person(site)
        form, started = person.form(LIST), time.monotonic()
        act(person, form, "submit_selected")
        takes = time.monotonic() - started
    assert site.ask("SELECT DISTINCT state FROM articles_article") == [("review",)]

    for moment in moments:

        def publish(person, number, form):
            if number == 0:
                with suppress(URLError, HTTPException, ConnectionError):
                    act(person, form, "publish_selected")

        killed_after(site, takes * moment, publish)

        done = site.ask("SELECT count(*) FROM articles_article WHERE state = 'published'")
        assert done in ([(0,)], [(len(chosen),)])
        for table, condition in (
            ("records_auditentry", "deed = 'published'"),
            ("publishing_reviewstep", "decision = 'published'"),
        ):
            assert site.ask(f"SELECT count(*) FROM {table} WHERE {condition}") == done
