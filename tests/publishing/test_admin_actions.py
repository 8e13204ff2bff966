"""The steps of the lists: each object for itself, all in one transaction, with a report."""

import pytest
from django.contrib.auth.models import Permission
from django.db.models.signals import post_save

from newsletter.articles.models import Article
from tests import factories
from tests.desk.forms import Form, address, controls, messages_of
from tests.desk.people import browser_of, chief_editor, correspondent, editor

KINDS = {"article": "article", "event": "event", "award": "award", "edition": "edition", "page": "standing page"}
ACTIONS = ("submit_selected", "publish_selected", "withdraw_selected")


def choose(client, action, *objects, follow=True):
    """Tick the objects in their list and run the action."""
    chosen = {"action": action, "_selected_action": [obj.pk for obj in objects], "index": "0"}
    return client.post(address(objects[0]), chosen, follow=follow)


def states(*objects):
    return [type(obj).objects.get(pk=obj.pk).state for obj in objects]


def one_in_each_state(kind):
    return [
        getattr(factories, name)()
        for name in (f"draft_{kind}", f"{kind}_in_review", f"published_{kind}", f"withdrawn_{kind}")
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_a_list_offers_the_steps_that_the_person_may_take(db, kind):
    obj = getattr(factories, f"draft_{kind}")()

    def offered(person):
        form = browser_of(person).get(address(obj)).context["action_form"]
        return {name for name, _words in form.fields["action"].choices if name} if form else set()

    assert offered(chief_editor()) == {*ACTIONS, "trash_selected"}
    # Editors write standing pages, but do not do away with them.
    assert offered(editor()) == {"submit_selected", "trash_selected"} - (
        {"trash_selected"} if kind == "page" else set()
    )
    assert offered(factories.staff(permissions=[address(obj).split("/")[2] + f".view_{kind}"])) == set()


@pytest.mark.parametrize(
    ("action", "after", "done", "refusal"),
    [
        (
            "submit",
            ["review", "review", "published", "review"],
            2,
            "Only a draft or what is withdrawn can be submitted.",
        ),
        ("publish", ["published"] * 4, 3, "This is published already."),
    ],
)
@pytest.mark.parametrize("kind", KINDS)
def test_an_action_takes_each_object_for_itself_and_says_what_was_refused(db, kind, action, after, done, refusal):
    chosen = one_in_each_state(kind)

    response = choose(browser_of(chief_editor()), f"{action}_selected", *chosen)

    assert states(*chosen) == after
    report, *refused = messages_of(response)
    assert report.startswith(f"{done} {KINDS[kind]}{'s' * (done > 1)} ")
    assert len(refused) == 4 - done
    assert all(line.endswith(f"：{refusal}") for line in refused)


@pytest.mark.parametrize("kind", KINDS)
def test_withdrawing_a_mixed_selection_asks_once_and_takes_back_what_is_public(db, kind):
    chosen, chief = one_in_each_state(kind), chief_editor()
    client = browser_of(chief)

    page = choose(client, "withdraw_selected", *chosen)
    response = client.post(page.redirect_chain[-1][0], {"kind": "facts", "reason": "活动日期有误"}, follow=True)

    assert states(*chosen) == ["draft", "review", "withdrawn", "withdrawn"]
    report, *refused = messages_of(response)
    assert report.startswith("1 ")
    assert [line.rpartition("：")[2] for line in refused] == ["Only what is public can be withdrawn."] * 3


def test_a_refusal_names_the_object(db):
    public = factories.published_article(title="端午送粽子")

    response = choose(browser_of(chief_editor()), "publish_selected", public)

    assert messages_of(response) == ["端午送粽子：This is published already."]


def test_an_action_records_who_did_it(db):
    first, second, chief = factories.draft_article(), factories.draft_article(), chief_editor()

    choose(browser_of(chief), "publish_selected", first, second)

    assert {(a.published_by, a.modified_by) for a in Article.objects.all()} == {(chief, chief)}


def test_publishing_an_edition_by_action_publishes_its_stories_and_their_events(db):
    event = factories.draft_event()
    story = factories.draft_article(events=[event])
    edition = factories.draft_edition(articles=[story])

    choose(browser_of(chief_editor()), "publish_selected", edition)

    assert states(edition, story, event) == ["published"] * 3


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize("kind", KINDS)
def test_who_may_only_look_changes_nothing_by_any_action(db, kind, action):
    chosen = one_in_each_state(kind)
    app, model = chosen[0]._meta.app_label, chosen[0]._meta.model_name
    looking = [f"{app}.view_{model}"] + ["articles.edit_every_article"] * (kind == "article")
    client = browser_of(factories.staff(permissions=looking))

    choose(client, action, *chosen)

    assert client.get(address(chosen[0])).status_code == 200
    assert states(*chosen) == ["draft", "review", "published", "withdrawn"]


@pytest.mark.parametrize("action", ["publish_selected", "withdraw_selected"])
@pytest.mark.parametrize("kind", KINDS)
def test_an_editor_cannot_publish_or_withdraw_by_action(db, kind, action):
    chosen = one_in_each_state(kind)

    choose(browser_of(editor()), action, *chosen)

    assert states(*chosen) == ["draft", "review", "published", "withdrawn"]


def test_a_correspondent_submits_drafts_by_action_and_is_told_what_is_refused(db):
    own = factories.organization()
    draft = factories.draft_article(title="草稿", organizations=[own])
    taken_over = factories.article_in_review(title="送审稿", organizations=[own])
    of_others = factories.draft_article(title="别人的稿件", organizations=[factories.organization()])
    client = browser_of(correspondent(own))

    response = choose(client, "submit_selected", draft, taken_over, of_others)

    assert states(draft, taken_over, of_others) == ["review", "review", "draft"]
    assert messages_of(response) == ["1 article was submitted for review.", "送审稿：you may not do this"]


def on_the_screen(client, action, *objects):
    """What a browser posts that ticks the objects in the list as it stands now."""
    shown = controls(client.get(address(objects[0])).content.decode())
    versions = {name: value for name, value in shown.items() if name.startswith("version-")}
    return {**versions, "action": action, "_selected_action": [obj.pk for obj in objects], "index": "0"}


@pytest.mark.parametrize("action", ["submit_selected", "publish_selected", "trash_selected"])
def test_an_action_leaves_out_what_somebody_changed_since_the_list_was_shown(db, action):
    changed, unchanged = factories.draft_article(title="端午送粽子"), factories.draft_article()
    client = browser_of(chief_editor())
    posted = on_the_screen(client, action, changed, unchanged)
    Article.objects.get(pk=changed.pk).save(by=editor())

    response = client.post(address(Article), posted, follow=True)

    assert states(changed) == ["draft"]
    assert states(unchanged) != ["draft"]
    assert "端午送粽子：somebody changed it since you looked at it" in messages_of(response)


def test_what_was_changed_while_a_reason_was_typed_is_not_withdrawn(db):
    public, client = factories.published_article(title="端午送粽子"), browser_of(chief_editor())
    form = Form(client, f"{address(Article, 'withdraw')}?ids={public.pk}").fill(kind="facts", reason="活动日期有误")
    Article.objects.get(pk=public.pk).save(by=editor())

    response = form.post()

    assert states(public) == ["published"]
    assert messages_of(response) == ["端午送粽子：somebody changed it since you looked at it"]


def test_more_than_a_page_can_ask_about_are_refused_at_once(db, monkeypatch):
    monkeypatch.setattr("newsletter.publishing.admin.AT_ONCE", 1)
    chosen, client = [factories.draft_article(), factories.draft_article()], browser_of(chief_editor())

    for action in ("submit_selected", "publish_selected", "withdraw_selected"):
        assert messages_of(choose(client, action, *chosen)) == ["At most 1 at once, please."]
    assert states(*chosen) == ["draft", "draft"]


def test_who_may_publish_may_still_not_publish_what_they_cannot_see(db):
    """Somebody with the permission to publish, without the one to edit every organization's articles."""
    person = correspondent()
    person.user_permissions.add(Permission.objects.get(codename="publish_article"))
    of_others = factories.draft_article(organizations=[factories.organization()])

    choose(browser_of(person), "publish_selected", of_others)

    assert states(of_others) == ["draft"]


def test_an_action_that_breaks_leaves_nothing_half_done(db):
    chosen = [factories.draft_article(title=title) for title in ("第一篇", "第二篇", "第三篇")]
    client = browser_of(chief_editor())
    client.raise_request_exception = False

    def break_at_the_second(instance, **kwargs):
        if instance.title == "第二篇":
            raise RuntimeError("no more space on the disk")

    post_save.connect(break_at_the_second, sender=Article)
    try:
        response = choose(client, "publish_selected", *chosen)
    finally:
        post_save.disconnect(break_at_the_second, sender=Article)

    assert response.status_code == 500
    assert states(*chosen) == ["draft"] * 3
