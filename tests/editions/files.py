"""A small edition file that has every key once, and what tests do with one."""

import copy
import json

from django.apps import apps
from django.conf import settings

from newsletter.editions.file import read_edition_file
from newsletter.editions.load import load_edition

_FILE = {
    "edition": {
        "title": "苍南社会组织",
        "number": "第6期",
        "date": "2019-06-06",
        "date_is": "assumed",
        "locality": "苍南县",
        "sections": ["要闻", "图说"],
        "pages": [{"number": 1, "title": "要闻"}],
    },
    "organizations": [
        {
            "name": "扶苗公益中心",
            "kind": "service_agency",
            "names": ["扶苗"],
            "region": "龙港镇",
            "description": "以助学为主的公益服务机构。",
            "supervisor": "苍南县民政局",
            "grade": "3A",
            "member": True,
            "website": "https://fumiao.example.org/",
            "wechat": "扶苗公益",
            "phone": "0577-0000 0002",
            "email": "fumiao@example.org",
            "address": "示例路1号",
        },
        {"name": "蓝精灵幼儿园", "kind": "service_agency", "names": []},
        {"name": "龙港总商会", "kind": "chamber", "names": ["龙商"]},
        {"name": "温州市工商业联合会", "kind": "mass_organization", "names": ["温州市工商联"]},
    ],
    "stories": [
        {
            "section": "要闻",
            "form": "article",
            "kicker": "六一前夕",
            "title": ["连续十年", "蓝精灵关爱困境儿童"],
            "subtitle": "义卖款全部用于帮扶",
            "summary": "幼儿园与扶苗看望贫困家庭的孩子。",
            "byline": "扶苗",
            "paragraphs": ["5月31日中午，两支小分队出发。", "今年通过义卖共筹到爱心款2374元。"],
            "page": 1,
            "position": 1,
            "region": [5, 20, 60, 35],
            "lead": True,
            "date": "2019-06-05",
            "tags": ["儿童", "义卖"],
            "photos": [{"file": "bazaar.jpg", "caption": "义卖现场", "credit": "扶苗 供图", "alt": "孩子们围着长桌"}],
            "facts": {
                "contributor_kind": "organization",
                "contributor": "扶苗公益中心",
                "organizations": ["蓝精灵幼儿园", "扶苗公益中心"],
                "events": [
                    {
                        "type": "慰问",
                        "name": "六一慰问",
                        "start": "2019-05-31",
                        "end": "2019-06-01",
                        "part_of_day": "noon",
                        "time": "12:30",
                        "end_time": "14:00",
                        "year": 2019,
                        "when_text": "六一前夕",
                        "venue": "蓝精灵幼儿园",
                        "places": ["埔坪", "灵江"],
                        "region": "龙港镇",
                        "series": "蓝精灵关爱困境儿童",
                        "series_text": "连续十年",
                        "series_year": 10,
                        "status": "postponed",
                        "status_reason": "下雨",
                        "roles": {"organizer": ["蓝精灵幼儿园", "扶苗公益中心"]},
                    }
                ],
                "awards": [
                    {
                        "name": "亮点项目",
                        "year": 2018,
                        "level": "city",
                        "issuer": "温州市工商业联合会",
                        "recipients": ["龙港总商会"],
                        "person_recipients": ["周海棠"],
                        "project": "“5+3”工作法",
                        "document": "《关于公布亮点项目的通报》",
                        "date": "2019-01-10",
                    }
                ],
                "amounts": [
                    {
                        "value": 2374,
                        "unit": "CNY",
                        "approximate": True,
                        "text": "2374元",
                        "what": "raised",
                        "year": 2019,
                        "event": "六一慰问",
                    }
                ],
                "note": "金额已核对",
            },
        },
        {
            "section": "图说",
            "title": ["一堂讲座"],
            "byline": "周海棠",
            "paragraphs": ["6月4日下午，大讲座举行。"],
            "facts": {
                "contributor_kind": "person",
                "contributor": "周海棠",
                "organizations": [],
                "events": [{"type": "讲座", "start": "2019-06-04", "roles": {}}],
                "awards": [],
                "amounts": [],
            },
        },
    ],
}


def edition_file(**changes):
    """A copy of the file; `changes` replace keys of its first story."""
    data = copy.deepcopy(_FILE)
    data["stories"][0].update(changes)
    return data


def read(data):
    return read_edition_file(json.dumps(data).encode())


def load(data, folder=None, **options):
    """Load the file and return the edition."""
    return load_edition(read(data), folder=folder, **options).edition


def without_photos(data):
    for story in data["stories"]:
        story.pop("photos", None)
    return data


def one_story(**changes):
    """The file with its first story only, without photos."""
    data = without_photos(edition_file(**changes))
    del data["stories"][1]
    return data


def row_counts():
    """How many rows each table has; history and the count of changes are left out: what was undone stays in them."""
    return {
        model._meta.label: model.objects.count()
        for model in apps.get_models()
        if hasattr(model, "objects") and model._meta.app_label not in {"reversion", "page_cache"}
    }


def stored_files():
    return sorted(path for path in settings.MEDIA_ROOT.rglob("*") if path.is_file())
