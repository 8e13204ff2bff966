"""What is found, on both databases: exactly what a scan of the same texts finds."""

import datetime
from itertools import pairwise

import pytest

from benchmarks.corpus import Corpus
from newsletter.articles.models import Article
from newsletter.search.index import put
from newsletter.search.query import read_query
from newsletter.search.results import Narrowing, Search, matching, public
from newsletter.search.text import canonical, is_han, runs
from tests.factories import DAY, event_type, organization, photo, published, published_article, published_event, tag
from tests.search.finding import found

pytestmark = pytest.mark.django_db


def test_every_query_finds_exactly_what_a_scan_finds():
    corpus = Corpus(seed=7)
    articles = Article.objects.bulk_create(
        Article(title=corpus.title(), body=f"<p>{corpus.text(100, 400)}</p>", date=DAY, **published())
        for _number in range(150)
    )
    put(Article, [article.pk for article in articles])
    texts = {
        article.pk: (canonical(article.title), canonical(article.body.removeprefix("<p>").removesuffix("</p>")))
        for article in articles
    }

    for typed in corpus.queries([article.body[3:-4] for article in articles], 200):
        query = read_query(typed)
        needle = query.phrases[0].needle
        wanted = {pk for pk, (head, body) in texts.items() if needle in head or needle in body}
        assert {*Article.objects.filter(pk__in=matching(Article, query)).values_list("pk", flat=True)} == wanted, typed


@pytest.mark.parametrize(
    "text",
    [
        "苍南县3D打印Open Day爱心a義賣^卖",
        "ひらがなとカタカナ、한글도",
        "𠮷野家の𪚥𪚥",
        "Ёлка naïve Straße ΑΒΓ عربى हिन्दी ไทย",
        "①２３ ﬁn ㎏ Ⅻ 〇三〇",
        "〡々仝㐀\u9fff豈",
    ],
)
def test_a_text_of_any_script_is_found_by_each_of_its_runs_and_pairs(text):
    """Tokens are made twice on PostgreSQL: of the query here, of the text in the database."""
    article = published_article(body=f"<p>{text}</p>")

    for run in runs(text):
        for typed in [run, *map("".join, pairwise(run)), run[-1]] if is_han(run) else [run]:
            assert found(typed) == [article], typed


BODY = "<p>龙港总商会向慈善总会捐款5A级，3D打印。Open Day 爱心义卖</p><p>扶苗</p>"


@pytest.mark.parametrize(
    "typed",
    [
        *(
            "慈善",
            "商会",
            "扶苗",
            "善总",
            "苗",
            "慈",
            "卖",
            "慈善总会",
            "龙港总商会向慈善",
            "5A级",
            "５ａ",
            "3d",
            "open",
        ),
        *("慈善 商会", "商会 慈善 扶苗", "“慈善总会捐款”", "“open day”", "慈善 -端午", "總商會", "捐款5A"),
    ],
)
def test_words_are_found_wherever_they_stand_in_a_sentence(typed):
    article = published_article(body=BODY)

    assert found(typed) == [article]


@pytest.mark.parametrize(
    "typed",
    [
        "会龙",
        "总慈善",
        "慈善商会",
        "慈善 端午",
        "慈善 -商会",
        "ope",
        "pen",
        "“day open”",
        "“总会 捐款”",
        "卖扶",
        "善善",
        "3",
        "d打",
    ],
)
def test_what_does_not_stand_there_is_not_found(typed):
    published_article(body=BODY)

    assert found(typed) == []


def test_words_may_stand_in_headline_and_text():
    article = published_article(title="端午慰问", body="<p>志愿者走进敬老院</p>")

    assert found("敬老院 端午") == [article]


def test_phrase_does_not_reach_from_the_headline_into_the_text():
    published_article(title="端午慰问", body="<p>老人高兴</p>", byline="")

    assert found("慰问老人") == found("“慰问 老人”") == []


def test_all_of_the_headline_group_captions_byline_and_tags_are_searched():
    article = published_article(kicker="肩题甲", subtitle="副题乙", byline="作者丙", tags=[tag("标签丁")])
    photo(article, caption="图说戊", credit="摄影己")

    assert [found(word) for word in ("肩题甲", "副题乙", "作者丙", "标签丁", "图说戊", "摄影己")] == [[article]] * 6


def test_headlines_come_before_texts_and_newer_before_older():
    def article(title, body, days):
        return published_article(title=title, body=f"<p>{body}</p>", date=DAY + datetime.timedelta(days=days))

    in_text, old, new = article("义卖", "慈善", 3), article("慈善一", "早", 1), article("慈善二", "晚", 2)
    older_text = article("义卖", "慈善", 0)

    assert found("慈善") == [new, old, in_text, older_text]
    assert found("慈善", by_date=True) == [in_text, new, old, older_text]


@pytest.mark.parametrize("by_date", [False, True])
def test_pages_follow_one_another_without_gap_or_repetition(by_date):
    for number in range(23):
        published_article(title=f"慈善{number}" if number % 3 else f"义卖{number}", body="<p>慈善</p>", date=DAY)
    search = Search(read_query("慈善"), public(), by_date=by_date)
    pages, before = [], None
    while not pages or before:
        page = search.page(before, size=5)
        pages.append([entry.pk for entry in page.entries])
        before = page.older
    whole = [entry.pk for entry in search.page(size=50).entries]

    assert [len(page) for page in pages] == [5, 5, 5, 5, 3]
    assert [pk for page in pages for pk in page] == whole
    assert len({*whole}) == 23


def test_more_entries_of_a_day_than_it_has_ids_take_those_of_the_next():
    first = published_article(title="慈善", date=DAY)
    others = [published_article(title="慈善", date=DAY, pk=first.pk + 4096 * number) for number in (1, 2)]

    assert found("慈善") == [*reversed(others), first]


def test_text_of_a_whole_book_is_found_by_its_beginning():
    article = published_article(
        body=f"<p>{'慈善总会'}{'，'.join(chr(0x4E00 + n % 20000) * 2 for n in range(60000))}</p>"
    )

    assert found("慈善总会") == [article]


def test_counts_say_how_many_each_choice_leaves():
    ours, theirs = organization("爱友公益服务中心"), organization("龙港总商会")
    talk = published_event(name="慈善讲座", hosts=[ours])
    for hosts, day in ((ours, DAY), (theirs, DAY), (ours, DAY.replace(year=2018))):
        published_article(title="慈善", organizations=[hosts], events=[talk], date=day)
    search = Search(read_query("慈善"), public())
    narrowed = Search(read_query("慈善"), public(), Narrowing(kind=Article, facets={"org": ours}))

    counts, narrowed_counts = search.counts(), narrowed.counts()

    assert sorted(counts["kind"].values()) == [1, 3]
    assert counts["year"] == {2019: 3, 2018: 1}
    assert counts["org"] == {ours.pk: 3, theirs.pk: 1}
    assert counts["type"] == {event_type().pk: 4}
    assert narrowed.count() == 2
    # A filter does not narrow its own choices.
    assert narrowed_counts["org"] == {ours.pk: 2, theirs.pk: 1}
    assert sorted(narrowed_counts["kind"].values()) == [1, 2]
    assert narrowed_counts["year"] == {2019: 1, 2018: 1}


def test_neighbouring_results_of_one_day_keep_the_order_in_which_they_were_made():
    made = [published_article(title="慈善", date=DAY) for _number in range(3)]

    assert [*pairwise(found("慈善"))] == [(made[2], made[1]), (made[1], made[0])]
