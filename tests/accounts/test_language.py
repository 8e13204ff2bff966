"""The admin is Chinese, unless the account says English."""

import re

import pytest

from tests import factories
from tests.desk.people import browser_of, superuser


def language_of(response):
    return re.search(r'<html lang="([^"]+)"', response.content.decode())[1]


@pytest.mark.parametrize("asked", ["", "en", "zh-hant", "de,en;q=0.5"])
def test_the_log_in_page_is_chinese_whatever_the_browser_asks(db, client, asked):
    response = client.get("/admin/login/", headers={"accept-language": asked})

    assert language_of(response) == "zh-hans"
    assert "登录" in response.content.decode()


def test_the_admin_of_a_new_account_is_chinese(db):
    response = browser_of(factories.staff(is_superuser=True)).get("/admin/articles/article/")

    assert language_of(response) == "zh-hans"
    assert "筛选" in response.content.decode() or "过滤" in response.content.decode()


def test_the_admin_of_an_account_with_english_is_english(db):
    response = browser_of(superuser()).get("/admin/articles/article/")

    assert language_of(response) == "en"
    assert "Log out" in response.content.decode()


def test_the_language_of_one_person_does_not_stay_for_the_next_request(db, client):
    browser_of(superuser()).get("/admin/")

    assert language_of(client.get("/admin/login/")) == "zh-hans"


def test_a_public_page_without_a_session_asks_nothing_about_accounts(db, client, django_assert_num_queries):
    with django_assert_num_queries(0):
        client.get("/robots.txt")


def test_a_session_that_has_ended_is_read_in_chinese(db, client):
    client.cookies["sessionid"] = "x" * 32

    assert language_of(client.get("/admin/login/")) == "zh-hans"
