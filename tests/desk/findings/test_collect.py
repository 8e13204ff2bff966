"""All findings of one thing: what applies to which kind, where it stands, and in which order."""

import datetime

from newsletter.desk.findings.collect import findings_of
from newsletter.desk.findings.finding import Severity
from newsletter.desk.models import WatchedWord
from tests.factories import (
    DAY,
    attachment,
    draft_article,
    draft_award,
    draft_edition,
    draft_event,
    draft_page,
    figure,
    organization,
    photo,
    published_article,
    tag,
)

PARAGRAPH = "端午前夕，志愿者带着粽子和米油走进敬老院，陪四十六位老人聊天、包粽子，度过了一个热闹的下午。"


def shown(publishable):
    return [(finding.kind, finding.place) for finding in findings_of(publishable)]


def marked(finding):
    return "".join(f"[{words}]" if is_found else words for words, is_found in finding.excerpt)


def test_an_article_in_order_has_no_findings(db):
    article = draft_article(date=DAY)
    photo(article, caption="老人包粽子。", credit="扶苗 供图", alt_text="老人坐在桌边包粽子")

    assert findings_of(article) == []


def test_every_text_of_an_article_is_looked_at_and_its_place_named(db):
    number = "13812345678"
    article = draft_article(
        title=f"报名{number}",
        kicker=f"报名{number}",
        subtitle=f"报名{number}",
        summary=f"报名{number}",
        body=f'<p>报名。</p><p>报名{number}</p><p><a href="tel:{number}">报名</a></p>',
        byline=f"王芳{number}",
        contributor_person=f"王芳{number}",
        correction=f"报名{number}",
        staff_note=f"报名{number}",
        tags=[tag(f"报名{number}")],
    )
    photo(article, caption="图", credit="图", alt_text=f"图{number}")
    photo(article, caption=f"图{number}", credit=f"图{number}", alt_text="图")
    attachment(article, title=f"报名表{number}")
    figure(article, text=f"报名{number}", measure="other", what=f"报名{number}")

    places = [finding.place for finding in findings_of(article) if finding.severity == Severity.CONFIRM]

    # The note for colleagues is not among them: readers never see it.
    assert places == [
        *("Correction", "Kicker", "Headline", "Subtitle", "Summary", "Text, paragraph 2", "Text, link"),
        *("Byline", "Person behind the byline", "Photo 1, alternative text", "Photo 2, caption", "Photo 2, credit"),
        *("Figure 1, as printed", "Figure 1, in words", "Attachment 1, title", "Tags"),
    ]


def test_cells_of_a_table_are_words_of_their_own(db):
    page = draft_page(body="<table><tbody><tr><td>12</td><td>13812345678</td><td>99</td></tr></tbody></table>")

    assert [marked(finding) for finding in findings_of(page)] == ["12\t[13812345678]\t99"]


def test_the_heavier_findings_come_first(db):
    article = draft_article(body="<p>活动,结束。。</p><p>报名13812345678</p>", byline="", date=DAY)

    assert shown(article) == [
        ("mobile", "Text, paragraph 2"),
        ("doubled_mark", "Text, paragraph 1"),
        ("half_width", "Text, paragraph 1"),
        ("byline", "Byline"),
    ]


def test_an_excerpt_marks_what_was_found_among_the_words_around_it(db):
    article = draft_article(
        body="<p>端午前夕，志愿者带着粽子和米油走进敬老院，陪四十六位老人聊天。看着老人的的笑容,大家说：这一趟来得真值，明年还要再来看看他们。</p>",
        byline="王芳",
    )

    assert [marked(finding) for finding in findings_of(article)] == [
        "…陪四十六位老人聊天。看着老人[的的]笑容,大家说：这一趟来得真值…",
        "…位老人聊天。看着老人的的笑容[,]大家说：这一趟来得真值，明年…",
    ]


def test_a_photo_says_in_one_line_what_it_lacks(db):
    article = draft_article(byline="王芳")
    photo(article)
    photo(article, caption="老人包粽子。", credit="扶苗 供图")
    photo(article, credit="扶苗 供图", decorative=True)

    assert [(finding.place, finding.words) for finding in findings_of(article)] == [
        ("Photo 1", "Without caption、credit、alternative text."),
        ("Photo 2", "Without alternative text."),
    ]


def test_days_are_understood_by_the_date_of_the_article_or_of_its_edition(db):
    # 6 June was a Thursday in 2019 and a Wednesday in 2018.
    article = draft_article(body="<p>6月6日（周三），讲座开讲。</p>")
    draft_edition(articles=[article], date=datetime.date(2018, 6, 7))

    assert shown(article) == []
    article.date = DAY
    assert shown(article) == [("weekday", "Text, paragraph 1"), ("year", "Date")]


def test_words_of_the_list_are_found_with_what_to_say_instead(db):
    WatchedWord.objects.create(word="残废人", replacement="残疾人", note="法定称谓", severity=Severity.WARNING)
    WatchedWord.objects.create(word="ngo")
    event = draft_event(name="残废人NGO交流会，残废人家属座谈")

    assert [(finding.severity, marked(finding), finding.words) for finding in findings_of(event)] == [
        (Severity.WARNING, "[残废人]NGO交流会，[残废人]家属座谈", "Rather: 残疾人. 法定称谓"),
        (Severity.ADVICE, "残废人[NGO]交流会，残废人家属座谈", "This word is on the list of words to look at."),
    ]


def test_a_paragraph_of_a_published_article_is_found_with_that_article(db):
    earlier = published_article(title="四十六位老人", body=f"<p>导语。</p><p>{PARAGRAPH}</p>")
    draft_article("不是读者看到的", body=f"<p>{PARAGRAPH}</p>")
    article = draft_article(body=f"<p>端午到了。</p><p> {PARAGRAPH[:9]} {PARAGRAPH[9:]}</p>")

    (finding,) = findings_of(article)

    assert (finding.kind, finding.place) == ("repeated_paragraph", "Text, paragraph 2")
    assert finding.link == ("四十六位老人", earlier.get_absolute_url())
    assert findings_of(earlier) == []


def test_a_short_paragraph_may_stand_in_many_articles(db):
    published_article(body="<p>活动得到了大家的好评。</p>")

    assert findings_of(draft_article(body="<p>活动得到了大家的好评。</p>")) == []


def test_a_paragraph_that_was_changed_is_not_found_any_more(db):
    earlier = published_article(body=f"<p>{PARAGRAPH}</p>")
    earlier.body = f"<p>{PARAGRAPH}改了</p>"
    earlier.save()

    assert findings_of(draft_article(body=f"<p>{PARAGRAPH}</p>")) == []


def test_an_edition_gathers_what_is_found_in_what_goes_out_with_it(db):
    event = draft_event(name="讲座。。")
    inside = draft_article("端午", body="<p>老人的的笑容</p>", events=[event])
    public = published_article(title="已经发布", body="<p>老人的的笑容</p>")
    edition = draft_edition(articles=[inside, public], number="2018年第6期")

    assert [(finding.publishable, finding.kind) for finding in findings_of(edition)] == [
        (edition, "year"),
        (inside, "doubled_words"),
        (event, "doubled_mark"),
    ]


def test_awards_and_pages_are_looked_at_where_it_applies(db):
    award = draft_award("“四好商会", year=2014, date=DAY)
    award.recipients.create(person="王芳", project="《工作法")
    award.recipients.create(organization=organization("钱库商会"))

    assert shown(award) == [
        ("unbalanced", "Name"),
        ("unbalanced", "Recipient 1, project or work"),
        ("year", "Year"),
    ]
    assert shown(draft_page(title="联系我们", body="<p>电话0577-64711111，手机138 1234 5678</p>")) == [
        ("mobile", "Text, paragraph 1")
    ]
