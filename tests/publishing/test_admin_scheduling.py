"""Moments of publishing are Shanghai's, and the admin says so wherever it shows or takes one."""

import datetime

import pytest

from tests import factories
from tests.desk.forms import address, change_form, messages_of
from tests.desk.people import browser_of, chief_editor, editor
from tests.publishing.kinds import KINDS, make

pytestmark = pytest.mark.django_db

MOMENT = datetime.datetime(2199, 6, 5, 16, 30, tzinfo=datetime.UTC)
TYPED = {"publish_at_0": "2199-06-06", "publish_at_1": "00:30:00"}


@KINDS
def test_what_is_typed_is_shanghais_time_and_what_is_stored_is_utc(draft):
    publishable = make(draft)

    change_form(browser_of(chief_editor()), publishable).fill(**TYPED).save()

    publishable.refresh_from_db()
    assert publishable.publish_at == MOMENT
    assert publishable.publish_at.tzinfo == datetime.UTC


@KINDS
def test_the_field_says_beside_it_whose_time_it_takes_and_shows_it_so(draft):
    publishable = make(draft, publish_at=MOMENT)

    form = change_form(browser_of(chief_editor()), publishable)

    page = form.page.content.decode()
    field = page[page.index('name="publish_at_0"') :]
    assert field.index("Shanghai time (UTC+8):") < field.index('name="publish_at_1"')
    assert {name: form.data[name] for name in TYPED} == TYPED


@KINDS
def test_a_form_that_nobody_changed_leaves_the_moment_as_it_was_in_chinese_too(draft):
    publishable = make(draft, **factories.published(factories.PAST + datetime.timedelta(seconds=32)))

    change_form(browser_of(chief_editor(language="zh-hans")), publishable).save()

    publish_at = publishable.publish_at
    publishable.refresh_from_db()
    assert publishable.publish_at == publish_at


@KINDS
def test_the_state_line_tells_from_when_readers_see_it_and_whose_time_that_is(draft):
    publishable = make(draft, **factories.published(MOMENT))

    page = browser_of(editor()).get(address(publishable, "change")).content.decode()

    assert "2199-06-06 00:30 Shanghai time (UTC+8)" in page


@KINDS
def test_publishing_with_a_time_to_come_is_reported_as_scheduled(draft):
    publishable = make(draft)

    response = change_form(browser_of(chief_editor()), publishable).fill(**TYPED).post("_step", "publish")

    [words] = [words for words in messages_of(response) if "scheduled" in words]
    assert words.endswith("was scheduled for 2199-06-06 00:30 Shanghai time (UTC+8).")
    publishable.refresh_from_db()
    assert publishable.is_scheduled()
