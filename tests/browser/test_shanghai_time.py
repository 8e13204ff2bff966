"""Whoever sits at a computer with another clock is told what counts: Shanghai's."""

import datetime
import re

import pytest

from newsletter.articles.models import Article
from tests import factories
from tests.browser.desk import log_in

FIELD = ".field-publish_at"


def at_a_computer_in(zone, browser, live_server, chief):
    context = browser.new_context(base_url=live_server.url, locale="zh-CN", timezone_id=zone)
    context.set_default_timeout(15_000)
    page = context.new_page()
    log_in(page, chief)
    page.goto("/admin/articles/article/add/")
    return page


def minutes_around_now():
    now = datetime.datetime.now(factories.SHANGHAI)
    return {(now - datetime.timedelta(minutes=ago)).strftime("%H:%M") for ago in (0, 1)}


@pytest.mark.parametrize("zone", ["America/New_York", "Asia/Kolkata", "Pacific/Auckland", "UTC"])
def test_a_computer_with_another_clock_is_told_both_times_and_what_is_typed_is_shanghais(
    browser, live_server, chief, zone
):
    page = at_a_computer_in(zone, browser, live_server, chief)

    told = page.inner_text(f"{FIELD} .timezonewarning")
    shanghai, here = re.findall(r"\d\d:\d\d", told)
    assert shanghai in minutes_around_now()
    assert here != shanghai
    page.fill("#id_title", "另一个时区")
    page.click(f"{FIELD} .datetimeshortcuts >> nth=1 >> a >> nth=0")  # “now”
    assert page.input_value("#id_publish_at_1")[:5] in minutes_around_now()
    page.fill("#id_publish_at_0", "2199-06-06")
    page.fill("#id_publish_at_1", "00:30")
    page.click("[name=_save] >> nth=0")
    page.wait_for_selector("#result_list")

    assert Article.objects.get().publish_at == datetime.datetime(2199, 6, 5, 16, 30, tzinfo=datetime.UTC)
    page.context.close()


def test_a_computer_with_shanghais_clock_is_told_nothing_more(browser, live_server, chief):
    shown = at_a_computer_in("Asia/Shanghai", browser, live_server, chief)

    assert shown.locator(".timezonewarning").count() == 0
    assert shown.locator(f"{FIELD} .datetimeshortcuts").count() == 2
    shown.context.close()
