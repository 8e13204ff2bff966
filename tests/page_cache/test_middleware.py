"""A page that was made once is sent again as it was, while nothing that readers see has changed."""

import datetime
import shutil
import threading
import time
from contextlib import closing

import pytest
from django.db import connection, transaction
from django.utils import timezone

from newsletter.articles.models import Article
from newsletter.page_cache.generation import current_generation, next_moment, seen_by_readers
from newsletter.records.dates import day_start
from tests.factories import (
    draft_article,
    event_type,
    organization,
    preview_link,
    published_article,
    published_event,
    scheduled_article,
    staff,
)
from tests.page_cache.conftest import Reader, answer_of


def test_page_is_made_once(reader):
    published_article(title="端午送粽子")

    first, again = reader.get("/news/"), reader.get("/news/")

    assert "端午送粽子" in first.text
    assert (again.status, again.content, again.headers) == (200, first.content, first.headers)
    assert reader.made == ["/news/"]


def test_page_is_the_one_that_the_site_makes(reader):
    article = published_article()

    for path in (
        "/",
        article.get_absolute_url(),
        "/en/news/",
        "/feeds/news.rss",
        "/sitemap.xml",
        "/sitemap-articles.xml",
    ):
        reader.get(path)
        kept, made = reader.get(path), answer_of(reader.site, path)
        assert kept.text == made.content.decode()
        assert kept.headers["Content-Type"] == made.headers["Content-Type"]
        assert {"X-Content-Type-Options", "Referrer-Policy"} <= kept.headers.keys()


# Fresh.


def change_by_form(article):
    article.title = "更正后的标题"
    article.save()


def change_in_bulk(article):
    Article.objects.filter(pk=article.pk).update(title="更正后的标题")


def change_by_hand(article):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE articles_article SET title = '更正后的标题' WHERE id = %s", [article.pk])


@pytest.mark.parametrize("change", [change_by_form, change_in_bulk, change_by_hand])
def test_change_is_there_at_once_whatever_made_it(reader, change):
    article = published_article()
    for path in ("/", article.get_absolute_url()):
        reader.get(path)

    change(article)

    assert all("更正后的标题" in reader.get(path).text for path in ("/", article.get_absolute_url()))


def test_withdrawn_story_is_gone_at_once(reader):
    article = published_article(title="端午送粽子")
    reader.get("/news/"), reader.get(article.get_absolute_url())

    article.withdraw(reason="有误")

    assert "端午送粽子" not in reader.get("/news/").text
    assert reader.get(article.get_absolute_url()).status == 410


@pytest.mark.parametrize("link", ["organization", "tag", "event"])
def test_change_of_what_a_page_names_is_there_at_once(reader, link):
    named = {"organization": organization("爱友"), "event": published_event(type=event_type("讲座"))}
    article = published_article(organizations=[named["organization"]], events=[named["event"]], tags=["端午"])
    reader.get(article.get_absolute_url())

    if link == "tag":
        article.tags.add("重阳")
    else:
        row = named[link]
        row.name = "重阳"
        row.save()

    assert "重阳" in reader.get(article.get_absolute_url()).text


def test_scheduled_story_comes_in_its_second(reader):
    scheduled_article(timezone.now() + datetime.timedelta(seconds=1), title="定时稿件")
    assert "定时稿件" not in reader.get("/news/").text

    time.sleep(1.1)

    assert "定时稿件" in reader.get("/news/").text


def test_next_moment_is_that_of_the_next_scheduled_thing_or_the_next_day_in_shanghai(transactional_db):
    now = day_start(datetime.date(2026, 6, 4)) + datetime.timedelta(hours=9)
    tomorrow = day_start(datetime.date(2026, 6, 5))
    assert next_moment(now) == tomorrow

    scheduled_article(now + datetime.timedelta(days=3))
    assert next_moment(now) == tomorrow

    scheduled_article(now + datetime.timedelta(hours=2))
    assert next_moment(now) == now + datetime.timedelta(hours=2)


def test_page_made_of_what_changed_meanwhile_is_not_sent_again(reader):
    article = published_article(title="旧标题")
    site = reader.site

    def overtaken(environ, start_response):
        made = [b"".join(site(environ, start_response))]
        if article.title == "旧标题":
            change_by_form(article)
        return made

    reader.site = overtaken
    assert "旧标题" in reader.get("/news/").text

    assert "更正后的标题" in reader.get("/news/").text


def test_change_that_was_taken_back_changes_nothing(reader):
    article = published_article()
    before = current_generation()

    with transaction.atomic():
        change_by_form(article)
        transaction.set_rollback(True)

    assert current_generation() == before


def test_what_staff_alone_see_leaves_the_pages(reader):
    article = draft_article()
    before = current_generation()

    preview_link(article)
    staff()

    assert current_generation() == before


def test_every_table_that_readers_see_is_followed(reader):
    """Or else a new one would be forgotten."""
    names = {model.__name__ for model in seen_by_readers()}

    assert {"Article", "Photo", "TaggedArticle", "OrganizationName", "Publication", "EditionItem", "Tombstone"} <= names
    question = {
        "postgresql": "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'page_cache_raise'",
        "sqlite": "SELECT DISTINCT tbl_name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'page_cache_%'",
    }
    with connection.cursor() as cursor:
        cursor.execute(question[connection.vendor])
        followed = {table for (table,) in cursor.fetchall()}
    assert followed == {model._meta.db_table for model in seen_by_readers()}


def test_another_release_makes_its_own_pages(reader, tmp_path):
    reader.get("/")
    newer = Reader(tmp_path / "page-cache", release="2")

    newer.get("/")

    assert newer.made == ["/"]


# For whom.


def test_page_of_somebody_with_a_session_is_neither_kept_nor_sent_from_what_is(reader):
    for _time in range(2):
        reader.get("/news/", cookie="sessionid=abc")
    assert len(reader.made) == 2

    reader.get("/news/")
    reader.get("/news/", cookie="a=b; sessionid=abc")
    assert len(reader.made) == 4


@pytest.mark.parametrize(
    "path", ["/admin/login/", "/search/?q=端午", "/no/such/page/", "/articles/999/", "/static/none.css"]
)
def test_what_is_no_public_page_is_not_kept(reader, path):
    for _time in range(2):
        reader.get(path)

    assert len(reader.made) == 2


def test_parameters_that_no_page_knows_neither_split_nor_fill_it(reader):
    organization(slug="aiyou")

    pages = {reader.get(f"/news/?org=aiyou{more}").content for more in ("", "&utm_source=weixin", "&x=1&y=2", "&from=")}

    assert len(pages) == 1
    assert reader.made == ["/news/?org=aiyou"]
    reader.get("/?org=aiyou")
    assert reader.made[-1] == "/"


def test_known_parameters_are_the_same_in_any_order(reader):
    organization(slug="aiyou")

    reader.get("/news/?org=aiyou&from=2019-06-01")
    reader.get("/news/?from=2019-06-01&org=aiyou")

    assert reader.made == ["/news/?from=2019-06-01&org=aiyou"]


def test_host_is_a_part_of_what_a_page_is_kept_under(reader, settings):
    reader.get("/", host="news.example.org")
    reader.get("/", host="127.0.0.1")
    assert len(reader.made) == 2

    settings.ALLOWED_HOSTS = ["127.0.0.1"]
    assert reader.get("/", host="evil.example.org").status == 400


@pytest.mark.parametrize("query", ["org=%FF", "org=%00", "org=nobody"])
def test_damaged_and_unknown_parameters_are_answered_as_without_it(reader, query):
    assert reader.get(f"/news/?{query}").status == answer_of(reader.site, f"/news/?{query}").status


# How.


@pytest.mark.parametrize(
    ("accepted", "encoding"), [("gzip, deflate, br", "br"), ("gzip", "gzip"), ("", None), ("br;q=0, gzip;q=0", None)]
)
def test_page_is_sent_in_the_best_encoding_that_is_accepted(reader, accepted, encoding):
    published_article(title="端午送粽子")

    for _time in range(2):
        answer = reader.get("/news/", accept_encoding=accepted)
        assert answer.headers.get("Content-Encoding") == encoding
        assert answer.headers["Vary"] == "Accept-Encoding"
        assert "端午送粽子" in answer.text


def test_who_has_the_page_is_told_that_it_is_the_same(reader):
    tag = reader.get("/", accept_encoding="gzip").headers["ETag"]

    same = reader.get("/", accept_encoding="gzip", if_none_match=f'"other", {tag}')
    assert (same.status, same.content, same.headers["ETag"]) == (304, b"", tag)

    published_article()
    assert reader.get("/", accept_encoding="gzip", if_none_match=tag).status == 200


def test_head_is_told_what_get_would_be(reader):
    got, head = reader.get("/"), reader.get("/", "HEAD")

    assert (head.status, head.content, head.headers) == (200, b"", got.headers)


def test_caches_on_the_way_keep_a_page_for_a_minute_at_most(reader):
    assert reader.get("/").headers["Cache-Control"] == "public, max-age=0, s-maxage=60, must-revalidate"


def test_subscriber_who_knows_a_date_alone_is_answered_by_the_feed_itself(reader):
    published_article()
    date = reader.get("/feeds/news.rss").headers["Last-Modified"]

    assert (
        reader.get("/feeds/news.rss", if_modified_since=date).status
        == answer_of(reader.site, "/feeds/news.rss", if_modified_since=date).status
    )


def test_several_who_ask_at_once_wait_for_one_page(reader):
    made = []

    def slow(environ, start_response):
        time.sleep(0.2)
        made.append(environ["PATH_INFO"])
        start_response("200 OK", [("Content-Type", "text/html")])
        return [b"page"]

    def ask():
        reader.get("/")
        connection.close()

    reader.site = slow
    askers = [threading.Thread(target=ask) for _number in range(5)]
    for asker in askers:
        asker.start()
    for asker in askers:
        asker.join()

    assert made == ["/"]


def test_workers_share_what_is_kept(reader, tmp_path):
    reader.get("/")
    other = Reader(tmp_path / "page-cache")

    assert other.get("/").status == 200
    assert other.made == []


def test_worker_holds_in_memory_what_it_has_sent(reader, tmp_path):
    reader.get("/"), reader.get("/")
    shutil.rmtree(tmp_path / "page-cache")

    assert reader.get("/").status == 200
    assert reader.made == ["/"]


def test_worker_does_not_hold_more_than_an_eighth_of_the_room(tmp_path, reader):
    small = Reader(tmp_path / "small", limit=20_000)
    small.get("/"), small.get("/")
    shutil.rmtree(tmp_path / "small")

    small.get("/")

    assert small.made == ["/", "/"]


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has no connection that can be lost")
def test_lost_connection_is_made_again(reader):
    reader.get("/")
    lost = connection.connection.info.backend_pid
    with closing(connection.copy("other")) as other, other.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [lost])

    assert reader.get("/").status == 200


# Its room.


def test_old_pages_make_room_for_new_ones(reader, tmp_path):
    small = Reader(tmp_path / "small", limit=200_000)
    published_article()

    for month in range(1, 13):
        for year in range(2000, 2020):
            small.get(f"/calendar/{year}/{month:02}/")

    kept = [file.stat().st_size for file in (tmp_path / "small").rglob("*") if file.is_file()]
    # What was made since it was looked at last comes on top.
    assert sum(kept) < 200_000 + 64 * max(kept)


def test_pages_of_before_a_change_are_removed(reader, tmp_path):
    reader.get("/"), reader.get("/news/")
    published_article()

    reader.get("/")

    assert len([file for file in (tmp_path / "page-cache").rglob("*") if file.is_file()]) == 1


def test_site_answers_where_nothing_can_be_kept(reader, tmp_path):
    (tmp_path / "page-cache").write_text("no folder")

    assert [reader.get("/").status for _time in range(2)] == [200, 200]


def test_site_answers_after_the_database_closed_its_connection(reader):
    if connection.vendor == "sqlite":
        pytest.skip("SQLite has no server that could")
    connection.ensure_connection()
    connection.connection.close()

    assert [reader.get("/").status for _time in range(2)] == [200, 200]
