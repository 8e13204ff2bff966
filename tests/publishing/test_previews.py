"""A preview link: who has it sees one thing, with its files, before readers do, and nothing else."""

import datetime
import re
from uuid import uuid4

import pytest
from django.core.signing import Signer
from django.test import Client
from django.utils import timezone

from newsletter.articles.models import Photo
from newsletter.publishing.models import PreviewLink, TransitionRefused
from tests import factories
from tests.desk.people import browser_of, editor, superuser
from tests.factories import (
    FUTURE,
    IN_REVIEW,
    PAST,
    attachment,
    draft_article,
    draft_edition,
    expired_link,
    photo,
    preview_link,
    published,
    published_article,
    revoked_link,
    trashed,
    withdrawn,
)
from tests.publishing.kinds import KINDS, make

pytestmark = pytest.mark.django_db

FORTHCOMING = {"draft": {}, "in review": IN_REVIEW, "scheduled": published(FUTURE)}
ENDED = pytest.mark.parametrize("end", [expired_link, revoked_link])


def put(publishable, **values):
    """Bring the object into another state, as if the steps had been taken."""
    for name, value in values.items():
        setattr(publishable, name, value)
    publishable.save()


def story(**values):
    """A draft with a photo and a file, as (article, the addresses of both)."""
    article = make(draft_article, title="机密的端午", **values)
    shown = photo(article, caption="包粽子")
    return article, [shown.wide_url, shown.card_url, attachment(article).get_absolute_url()]


def page_with_file(**values):
    edition = draft_edition(**values)
    page = edition.pages.create(number=1, file=factories.SimpleUploadedFile("1.pdf", b"%PDF-1.4"))
    return edition, page.file_url


# What a guest sees.


@KINDS
@pytest.mark.parametrize("values", FORTHCOMING.values(), ids=FORTHCOMING)
def test_a_person_without_an_account_sees_by_the_link_what_staff_see_at_its_own_address(client, draft, values):
    publishable = make(draft, **values)
    link = preview_link(publishable)

    page, of_staff = client.get(link.get_absolute_url()), browser_of(superuser()).get(publishable.get_absolute_url())

    assert (page.status_code, page.templates[0].name) == (200, of_staff.templates[0].name)
    assert page.context["object"] == publishable
    assert client.get(publishable.get_absolute_url()).status_code == 404


def test_the_page_says_that_it_is_a_preview_and_until_when_in_shanghai(client):
    until = datetime.datetime(2199, 6, 5, 16, 30, tzinfo=datetime.UTC)
    link = preview_link(draft_article(), expires_at=until)

    page = client.get(link.get_absolute_url()).content.decode()

    notice = re.search(r'<div class="notice notice--preview".*?</div>', page, re.S)[0]
    assert "2199-06-06 00:30" in notice
    assert link.for_whom not in page


def test_a_draft_is_shown_with_its_photos_and_files_which_have_no_other_address_for_guests(client):
    article, files = story()
    link = preview_link(article)

    page = client.get(link.get_absolute_url()).content.decode()

    wide, _card, download = files
    assert f'src="{link.root}{wide}"' in page
    assert f'href="{link.root}{download}"' in page
    assert [client.get(link.root + file).status_code for file in files] == [200, 200, 200]
    assert [client.get(file).status_code for file in files] == [404, 404, 404]


def test_the_pages_of_an_edition_and_what_is_to_be_printed_are_shown_by_its_link(client):
    article, (wide, _card, _download) = story()
    edition = draft_edition(articles=[article])
    page = edition.pages.create(number=1, picture=factories.picture_file())
    link = preview_link(edition)
    addresses = [page.get_absolute_url(), f"{edition.get_absolute_url()}print/", page.picture_url]

    assert [client.get(address).status_code for address in addresses] == [404, 404, 404]
    shown = [client.get(link.root + address) for address in addresses]
    assert [response.status_code for response in shown] == [200, 200, 200]
    of_page, to_print = (response.content.decode() for response in shown[:2])
    assert f'src="{link.root}{page.picture_url}"' in of_page
    assert f'href="{link.root}{article.get_absolute_url()}"' in of_page
    assert f'src="{link.root}{wide}"' in to_print
    opening = client.get(link.get_absolute_url()).content.decode()
    assert all(f'href="{link.root}{address}"' in opening for address in addresses[:2])


def test_an_edition_is_shown_with_its_printed_page_and_its_stories(client):
    article, (_wide, card, _download) = story()
    edition, page_file = page_with_file(articles=[article])
    link = preview_link(edition)

    page = client.get(link.get_absolute_url()).content.decode()

    story_address = link.root + article.get_absolute_url()
    assert all(address in page for address in (link.root + card, link.root + page_file, f'"{story_address}"'))
    addresses = [link.root + card, link.root + page_file, story_address]
    assert [client.get(address).status_code for address in addresses] == [200, 200, 200]
    assert [client.get(address.removeprefix(link.root)).status_code for address in addresses] == [404, 404, 404]


@pytest.mark.parametrize("gone", [withdrawn(), trashed()], ids=["withdrawn", "trashed"])
def test_a_story_that_readers_will_not_see_is_in_no_preview_of_its_edition(client, gone):
    article, files = story(**gone)
    link = preview_link(draft_edition(articles=[article]))

    assert "机密的端午" not in client.get(link.get_absolute_url()).content.decode()
    assert {client.get(link.root + file).status_code for file in files} == {404}
    assert client.get(link.root + article.get_absolute_url()).status_code in {404, 410}


@pytest.mark.parametrize("gone", [withdrawn(), trashed()], ids=["withdrawn", "trashed"])
def test_what_readers_will_not_see_of_a_linked_event_is_not_told_in_a_preview(client, gone):
    event, award = factories.draft_event(venue="机密的地点", **gone), factories.draft_award(document="机密", **gone)
    recipient = factories.organization("机密的单位")
    award.recipients.create(organization=recipient)
    link = preview_link(draft_article(events=[event], awards=[award]))

    page = client.get(link.get_absolute_url()).content.decode()

    assert "机密" not in page


def test_a_story_of_a_previewed_edition_that_is_public_stands_at_its_public_address(client):
    article = published_article()
    link = preview_link(draft_edition(articles=[article]))

    assert client.get(link.root + article.get_absolute_url())["Location"] == article.get_absolute_url()


def test_the_link_of_one_thing_opens_nothing_of_another(client):
    link = preview_link(draft_article())
    other, files = story()
    edition, page_file = page_with_file(articles=[link.publishable])
    event = factories.draft_event()

    hidden = [*files, page_file, *(each.get_absolute_url() for each in (other, edition, event))]
    assert {client.get(link.root + address).status_code for address in hidden} == {404}


def test_the_link_of_an_article_does_not_open_another_thing_with_the_same_number(client):
    article = draft_article(pk=4711)
    event = factories.draft_event(pk=4711)
    link = preview_link(article)

    assert client.get(link.get_absolute_url()).status_code == 200
    assert client.get(link.root + event.get_absolute_url()).status_code == 404


@pytest.mark.parametrize(
    "address",
    [
        *("/", "/news/", "/admin/", "/admin/files/{file}", "/robots.txt", "/sitemap.xml", "/feeds/news.rss"),
        *("/photos/{photo}/original", "/media/{file}", "//example.org/", "/../admin/", "/no/such/page/", "/{root}/"),
    ],
)
def test_nothing_but_pages_and_files_stands_under_a_preview_link(client, address):
    article = draft_article()
    shown, link = photo(article), preview_link(article)
    address = address.format(photo=shown.pk, file=shown.picture.name, root=link.root)

    assert client.get(link.root + ("/" + address if address == "/" else address)).status_code == 404


def test_whoever_is_logged_in_sees_by_the_link_only_what_its_guest_sees():
    link = preview_link(draft_article())
    other, files = story()
    of_staff = browser_of(superuser())

    assert of_staff.get(other.get_absolute_url()).status_code == 200
    assert {of_staff.get(link.root + file).status_code for file in files} == {404}


# What a preview leaves behind: nothing.


@pytest.mark.parametrize("end", [preview_link, expired_link, revoked_link])
def test_no_robot_keeps_it_no_cache_stores_it_and_no_referrer_tells_it(client, end):
    article, files = story()
    link = end(article)

    for address in (link.get_absolute_url(), *(link.root + file for file in files), link.root + "/nothing"):
        response = client.get(address)
        assert response["X-Robots-Tag"] == "noindex, nofollow, noarchive"
        assert response["Referrer-Policy"] == "no-referrer"
        assert response["Cache-Control"] == "private, no-store"


def test_the_page_itself_says_so_too_and_names_its_address_in_no_link_but_those_of_its_files(client):
    article, _files = story()
    link = preview_link(article)

    page = client.get(link.get_absolute_url()).content.decode()

    assert '<meta name="robots" content="noindex, nofollow, noarchive">' in page
    assert '<meta name="referrer" content="no-referrer">' in page
    assert "canonical" not in page
    named = re.findall(rf'"([^"]*){link.root}([^"]*)"', page)
    assert {(before, file.split("/")[1]) for before, file in named} == {("", "photos"), ("", "attachments")}


def test_no_public_address_names_a_preview_link(client):
    article, _files = story()
    token = preview_link(article).root.rsplit("/", 1)[1]
    published_article()

    for address in ("/", "/news/", "/robots.txt", "/sitemap-articles.xml", "/feeds/news.rss"):
        assert token not in client.get(address).content.decode()


# When it ends.


def test_a_link_is_valid_to_the_second_in_which_it_expires():
    link = preview_link(draft_article())

    second = datetime.timedelta(seconds=1)
    assert [link.is_valid(link.expires_at - second), link.is_valid(link.expires_at)] == [True, False]
    assert link.expires_at - link.made_at == datetime.timedelta(7)


@ENDED
def test_a_link_that_has_ended_says_so_and_shows_nothing(client, end):
    article, files = story()
    link = end(article)

    page = client.get(link.get_absolute_url())

    assert (page.status_code, page.templates[0].name) == (410, "publishing/preview_ended.html")
    assert "机密" not in page.content.decode()
    assert {client.get(link.root + file).status_code for file in files} == {410}


def test_one_link_is_revoked_and_the_other_one_stays(client):
    article, chief = draft_article(), editor()
    first, second = preview_link(article), preview_link(article)

    first.revoke(by=chief)

    assert [client.get(link.get_absolute_url()).status_code for link in (first, second)] == [410, 200]
    assert (first.revoked_by, first.revoked_at <= timezone.now()) == (chief, True)


def test_revoking_twice_keeps_who_did_it_first():
    link, first, second = preview_link(draft_article()), editor(), editor()

    link.revoke(by=first)
    link.revoke(by=second)

    link.refresh_from_db()
    assert link.revoked_by == first


def forged(link):
    token = link.root.rsplit("/", 1)[1]
    key, _dot, signature = token.partition(".")
    return {
        "without signature": key,
        "of another link": f"{uuid4().hex}.{signature}",
        "cut": token[:-1],
        "signed for another purpose": Signer(sep=".").sign(key),
        "signed, but never made": Signer(salt="newsletter.publishing.preview", sep=".").sign(uuid4().hex),
        "the number": str(link.pk),
        "words": "机密",
        "dot": ".",
        "long": "a" * 3000 + ".b",
    }


@pytest.mark.parametrize("damage", forged(PreviewLink(pk=1)))
def test_an_address_that_was_not_made_here_is_not_found(client, damage):
    article, files = story()
    link = preview_link(article)

    root = "/preview/" + forged(link)[damage]
    assert {client.get(root + address).status_code for address in ("/", *files)} == {404}


def test_the_token_alone_opens_nothing_once_the_secret_key_has_changed(client, settings):
    link = preview_link(draft_article())
    address = link.get_absolute_url()
    settings.SECRET_KEY = "another"

    assert client.get(address).status_code == 404


@KINDS
@pytest.mark.parametrize("end", [preview_link, expired_link, revoked_link])
def test_the_link_of_what_is_published_leads_to_the_public_address(client, draft, end):
    publishable = make(draft)
    link = end(publishable)
    publishable.publish()

    response = client.get(link.get_absolute_url())

    assert (response.status_code, response["Location"]) == (302, publishable.get_absolute_url())
    assert response["Referrer-Policy"] == "no-referrer"


@KINDS
def test_the_link_of_what_was_withdrawn_answers_as_everybody_is_answered(client, draft):
    publishable = make(draft)
    link = preview_link(publishable)
    publishable.publish()
    publishable.withdraw(reason="活动信息有误")

    by_link, public = client.get(link.get_absolute_url()), client.get(publishable.get_absolute_url())

    assert (by_link.status_code, by_link.templates[0].name) == (public.status_code, public.templates[0].name)
    assert by_link.status_code == 410


@KINDS
def test_the_link_of_what_is_in_the_trash_or_was_deleted_is_not_found(client, draft):
    publishable = make(draft)
    link = preview_link(publishable)

    put(publishable, **trashed())
    assert client.get(link.get_absolute_url()).status_code == 404

    put(publishable, state="draft", trashed_at=None, trashed_from="")
    assert client.get(link.get_absolute_url()).status_code == 200

    publishable.delete()
    assert client.get(link.get_absolute_url()).status_code == 404
    assert not PreviewLink.objects.exists()


def test_files_go_when_the_article_of_the_link_is_withdrawn_or_in_the_trash(client):
    article, files = story()
    link = preview_link(article)

    put(article, **withdrawn())
    assert {client.get(link.root + file).status_code for file in files} == {404}

    put(article, **trashed(was="withdrawn"))
    assert {client.get(link.root + file).status_code for file in files} == {404}


def test_when_an_edition_is_out_its_link_opens_no_story_that_still_waits(client):
    waiting = factories.article_in_review()
    edition = draft_edition(articles=[waiting])
    link = preview_link(edition)
    assert client.get(link.root + waiting.get_absolute_url()).status_code == 200

    put(edition, **published(PAST))

    assert client.get(link.root + waiting.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("values", [published(), withdrawn(), trashed()], ids=["published", "withdrawn", "trashed"])
@KINDS
def test_only_what_readers_are_yet_to_see_gets_a_link(draft, values):
    publishable = make(draft, **values)

    with pytest.raises(TransitionRefused):
        PreviewLink.make(publishable, for_whom="王老师", by=editor())

    assert not PreviewLink.objects.exists()


# How often it was opened.


def test_a_link_knows_how_often_guests_opened_its_page_and_when_last(client):
    article, files = story()
    link = preview_link(article)

    client.get(link.get_absolute_url())
    client.get(link.get_absolute_url())
    client.head(link.get_absolute_url())
    client.get(link.root + files[0])
    browser_of(editor()).get(link.get_absolute_url())

    link.refresh_from_db()
    assert link.times_opened == 2
    assert timezone.now() - link.last_opened_at < datetime.timedelta(minutes=1)


@ENDED
def test_a_link_that_has_ended_is_not_counted(client, end):
    link = end(draft_article())

    client.get(link.get_absolute_url())

    link.refresh_from_db()
    assert (link.times_opened, link.last_opened_at) == (0, None)


def test_nothing_is_posted_to_a_preview(client):
    link = preview_link(draft_article())

    assert client.post(link.get_absolute_url()).status_code == 405


def test_a_preview_asks_no_more_of_the_database_for_a_story_with_many_photos(client, django_assert_num_queries):
    article = draft_article()
    photo(article)
    link = preview_link(article)
    client.get(link.get_absolute_url())
    with django_assert_num_queries(100, exact=False) as one:
        client.get(link.get_absolute_url())
    for _number in range(3):
        photo(article)

    with django_assert_num_queries(len(one)):
        client.get(link.get_absolute_url())


# Files of what readers do not see, without a link.

HIDDEN = {
    **FORTHCOMING,
    "withdrawn": withdrawn(),
    "trashed": trashed(),
    "trashed, once public": trashed(was="withdrawn"),
}


@pytest.mark.parametrize("values", HIDDEN.values(), ids=HIDDEN)
def test_files_of_what_is_not_public_are_not_found_by_readers_and_given_to_staff_without_being_kept(client, values):
    article, files = story(**values)
    _edition, page_file = page_with_file(**values)
    files += [photo(article).rendition_url(name) for name in Photo.RENDITIONS]

    for file in (*files, page_file):
        assert client.get(file).status_code == 404
        of_staff = browser_of(superuser()).get(file)
        if values.get("state") == "trashed":
            assert of_staff.status_code == 404
        else:
            assert (of_staff.status_code, of_staff["Cache-Control"]) == (200, "private, no-store")


def test_a_validator_from_public_days_gets_nothing_once_it_is_withdrawn(client):
    article, files = story(**published())
    edition, page_file = page_with_file(**published())
    addresses = [*files, page_file, article.get_absolute_url(), edition.get_absolute_url()]
    now = "Tue, 24 Nov 2099 00:00:00 GMT"
    before = [client.get(address) for address in addresses]
    assert {response.status_code for response in before} == {200}
    article.withdraw(reason="照片未获同意")
    edition.withdraw(reason="版面有误")

    for address, seen in zip(addresses, before, strict=True):
        asked = {"if-none-match": seen.get("ETag", "*"), "if-modified-since": seen.get("Last-Modified", now)}
        answer = Client().get(address, headers=asked)
        assert answer.status_code == (410 if address.rsplit("/", 1)[1] == "" else 404)


def test_stored_files_have_no_public_address_in_any_state_and_a_link_opens_none(client):
    article, _files = story()
    link = preview_link(article)
    stored = [article.photos.get().picture, article.attachments.get().file]

    for file in stored:
        assert [client.get(f"/{place}/{file.name}").status_code for place in ("media", "static", "files")] == [404] * 3
        assert client.get(file.url)["Location"].startswith("/admin/login/")
        assert client.get(link.root + file.url).status_code == 404
