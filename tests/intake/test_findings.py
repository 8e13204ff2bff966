"""What was recognized in a story, one by one, and what is left of it when some of it is not believed."""

import copy

import pytest
from django.utils import translation

from newsletter.intake.findings import findings_of, taken_facts
from newsletter.intake.parser.facts import names_in

VISIT = {
    "type": "慰问",
    "name": "六一慰问",
    "start": "2019-05-31",
    "part_of_day": "noon",
    "venue": "蓝精灵幼儿园",
    "roles": {"host": ["蓝精灵幼儿园", "扶苗公益中心"], "participant": ["扶苗公益中心"]},
}
LECTURE = {"type": "讲座", "when_text": "日前", "roles": {}}
AWARD = {
    "name": "亮点项目",
    "year": 2018,
    "level": "city",
    "issuer": "温州市工商业联合会",
    "recipients": ["龙港总商会", "扶苗公益中心"],
    "person_recipients": ["周海棠"],
    "project": "“5+3”工作法",
}
RAISED = {"value": 2374, "unit": "CNY", "text": "2374元", "what": "raised", "event": "六一慰问"}
FACTS = {
    "contributor_kind": "organization",
    "contributor": "扶苗公益中心",
    "organizations": ["蓝精灵幼儿园", "扶苗公益中心"],
    "events": [VISIT, LECTURE],
    "awards": [AWARD],
    "amounts": [RAISED],
}
LABELS = ["contributor", "organization", "organization", "event", "event", "award", "figure"]


@pytest.fixture(autouse=True)
def in_english():
    with translation.override("en"):
        yield


def story(*dropped, **values):
    beside = {"facts": copy.deepcopy(FACTS), "remarks": [], "new_organizations": []}
    return {**beside, "dropped": [list(pair) for pair in dropped], **values}


def words_of(kind, value):
    keys = {"event": "events", "award": "awards", "amount": "amounts"}
    facts = {"organizations": [], "events": [], "awards": [], "amounts": [], keys[kind]: [value]}
    return findings_of(story(facts=facts))[0].words


# What is left.


def test_all_is_taken_where_nothing_is_dropped():
    one = story()

    assert [finding.label for finding in findings_of(one)] == LABELS
    assert all(finding.is_taken for finding in findings_of(one))
    assert taken_facts(one) == FACTS


def test_dropped_organization_acts_nowhere():
    facts = taken_facts(story(("organization", "扶苗公益中心")))

    assert "扶苗公益中心" not in [*names_in(facts)]
    assert facts["organizations"] == ["蓝精灵幼儿园"]
    assert facts["events"][0]["roles"] == {"host": ["蓝精灵幼儿园"]}
    assert facts["awards"][0]["recipients"] == ["龙港总商会"]
    assert "contributor" not in facts and "contributor_kind" not in facts


def test_dropped_organization_gives_no_award():
    facts = taken_facts(story(("organization", "温州市工商业联合会")))

    assert facts["awards"][0]["issuer"] == ""
    assert facts["awards"][0]["recipients"] == AWARD["recipients"]


def test_dropping_an_organization_does_not_touch_what_was_recognized():
    one = story(("organization", "扶苗公益中心"))

    taken_facts(one)

    assert one["facts"] == FACTS


def test_dropped_contributor_stays_an_organization():
    facts = taken_facts(story(("contributor", "扶苗公益中心")))

    assert "contributor" not in facts
    assert facts["organizations"] == FACTS["organizations"]
    assert facts["events"] == FACTS["events"]


def test_person_who_contributes_is_kept_beside_dropped_organizations():
    facts = {**FACTS, "contributor_kind": "person", "contributor": "周海棠"}

    left = taken_facts(story(("organization", "扶苗公益中心"), facts=facts))

    assert (left["contributor_kind"], left["contributor"]) == ("person", "周海棠")
    assert "周海棠" not in [*names_in(left)]


def test_dropped_event_takes_the_link_of_its_amounts_along():
    facts = taken_facts(story(("event", VISIT)))

    assert facts["events"] == [LECTURE]
    assert facts["amounts"] == [{key: value for key, value in RAISED.items() if key != "event"}]


@pytest.mark.parametrize(("kind", "value", "key"), [("award", AWARD, "awards"), ("amount", RAISED, "amounts")])
def test_dropped_award_or_amount_is_left_out(kind, value, key):
    facts = taken_facts(story((kind, value)))

    assert facts == {**FACTS, key: []}


def test_event_that_has_changed_since_it_was_dropped_is_taken():
    facts = taken_facts(story(("event", {**VISIT, "start": "2019-05-30"})))

    assert facts["events"] == FACTS["events"]


# In words.


def test_event_says_what_when_where_and_who():
    assert words_of("event", VISIT) == (
        "慰问 · 六一慰问 · 5/31 at noon · 蓝精灵幼儿园 · Host：蓝精灵幼儿园、扶苗公益中心 · Participant：扶苗公益中心"
    )


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"start": "2019-06-07", "end": "2019-06-08"}, "讲座 · 6/7—6/8"),
        ({"start": "2019-06-07", "end": "2019-06-07"}, "讲座 · 6/7"),
        ({"start": "2019-06-07", "part_of_day": "morning", "time": "09:30"}, "讲座 · 6/7 in the morning 09:30"),
        ({"when_text": "日前"}, "讲座 · 日前"),
        ({"year": 2018}, "讲座 · year 2018"),
        ({"places": ["埔坪", "灵江"]}, "讲座 · 埔坪 · 灵江"),
        ({"roles": {"host": []}}, "讲座"),
    ],
)
def test_event_says_of_its_day_what_is_known(values, words):
    assert words_of("event", {"type": "讲座", **values}) == words


def test_award_says_year_name_level_issuer_project_and_recipients():
    assert words_of("award", AWARD) == (
        "year 2018 · 亮点项目 · City · given by 温州市工商业联合会 · “5+3”工作法 · 龙港总商会、扶苗公益中心、周海棠"
    )


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"what": "raised"}, "2374元 · raised"),
        ({"what": "donated", "year": 2019}, "2374元 · given · year 2019"),
        ({"what": "taking part"}, "2374元 · taking part"),
        ({"what": "门票收入"}, "2374元 · 门票收入"),
        ({}, "2374元"),
    ],
)
def test_amount_says_what_it_counts(values, words):
    assert words_of("amount", {"value": 2374, "unit": "CNY", "text": "2374元", **values}) == words


def test_contributor_and_organization_are_their_names():
    assert [finding.words for finding in findings_of(story())[:2]] == ["扶苗公益中心", "蓝精灵幼儿园"]


# What is new, and what is doubted.


def test_organization_that_the_directory_does_not_have_is_new():
    one = story(new_organizations=[{"name": "扶苗公益中心", "kind": "service_agency", "names": []}])

    assert [finding.value for finding in findings_of(one) if finding.is_new] == ["扶苗公益中心"] * 2


@pytest.mark.parametrize(
    ("remark", "doubted"),
    [
        ({"kind": "new_organization", "value": "扶苗公益中心"}, ["organization"]),
        ({"kind": "date", "value": {"start": "2019-05-31"}}, ["event"]),
        ({"kind": "award", "value": AWARD}, ["award"]),
        ({"kind": "event", "value": {**VISIT, "venue": "别处"}}, []),
    ],
)
def test_doubt_stands_beside_the_finding_it_is_about(remark, doubted):
    one = story(remarks=[{**remark, "printed": "扶苗", "doubt": "请核对"}])

    doubts = {finding.kind: finding.doubt for finding in findings_of(one) if finding.doubt}

    assert doubts == dict.fromkeys(doubted, "“扶苗”：请核对")
