"""Sentences of invented counties with the facts they tell; nothing in them happened."""

import datetime

import pytest

from newsletter.intake.parser.recognize import Directory, Story, recognize

EDITION = datetime.date(2022, 9, 20)
LOCALITY = "霞浦岭县"
ORGANIZATIONS = [
    {"name": "霞浦岭县民政局", "kind": "government", "names": ["县民政局"]},
    {"name": "东湾市民政局", "kind": "government", "names": []},
    {"name": "霞浦岭县总工会", "kind": "mass_organization", "names": []},
    {"name": "霞浦岭县妇女联合会", "kind": "mass_organization", "names": []},
    {"name": "霞浦岭县登山协会", "kind": "association", "names": ["登协"]},
    {"name": "霞浦岭县摄影家协会", "kind": "association", "names": []},
    {"name": "霞浦岭县渔业商会", "kind": "chamber", "names": ["商会"]},
    {"name": "霞浦岭县萤火公益服务中心", "kind": "service_agency", "names": ["萤火"]},
    {"name": "霞浦岭县蒲公英志愿者协会", "kind": "association", "names": ["蒲公英"]},
    {"name": "海星幼儿园", "kind": "service_agency", "names": []},
    {"name": "乌石镇人民政府", "kind": "government", "names": []},
    {"name": "东湾市工商业联合会", "kind": "mass_organization", "names": []},
    {"name": "霞浦岭县慈善总会", "kind": "association", "names": []},
]
COUNTY = "霞浦岭县"


def told(*paragraphs, title=("标题",), byline="", date=EDITION, organizations=ORGANIZATIONS, locality=LOCALITY):
    story = Story(list(title), list(paragraphs), byline, "简讯")
    return recognize(story, Directory(organizations), date=date, locality=locality)


def days(recognized):
    keys = ("start", "end", "part_of_day", "when_text")
    return [" ".join(str(event[key]) for key in keys if key in event) for event in recognized.facts()["events"]]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("县民政局和县总工会到场。", ["霞浦岭县民政局", "霞浦岭县总工会"]),
        ("市、县民政局派员参加。", ["东湾市民政局", "霞浦岭县民政局"]),
        ("县妇联发来贺信。", ["霞浦岭县妇女联合会"]),
        ("霞浦岭县萤火公益服中心举办义卖。", ["霞浦岭县萤火公益服务中心"]),
        ("霞浦岭县登上协会组织登高。", ["霞浦岭县登山协会"]),
        ("霞浦岭县蒲公英志愿者者协会走进社区。", ["霞浦岭县蒲公英志愿者协会"]),
        ("蒲公英、萤火等公益组织参加。", ["霞浦岭县蒲公英志愿者协会", "霞浦岭县萤火公益服务中心"]),
        ("路边的蒲公英开了，萤火点点。", []),
        ("我县多家社会组织积极参与，各商会、某协会也来了。", []),
        ("大家来到服务中心咨询。", []),
        ("民政部门要加强指导，基层民政部门要落实。", []),
        ("渔业商会会长介绍，商会将继续服务会员。", ["霞浦岭县渔业商会"]),
        ("平川县民政局来访。", ["平川县民政局"]),
        ("活动由霞浦岭县登山协会与平川县户外运动协会联合举办。", ["霞浦岭县登山协会", "平川县户外运动协会"]),
        ("县篮球协会承办本次比赛。", ["霞浦岭县篮球协会"]),
        ("邀请乌石镇中心小学、海星幼儿园参加。", ["乌石镇中心小学", "海星幼儿园"]),
        ("感谢东湾鑫海食品有限公司的赞助。", ["东湾鑫海食品有限公司"]),
        ("乌石镇政府陪同。", ["乌石镇人民政府"]),
        ("他学会了做月饼，也学会如何与人相处。", []),
        ("霞浦岭县摄影家协会会员拍下了这一幕。", ["霞浦岭县摄影家协会"]),
        ("萤火小学的孩子们来了。", ["萤火小学"]),
        ("“最美服务中心”评选开始。", []),
        ("商会发来倡议书。", ["霞浦岭县渔业商会"]),
        ("霞浦岭县围棋协会主办。", ["霞浦岭县围棋协会"]),
        ("霞浦岭县爱心助残协会（以下简称“助残协会”）成立。", ["霞浦岭县爱心助残协会"]),
    ],
)
def test_organizations_of_a_sentence(text, names):
    assert told(text).facts()["organizations"] == names


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("9月18日下午，登山协会举办安全讲座。", ["2022-09-18 afternoon"]),
        ("9月18号晚，登山协会举办联欢会。", ["2022-09-18 evening"]),
        ("9月10日至12日，县登山协会开展培训。", ["2022-09-10 2022-09-12"]),
        ("8月30日至9月2日，县登山协会开展培训。", ["2022-08-30 2022-09-02"]),
        ("9月10-11日，摄影家协会举办展览。", ["2022-09-10 2022-09-11"]),
        ("2022年9月1日，海星幼儿园举行开学典礼活动。", ["2022-09-01"]),
        ("九月三日上午，县登山协会举办比赛。", ["2022-09-03 morning"]),
        ("近日，县登山协会走访会员企业。", ["近日"]),
        ("中秋节来临之际，萤火公益服务中心看望老人。", ["中秋节来临之际"]),
        ("9月上旬，县慈善总会开展慰问。", ["9月上旬"]),
        ("上周六，志愿者走进社区开展义诊。", ["上周六"]),
        ("9月31日，县登山协会举办比赛。", []),
        ("县登山协会成立于2012年5月8日，去年举办比赛20场。", []),
        ("报名截至9月25日，详情请咨询。", []),
        ("2010年9月3日，县登山协会举行成立大会。", []),
        ("日前，县登山协会召开年会。会议定于9月25日举办登山比赛。", ["日前", "2022-09-25"]),
        ("9月18日上午，比赛开幕，萤火参加。9月18日，选手来自各地，比赛激烈。", ["2022-09-18 morning"]),
        ("9月5日是中华慈善日。当天上午，县慈善总会举行捐赠仪式。", ["2022-09-05 morning"]),
        ("每年9月9日，海星幼儿园都要开展敬老活动。", []),
        ("近日，东湾市民政局公布2021年度先进名单，县登山协会入选。", []),
        ("9月17日9时30分，比赛在乌石镇举行。", ["2022-09-17"]),
    ],
)
def test_days_of_a_story(text, expected):
    assert days(told(text)) == expected


@pytest.mark.parametrize(
    ("date", "text", "expected"),
    [
        (datetime.date(2023, 1, 6), "12月28日，县登山协会召开年会。", ["2022-12-28"]),
        (datetime.date(2022, 12, 30), "1月3日，县登山协会将举办比赛。", ["2023-01-03"]),
        (datetime.date(2023, 1, 3), "12月30日至1月1日，县登山协会举办比赛。", ["2022-12-30 2023-01-01"]),
        (None, "12月28日上午，县登山协会召开年会。", ["morning 12月28日上午"]),
        (None, "2022年12月28日，县登山协会召开年会。", ["2022-12-28"]),
        (datetime.date(2023, 3, 3), "2月29日，县登山协会召开年会。", []),
    ],
)
def test_days_by_the_edition(date, text, expected):
    assert days(told(text, date=date)) == expected


def test_a_day_without_an_edition_is_marked():
    marks = [mark for mark in told("6月4日，登山协会举办讲座。", date=None).marks if mark.kind == "date"]

    assert [bool(mark.doubt) for mark in marks] == [True]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("县慈善总会募集善款近3.5万元。", [(35000, "CNY", True, "近3.5万元")]),
        ("共筹得善款1,280元。", [(1280, "CNY", False, "1,280元")]),
        ("渔业商会捐款十万元。", [(100000, "CNY", False, "十万元")]),
        ("捐赠物资价值1200余元。", [(1200, "CNY", True, "1200余元")]),
        ("累计投入超2亿元。", [(200000000, "CNY", True, "超2亿元")]),
        ("吸引300多名市民参加。", [(300, "person", True, "300多名")]),
        ("服务群众约500人次。", [(500, "person_time", True, "约500人次")]),
        ("走访困难家庭26户，送去慰问金。", [(26, "household", False, "26户")]),
        ("出动车辆18辆。", [(18, "vehicle", False, "18辆")]),
        ("全年举办讲座12场，服务时长860小时。", [(12, "session", False, "12场"), (860, "hour", False, "860小时")]),
        ("68岁的老人住在光明路12号，电话13800000000，参与率达95%。", []),
        ("两位老师带着三名孩子，走访了两户人家。", []),
        ("推行“5+3”工作法，第3届，2022年9月3日，〔2022〕15号文件。", []),
        ("捐款200元左右。", [(200, "CNY", True, "200元左右")]),
        ("元旦、元宵期间，一元复始。", []),
    ],
)
def test_amounts_of_a_sentence(text, expected):
    amounts = told(text).facts()["amounts"]

    assert [(one["value"], one["unit"], one.get("approximate", False), one["text"]) for one in amounts] == expected


def award(year, issuer, recipients, project=""):
    return (year, issuer, tuple(recipients), project)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "近日，县登山协会荣获东湾市民政局授予的“2021年度先进社会组织”称号。",
            [award(2021, "东湾市民政局", ["霞浦岭县登山协会"])],
        ),
        (
            "东湾市民政局授予萤火公益服务中心、县登山协会“2021年度先进集体”称号。",
            [award(2021, "东湾市民政局", ["霞浦岭县萤火公益服务中心", "霞浦岭县登山协会"])],
        ),
        (
            "日前，东湾市工商联印发《关于表彰2021年度先进商会的决定》，霞浦岭县渔业商会被评为2021年度先进商会。",
            [award(2021, "东湾市工商业联合会", ["霞浦岭县渔业商会"])],
        ),
        (
            "东湾市民政局公布2021年度优秀公益项目名单，萤火公益服务中心的“点灯人”项目入选。",
            [award(2021, "东湾市民政局", ["霞浦岭县萤火公益服务中心"], "“点灯人”")],
        ),
        ("县登山协会被县民政局评为2021年度示范社会组织。", [award(2021, "霞浦岭县民政局", ["霞浦岭县登山协会"])]),
        ("选手们获得好评，大家收获了快乐，萤火获得感满满。", []),
        ("县登山协会代表队获得冠军。", []),
        ("县登山协会多次荣获先进称号。", []),
        (
            "2022年8月，东湾市民政局公布2021年度社会组织评估结果。县登山协会获评5A级社会组织。",
            [award(2021, "东湾市民政局", ["霞浦岭县登山协会"])],
        ),
    ],
)
def test_awards_of_a_story(text, expected):
    awards = told(text).facts()["awards"]

    assert [
        award(one.get("year"), one.get("issuer", ""), one["recipients"], one.get("project", "")) for one in awards
    ] == expected
    assert all({"name", "level"} <= one.keys() for one in awards)


def test_an_award_has_name_level_and_document():
    text = (
        "日前，东湾市工商联印发《关于表彰2021年度先进商会的决定》，霞浦岭县渔业商会荣获“2021年度东湾市‘满意’商会”称号。"
    )

    (one,) = told(text).facts()["awards"]

    assert one == {
        "name": "东湾市“满意”商会",
        "year": 2021,
        "issuer": "东湾市工商业联合会",
        "level": "city",
        "recipients": ["霞浦岭县渔业商会"],
        "document": "《关于表彰2021年度先进商会的决定》",
    }


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        (
            "9月1日，由县民政局、县总工会主办，县登山协会承办，海星幼儿园协办的比赛在乌石镇举行。",
            {
                "host": ["霞浦岭县民政局", "霞浦岭县总工会"],
                "organizer": ["霞浦岭县登山协会"],
                "co_organizer": ["海星幼儿园"],
            },
        ),
        (
            "9月1日，县登山协会携手县总工会、海星幼儿园举办比赛。",
            {"host": ["霞浦岭县登山协会"], "participant": ["霞浦岭县总工会", "海星幼儿园"]},
        ),
        ("9月1日，县登山协会开展登高活动。", {"host": ["霞浦岭县登山协会"]}),
        (
            "9月1日，东湾市民政局副局长一行来我县调研，县民政局有关领导陪同。",
            {"visitor": ["东湾市民政局"], "escort": ["霞浦岭县民政局"]},
        ),
        (
            "9月1日，县登山协会举办比赛，得到县总工会大力支持，海星幼儿园参加。",
            {"host": ["霞浦岭县登山协会"], "supporter": ["霞浦岭县总工会"], "participant": ["海星幼儿园"]},
        ),
    ],
)
def test_roles_of_an_event(text, roles):
    (event,) = told(text).facts()["events"]

    assert event["roles"] == roles


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "9月1日，县登山协会“守护高山”志愿服务启动仪式在乌石广场隆重举行。",
            {"type": "志愿服务", "name": "“守护高山”志愿服务启动仪式", "venue": "乌石广场"},
        ),
        ("9月1日，县登山协会第五届登山比赛在乌石镇举行。", {"type": "比赛", "venue": "乌石镇", "series_year": 5}),
        ("日前，县登山协会召开2021年会。", {"type": "年会", "when_text": "日前", "year": 2021}),
        ("9月1日，县登山协会来到乌石村、白石村慰问老人。", {"type": "慰问", "places": ["乌石村", "白石村"]}),
    ],
)
def test_an_event_is_described(text, expected):
    (event,) = told(text).facts()["events"]

    assert {key: event.get(key) for key in expected} == expected


@pytest.mark.parametrize(
    ("byline", "kind", "contributor"),
    [
        ("萤火", "organization", "霞浦岭县萤火公益服务中心"),
        ("商会", "organization", "霞浦岭县渔业商会"),
        ("登协", "organization", "霞浦岭县登山协会"),
        ("李小桐", "person", "李小桐"),
        ("通讯员 王一 记者 赵小二", "person", "王一、赵小二"),
        ("县登山协会供稿", "organization", "霞浦岭县登山协会"),
        ("", None, None),
    ],
)
def test_the_contributor_of_a_byline(byline, kind, contributor):
    facts = told("正文。", byline=byline).facts()

    assert (facts.get("contributor_kind"), facts.get("contributor")) == (kind, contributor)


def test_new_organizations_are_proposed_with_kind_and_short_names():
    found = told("县篮球协会携手霞浦岭县晨光助学基金会（简称晨光基金会）开展义赛。")

    assert found.new_organizations == [
        {"name": "霞浦岭县篮球协会", "kind": "association", "names": ["县篮球协会"]},
        {"name": "霞浦岭县晨光助学基金会", "kind": "foundation", "names": ["晨光基金会"]},
    ]


def test_marks_say_where_and_how_sure():
    found = told("今天，霞浦岭县登上协会（ABC）来访。", title=("登协的", "一天"))

    marks = [(mark.where, mark.text, mark.value, bool(mark.doubt)) for mark in found.marks]
    assert marks == [("title", "登协", "霞浦岭县登山协会", False), (0, "霞浦岭县登上协会", "霞浦岭县登山协会", True)]
