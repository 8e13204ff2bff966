"""Every save is kept, with the parts of what was saved, and any of them can be brought back."""

import pytest

from newsletter.articles.models import Article, ArticleOrganization
from newsletter.records.content import passages_in, passages_of
from newsletter.records.differences import changed_passages, marked
from newsletter.records.history import RestoreRefused, one_revision, restore, version_with, versions_of
from newsletter.records.models import EditConflict
from tests import factories

pytestmark = pytest.mark.django_db


def words(passages):
    return [text for _label, text in passages.values() if text]


def test_every_save_is_kept_with_who_and_when():
    writer, other = factories.staff(), factories.staff()
    article = Article(title="端午送粽子")

    article.save(by=writer)
    article.title = "端午节送粽子"
    article.save(by=other)

    kept = [(version.revision.user, version.field_dict["title"]) for version in versions_of(article)]
    assert kept == [(other, "端午节送粽子"), (writer, "端午送粽子")]


def test_a_revision_holds_photos_organizations_events_figures_files_and_tags():
    with one_revision():
        article = factories.draft_article(
            organizations=[factories.organization("龙港总商会")], events=[factories.draft_event("讲座")], tags=["助学"]
        )
        factories.photo(article, caption="志愿者包粽子", position=1)
        factories.photo(article, caption="老人们收到粽子", position=2)
        factories.figure(article, text="2374元")
        factories.attachment(article, title="活动报名表")

    kept = "\n".join(words(passages_in(versions_of(article).first())))

    for part in ("龙港总商会", "讲座", "助学", "志愿者包粽子", "老人们收到粽子", "2374元", "活动报名表"):
        assert part in kept


def test_what_is_saved_together_is_one_revision():
    with one_revision():
        article = factories.draft_article()
        article.title = "又改了一次"
        article.save()

    assert [version.field_dict["title"] for version in versions_of(article)] == ["又改了一次"]


def test_a_step_that_failed_inside_leaves_no_trace():
    article = factories.draft_article(title="原题")
    with one_revision():
        article.summary = "新的摘要"
        article.save()
        stale = Article.objects.get(pk=article.pk)
        stale.version -= 1
        with pytest.raises(EditConflict):
            stale.save()

    assert versions_of(article).count() == 2
    assert passages_in(versions_of(article).first()) == passages_of(Article.objects.get(pk=article.pk))


def test_differences_are_marked_in_words_and_not_in_html():
    article = factories.draft_article(body="<p>端午前夕，<strong>志愿者</strong>走进敬老院。</p>")
    article.body = "<p>端午前夕，<em>志愿者</em>走进福利院。</p>"
    article.save()

    new, old = (passages_in(version) for version in versions_of(article))

    (key, _label, shown) = next(change for change in changed_passages(old, new) if change[0] == "body")
    assert key == "body"
    assert shown == "端午前夕，志愿者走进<del>敬老</del><ins>福利</ins>院。"


def test_a_changed_link_is_a_changed_text():
    article = factories.draft_article(body='<p>详见<a href="https://a.example/">通知</a>。</p>')
    before = passages_of(article)["body"][1]

    article.body = '<p>详见<a href="https://b.example/">通知</a>。</p>'

    assert before == "详见通知〔https://a.example/〕。"
    assert passages_of(article)["body"][1] == "详见通知〔https://b.example/〕。"


def test_marked_differences_are_escaped():
    assert marked("<b>", "<i>") == "&lt;<del>b</del><ins>i</ins>&gt;"


def test_long_unchanged_text_is_shortened_around_the_change():
    shown = marked("甲" * 500 + "旧" + "乙" * 500, "甲" * 500 + "新" + "乙" * 500)

    assert shown == "…" + "甲" * 40 + "<del>旧</del><ins>新</ins>" + "乙" * 40 + "…"


def test_an_older_text_comes_back_with_all_its_parts_and_their_order():
    with one_revision():
        article = factories.draft_article(
            title="原题", organizations=[factories.organization("龙港总商会")], tags=["助学"]
        )
        photos = [factories.photo(article, caption=f"第{n}张", position=n) for n in (1, 2, 3)]
        article.save()
    before = passages_of(article)
    old = versions_of(article).first()
    with one_revision():
        photos[0].delete()
        photos[1].position = 3
        photos[1].save()
        photos[2].position = 2
        photos[2].save()
        article.organization_links.all().delete()
        article.organization_links.create(
            organization=factories.organization("爱友"), role=ArticleOrganization.Role.CONTRIBUTOR
        )
        article.tags.set(["端午"])
        article.title, article.body = "新题", "<p>新的正文。</p>"
        article.save()

    who = factories.staff()
    restore(Article.objects.get(pk=article.pk), old, by=who)

    article = Article.objects.get(pk=article.pk)
    assert passages_of(article) == before
    assert [photo.caption for photo in article.photos.all()] == ["第1张", "第2张", "第3张"]
    assert versions_of(article).first().revision.user == who


def test_to_bring_back_is_a_save_of_its_own_and_keeps_state_and_times():
    article = factories.draft_article(title="原题", date=factories.DAY)
    old = versions_of(article).first()
    article.title = "新题"
    article.save()
    article.publish()
    version = article.version

    restore(article, old, by=factories.staff())

    article = Article.objects.get(pk=article.pk)
    assert article.title == "原题"
    assert article.is_published()
    assert article.version == version + 1


def test_nobodys_newer_text_is_overwritten_by_bringing_back():
    article = factories.draft_article(title="原题")
    old, stale = versions_of(article).first(), Article.objects.get(pk=article.pk)
    article.title = "新题"
    article.save()

    with pytest.raises(EditConflict):
        restore(stale, old, by=factories.staff())

    assert Article.objects.get(pk=article.pk).title == "新题"


def test_what_belonged_to_something_deleted_cannot_come_back_and_says_so():
    organization = factories.organization("龙港总商会")
    article = factories.draft_article(title="原题", organizations=[organization])
    article.save()
    old = versions_of(article).first()
    article.organization_links.all().delete()
    article.title = "新题"
    article.save()
    organization.delete()

    with pytest.raises(RestoreRefused, match="龙港总商会"):
        restore(Article.objects.get(pk=article.pk), old, by=factories.staff())

    assert Article.objects.get(pk=article.pk).title == "新题"


def test_the_text_of_a_version_number_is_found():
    article = factories.draft_article(title="原题")
    article.title = "新题"
    article.save()

    assert version_with(article, 1).field_dict["title"] == "原题"
    assert version_with(article, 7) is None
