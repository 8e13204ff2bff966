"""The commands of an operator: what they print, how they end, what they leave behind."""

import json
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db.models import Count

from newsletter.accounts.models import User
from newsletter.articles.models import Article
from newsletter.awards.models import Award
from newsletter.editions.models import Edition
from newsletter.events.models import Event
from newsletter.publishing.models import Publication, ReviewStep
from orgs.models import Organization, OrganizationName
from tests import factories

FILE = {
    "edition": {"title": "苍南社会组织", "number": "第6期", "date": "2019-06-06"},
    "organizations": [
        {
            "name": "苍南县扶苗公益服务中心",
            "kind": "service_agency",
            "names": ["扶苗"],
            "region": "龙港镇",
            "member": True,
        },
        {"name": "苍南县民政局", "kind": "government", "names": []},
    ],
    "stories": [
        {
            "section": "要闻",
            "title": ["端午送粽子", "情暖敬老院"],
            "byline": "扶苗",
            "paragraphs": ["端午前夕，志愿者走进敬老院。", "老人们很高兴。"],
            "page": 1,
            "position": 1,
            "lead": True,
            "date": "2019-06-06",
            "tags": ["端午"],
            "facts": {
                "contributor_kind": "organization",
                "contributor": "苍南县扶苗公益服务中心",
                "organizations": ["苍南县扶苗公益服务中心", "苍南县民政局"],
                "events": [
                    {
                        "type": "慰问",
                        "name": "端午送粽子",
                        "start": "2019-06-04",
                        "roles": {"host": ["苍南县扶苗公益服务中心"]},
                    }
                ],
                "awards": [],
                "amounts": [{"value": 200, "unit": "CNY", "text": "200元", "what": "donated", "event": "端午送粽子"}],
            },
        }
    ],
}


def run(*args):
    """What the command prints: its ordinary output and its complaints."""
    out, err = StringIO(), StringIO()
    call_command(*map(str, args), stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def row_counts():
    return {model._meta.label: model.objects.count() for model in apps.get_models()}


@pytest.fixture
def file(tmp_path):
    """Write a changed FILE and return its path."""

    def write(content=None, **story):
        path = tmp_path / "edition.json"
        content = content or {**FILE, "stories": [{**FILE["stories"][0], **story}]}
        path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
        return path

    return write


# loadedition


def test_loading_says_what_was_added_and_leaves_drafts(db, file):
    assert run("loadedition", file()) == ("苍南社会组织 第6期 2019-06-06: 1 of 1 stories added.\n", "")

    assert [obj.state for obj in (Edition.objects.get(), Article.objects.get(), Event.objects.get())] == ["draft"] * 3


def test_loading_the_same_file_again_adds_nothing(db, file):
    run("loadedition", file())
    before = row_counts()

    assert run("loadedition", file())[0] == "苍南社会组织 第6期 2019-06-06: 0 of 1 stories added.\n"
    assert row_counts() == before


def test_loading_publishes_on_request(db, file):
    run("loadedition", file(), "--publish")

    public = [model.objects.published().count() for model in (Edition, Article, Event)]
    assert public == [1, 1, 1]


def test_loading_names_what_it_does_not_know_and_loads_the_rest(db, file):
    out, err = run("loadedition", file(weather="晴"))

    assert out.endswith("1 of 1 stories added.\n")
    assert err == "Not known and left out: story 1, weather\n"


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"\xff\xfe", "The file is not UTF-8 text (byte 0)."),
        (b"{", "The file is not JSON: "),
        (b"[]", "must be an object { … }"),
        ({**FILE, "edition": {"title": "苍南社会组织"}}, "edition, date: is missing"),
        ({**FILE, "organizations": []}, "is neither among the file's organizations nor in the directory"),
    ],
)
def test_a_file_that_cannot_be_loaded_is_refused_in_words_and_leaves_nothing(db, file, content, complaint):
    before = row_counts()

    with pytest.raises(CommandError) as refusal:
        run("loadedition", file(content))

    assert str(refusal.value).startswith("Nothing was loaded.\n")
    assert complaint in str(refusal.value)
    assert refusal.value.returncode == 1
    assert row_counts() == before


def test_one_bad_story_of_two_leaves_nothing(db, file):
    before = row_counts()
    bad = {**FILE["stories"][0], "title": ["第二篇"], "paragraphs": ["正文。"], "position": 2}
    bad |= {"lead": False, "form": "poem"}

    with pytest.raises(CommandError, match="story 2, form: "):
        run("loadedition", file({**FILE, "stories": [*FILE["stories"], bad]}))

    assert row_counts() == before


def test_all_complaints_about_the_shape_come_at_once(db, file):
    with pytest.raises(CommandError) as refusal:
        run("loadedition", file({"edition": {}, "stories": [{"title": []}]}))

    assert str(refusal.value).split("\n") == [
        "Nothing was loaded.",
        "edition, title: is missing",
        "edition, date: is missing",
        "story 1, title: is empty",
        "story 1, paragraphs: is missing",
    ]


def test_a_file_that_is_not_there_is_named(db, tmp_path):
    with pytest.raises(CommandError, match=r"no-such\.json: No such file or directory"):
        run("loadedition", tmp_path / "no-such.json")


# dumpedition


def test_dumping_prints_what_was_loaded(db, file):
    run("loadedition", file())

    out, err = run("dumpedition", Edition.objects.get().pk)

    dumped = json.loads(out)
    assert dumped["edition"] == {**FILE["edition"], "sections": ["要闻"]}
    assert dumped["organizations"] == FILE["organizations"]
    assert dumped["stories"] == FILE["stories"]
    assert err == ""


def test_what_was_dumped_can_be_loaded_elsewhere(db, file, tmp_path):
    run("loadedition", file())
    dumped = tmp_path / "dumped.json"
    dumped.write_text(run("dumpedition", Edition.objects.get().pk)[0])
    for model in (Edition, Article, Event, Organization):
        model.objects.all().delete()

    run("loadedition", dumped)

    assert run("dumpedition", Edition.objects.get().pk)[0] == dumped.read_text()


def test_dumping_what_is_not_there_is_refused(db):
    with pytest.raises(CommandError, match=r"There is no edition 99\."):
        run("dumpedition", 99)


# preparedemo


def test_the_demonstration_fills_an_empty_database_once_and_shows_its_password_once(db, client):
    first, err = run("preparedemo")
    password = first.splitlines()[0].removeprefix("Staff account: editor   password (shown this once): ")

    assert (len(password) >= 12, err) == (True, "")
    assert client.login(username="editor", password=password)
    assert User.objects.get().is_superuser
    assert client.get("/admin/").status_code == 200

    newest = Edition.objects.published().newest_first().first()
    assert newest.items.count() >= 8
    assert newest.pages.get(number=1).picture
    assert Edition.objects.published().count() >= 3
    assert Organization.objects.count() >= 20
    shorts = Organization.objects.filter(names__kind=OrganizationName.Kind.SHORT).distinct()
    assert shorts.count() >= 20
    events = Event.objects.published()
    assert events.count() >= 6
    assert events.aggregate(types=Count("type", distinct=True))["types"] >= 5
    assert Award.objects.published().count() >= 2
    assert [model.objects.drafts().count() for model in (Article, Event, Award, Edition)] == [0] * 4
    assert Article.objects.published().exclude(photos=None).exists()
    assert Publication.current().masthead == "苍南社会组织"

    before, versions = row_counts(), list(Article.objects.values_list("pk", "version").order_by("pk"))
    second, _ = run("preparedemo")

    assert second == ""
    assert row_counts() == before
    assert list(Article.objects.values_list("pk", "version").order_by("pk")) == versions

    client.logout()
    pages = (
        "/",
        "/news/",
        "/orgs/",
        "/events/",
        "/awards/",
        "/editions/",
        "/feeds/news.rss",
        newest.get_absolute_url(),
        newest.pages.get(number=1).picture_url,
    )
    assert [client.get(page).status_code for page in pages] == [200] * len(pages)


def test_the_demonstration_leaves_a_database_with_data_and_staff_alone(db):
    factories.staff("chen", is_superuser=True)
    factories.organization()
    before = row_counts()

    assert run("preparedemo") == ("", "")
    assert row_counts() == before


def test_two_installations_have_two_passwords(db):
    factories.organization()

    first = run("preparedemo")[0]
    User.objects.all().delete()
    second = run("preparedemo")[0]

    assert first != second


def test_where_several_reviews_are_needed_no_command_publishes_past_them(db, settings, file):
    settings.REVIEWS = 2

    with pytest.raises(CommandError) as refused:
        run("loadedition", file(), "--publish")

    assert str(refused.value).startswith("Nothing was loaded. ")
    assert not Edition.objects.exists()


def test_where_several_reviews_are_needed_the_demonstration_is_drafts(db, settings, tmp_path):
    settings.REVIEWS, settings.MEDIA_ROOT = 3, tmp_path

    printed, _errors = run("preparedemo")

    assert "loaded as drafts" in printed
    assert {*Edition.objects.values_list("state", flat=True)} == {"draft"}
    assert not ReviewStep.objects.exists()
