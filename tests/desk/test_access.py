"""Who may open which address of the admin: one table. A new address without a row here fails."""

import re

import pytest
from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.urls import URLPattern, get_resolver

from newsletter.articles.models import Unit
from newsletter.desk.models import WatchedWord
from newsletter.events.models import EventSeries
from newsletter.publishing.models import Publication
from newsletter.records.audit import AuditEntry
from orgs.models import Merger
from tests import factories
from tests.desk import people

# l list, v look at one, c change it, h history, a add, d delete, w withdraw, p set a password, u undo an import,
# o read its file once more (a POST; a GET leads back), r print its record of reviews, t look into the trash,
# f see what was found before it goes out, b enter briefs, x take away or bring a spreadsheet,
# m merge.
# All of them look at a draft of the correspondent's own organization; everything not named answers 403.
MODELS = """
                          通讯员   编辑      总编       管理员    superuser
articles/article              lcharfb   lchadrtfbx lchadwrtfbx -         lchadwrtfbx
articles/section          lvh      lcha      lchad      -         lchad
articles/tag              lvh      lchad     lchad      -         lchad
articles/unit             lvh      lcha      lchad      -         lchad
events/event                  lvhrf     lchadrtfx lchadwrtfx -         lchadwrtfx
events/eventtype          lvh      lcha      lchad      -         lchad
events/eventseries        -        lcha      lchad      -         lchad
awards/award                  lvhrf     lchadrtfx lchadwrtfx -         lchadwrtfx
editions/edition          -        lchadrtf  lchadwrtf  -         lchadwrtf
intake/pageimport         -        lchauo   lchaduo    -         lchaduo
orgs/organization             lvh       lchax     lchadxm     lvh       lchadxm
pages/page                -        lcharf    lchadwrtf  -         lchadwrtf
desk/watchedword          -        lchad     lchad      -         lchad
desk/personaldataconfirmation -    lvh       lvh        -         lvh
publishing/publication    -        -         ch         ch        ch
accounts/user             -        -         -          lchadp    lchadp
orgs/merger                   -         -         lvh        -         lvh
records/auditentry        -        -         lvh        lvh       lvh
"""
PAGES = {
    "": "l",
    "<path:object_id>/change/": "vc",
    "<path:object_id>/history/": "h",
    "add/": "a",
    "<path:object_id>/delete/": "d",
    "withdraw/": "w",
    "<path:object_id>/findings/": "f",
    "trash/": "t",
    "briefs/": "b",
    "import/": "x",
    "import/empty/": "x",
    "export/": "x",
    "<path:object_id>/merge/": "m",
    "<path:object_id>/record/": "r",
    "<path:object_id>/previews/": "c",
    "<path:object_id>/undo/": "u",
    "<path:object_id>/again/": "o",
    "<id>/password/": "p",
    "<path:object_id>/history/<id:version_id>/restore/": "POST",
    "<path:object_id>/editing/": "POST",
}

# The answer to each role in the same order; "login": sent to the log-in page, as is everybody without an account.
OTHERS = """
                                           anonymous 通讯员 编辑 总编 管理员 superuser
(front)                                    login     200    200  200  200    200
login/                                     200       302    302  302  302    302
logout/                                    302       405    405  405  405    405
password_change/                           login     200    200  200  200    200
password_change/done/                      login     200    200  200  200    200
jsi18n/                                    login     200    200  200  200    200
r/<path:content_type_id>/<path:object_id>/ login     302    302  302  302    302
files/<path:name>                          login     200    200  200  403    200
session/                                   200       200    200  200  200    200
search/                                    login     200    200  200  200    200
(unknown)                                  login     404    404  404  404    404
app:articles                               login     200    200  200  404    200
app:events                                 login     200    200  200  404    200
app:awards                                 login     200    200  200  404    200
app:editions                               login     404    200  200  404    200
app:intake                                 login     404    200  200  404    200
app:orgs                                   login     200    200  200  200    200
app:pages                                  login     404    200  200  404    200
app:desk                                   login     404    200  200  404    200
app:publishing                             login     404    404  200  200    200
app:accounts                               login     404    404  404  200    200
app:records                                login     404    404  200  200    200
"""
EVERYBODY = ("anonymous", *people.ROLES, "superuser")


def rows(table):
    head, *lines = [line.split() for line in table.strip().splitlines()]
    return {name: dict(zip(head, cells, strict=True)) for name, *cells in lines}


def admin_routes():
    """`articles/article/<path:object_id>/change/` and so on: all that stands below `/admin/`."""

    def walk(patterns, before=""):
        for pattern in patterns:
            route = before + str(pattern.pattern)
            if isinstance(pattern, URLPattern):
                yield route
            else:
                yield from walk(pattern.url_patterns, route)

    return {route.removeprefix("admin/") for route in walk(get_resolver().url_patterns) if route.startswith("admin/")}


def of_model(route):
    """The model and the page of a route; None for a route that belongs to no model."""
    app, _, rest = route.partition("/")
    model, _, page = rest.partition("/")
    is_model = any((app, model) == (m._meta.app_label, m._meta.model_name) for m in admin.site._registry)
    return (f"{app}/{model}", page) if is_model else None


def expected(route, role):
    """`{address: answer}` for the role, by the tables; KeyError where there is no row."""
    if route.startswith("^(?P<app_label>"):
        labels = re.search(r">(.*)\)", route)[1].split("|")
        return {f"{label}/": rows(OTHERS)[f"app:{label}"][role] for label in labels}
    if route == "autocomplete/":  # Has tests of its own: see test_autocomplete.py.
        return {}
    found = of_model(route)
    if found is None:
        row, path = {"": ("(front)", ""), "(?P<url>.*)$": ("(unknown)", "no/such/page/")}.get(route, (route, route))
        return {path: rows(OTHERS)[row][role]}
    model, page = found
    if role == "anonymous":
        return {route: "login"}
    if page == "<path:object_id>/":  # An old short form, which leads on to the page that asks.
        return {route: "302"}
    open_pages = rows(MODELS)[model][role]
    if route == "publishing/publication/":  # Its list is its one row.
        return {route: "302" if "c" in open_pages else "403"}
    letters = "POST" if (model, page) == ("orgs/merger", "<path:object_id>/undo/") else PAGES[page]
    if letters == "POST":  # Changes something, and shows nothing.
        return {route: "405"}
    if letters == "vc":
        return {route: "200" if "c" in open_pages else "200, read only" if "v" in open_pages else "403"}
    if letters == "o" and "o" in open_pages:
        return {route: "302"}
    return {route: "200" if letters in open_pages else "403"}


def one_of_each(own):
    """`{"articles/article": object, …}`: a row of every model that has admin pages, drafts where there are drafts."""
    made = [
        factories.draft_article(organizations=[own]),
        factories.section(),
        factories.tag(),
        Unit.objects.create(code="TREE", name="棵"),
        factories.draft_event(type=factories.event_type("义卖"), hosts=[own]),
        factories.event_type("讲座"),
        EventSeries.objects.create(name="爱心车队助力高考"),
        factories.draft_award(recipients=[own]),
        factories.draft_edition(),
        factories.page_import(),
        factories.organization(),
        Merger.objects.create(duplicate=own, into=factories.organization()),
        factories.draft_page(),
        WatchedWord.objects.create(word="残废人"),
        factories.confirmation(),
        Publication.objects.create(),
        factories.user("nobody"),
        AuditEntry.objects.first(),
    ]
    return {f"{obj._meta.app_label}/{obj._meta.model_name}": obj for obj in made}


def browser_of(role, own):
    if role == "anonymous":
        return Client()
    if role == "superuser":
        return people.browser_of(people.superuser())
    return people.browser_of(people.member(role, writes_for=[own]))


def answer(client, path):
    response = client.get(path)
    if response.status_code == 302 and response["Location"].startswith("/admin/login/"):
        return "login"
    if response.status_code == 200 and path.endswith("/change/"):
        may_save = b'name="_save"' in response.content or b'name="do" value="save"' in response.content
        return "200" if may_save else "200, read only"
    return str(response.status_code)


@pytest.mark.parametrize("role", EVERYBODY)
def test_every_address_of_the_admin_answers_each_role_as_the_table_says(db, role):
    own = factories.organization()
    objects = one_of_each(own)
    photo = factories.photo(objects["articles/article"])
    content_type = ContentType.objects.get_for_model(photo.article)
    client = browser_of(role, own)

    answers, table = {}, {}
    for route in admin_routes():
        for path, wanted in expected(route, role).items():
            found = of_model(route)
            pk = str(objects[found[0]].pk if found else photo.article.pk)
            query = f"?ids={pk}" if path.endswith("withdraw/") else ""
            answers[path] = answer(
                client,
                "/admin/"
                + path.replace("<path:object_id>", pk)
                .replace("<id>", pk)
                .replace("<id:version_id>", "1")
                .replace("<path:content_type_id>", str(content_type.pk))
                .replace("<path:name>", photo.picture.name)
                + query,
            )
            table[path] = wanted

    assert len(answers) > 100
    assert answers == table


def test_every_model_of_the_admin_has_a_row_in_the_table():
    registered = {f"{model._meta.app_label}/{model._meta.model_name}" for model in admin.site._registry}

    assert registered == set(rows(MODELS))
