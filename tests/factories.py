"""Valid rows for tests. What decides a test (a state, a time, a link) stands in the test's own call.

`published_…` has been public since PAST, `scheduled_…` will be from FUTURE on; both moments can be passed as `at`.
The rows are made as they would stand after the steps, without taking the steps.
"""

import datetime
from io import BytesIO
from itertools import count
from zoneinfo import ZoneInfo

from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from newsletter.accounts.models import User
from newsletter.articles.models import Article, Attachment, Figure, Photo, Section, Tag, Unit
from newsletter.awards.models import Award
from newsletter.desk.models import PersonalDataConfirmation
from newsletter.editions.models import Edition
from newsletter.events.models import Event, EventType
from newsletter.intake.importing import take_in
from newsletter.intake.models import PageImport
from newsletter.pages.models import Page
from newsletter.publishing.models import PreviewLink, Publishable
from newsletter.records.dates import local_day
from orgs.merging import merge
from orgs.models import Organization, OrganizationName

SHANGHAI = ZoneInfo("Asia/Shanghai")
PAST = datetime.datetime(2019, 6, 6, 9, tzinfo=SHANGHAI)
FUTURE = datetime.datetime(2199, 6, 6, 9, tzinfo=SHANGHAI)
DAY = datetime.date(2019, 6, 6)

_numbers = count(1)


# States, as values of any publishable.


def published(at=PAST):
    return {"state": Publishable.State.PUBLISHED, "publish_at": at, "first_public_at": at}


def withdrawn(at=PAST, reason="活动信息有误"):
    return {**published(at), "state": Publishable.State.WITHDRAWN, "withdrawn_at": at, "withdrawal_reason": reason}


def trashed(at=PAST, was="draft"):
    return {"state": Publishable.State.TRASHED, "trashed_at": at, "trashed_from": was}


IN_REVIEW = {"state": Publishable.State.REVIEW}


# People and organizations.


def user(username=None, permissions=(), **values):
    """An account; `permissions` are names such as `articles.change_article`."""
    account = User.objects.create_user(username or f"user{next(_numbers)}", password="a long password", **values)
    for permission in permissions:
        app, codename = permission.split(".")
        account.user_permissions.add(Permission.objects.get(content_type__app_label=app, codename=codename))
    return account


def staff(username=None, permissions=(), **values):
    return user(username, permissions, is_staff=True, **values)


def organization(name=None, *, short=(), alias=(), **values):
    """An organization in the directory; `short` and `alias` are lists of its further names."""
    values = {"kind": Organization.Kind.SERVICE_AGENCY, **values}
    made = Organization.objects.create(name=name or f"爱友公益服务中心{next(_numbers)}", **values)
    for kind, names in ((OrganizationName.Kind.SHORT, short), (OrganizationName.Kind.ALIAS, alias)):
        for other in names:
            made.names.create(name=other, kind=kind)
    return made


def unlisted_organization(name=None, **values):
    """Readers see it only where something public names it."""
    return organization(name, listed=False, **values)


def merged_organization(into, name=None, **values):
    made = organization(name, **values)
    merge(made, into, by=None)
    into.refresh_from_db()
    made.refresh_from_db()
    return made


# Articles.


def section(name="要闻", **values):
    return Section.objects.get_or_create(name=name, defaults=values)[0]


def tag(name="端午"):
    return Tag.objects.get_or_create(name=name)[0]


def draft_article(title="志愿者看望孤寡老人", *, organizations=(), events=(), awards=(), tags=(), **values):
    """An article; the organizations are its subjects."""
    values = {"body": "<p>端午前夕，志愿者走进敬老院。</p>", "byline": "王芳", **values}
    article = Article.objects.create(title=title, **values)
    article.organizations.add(*organizations)
    for event in events:
        article.event_links.create(event=event)
    for award in awards:
        article.award_links.create(award=award)
    article.tags.add(*tags)
    return article


def article_in_review(**values):
    return draft_article(**IN_REVIEW, **values)


def published_article(at=PAST, **values):
    return draft_article(**published(at), **{"date": local_day(at), **values})


def scheduled_article(at=FUTURE, **values):
    return published_article(at, **values)


def withdrawn_article(at=PAST, reason="活动信息有误", **values):
    return draft_article(**withdrawn(at, reason), **{"date": local_day(at), **values})


def photo(article, **values):
    return Photo.objects.create(article=article, **{"picture": picture_file(), **values})


def attachment(article, **values):
    return Attachment.objects.create(
        article=article, **{"file": SimpleUploadedFile("报名表.PDF", b"%PDF-1.4"), "title": "活动报名表", **values}
    )


def figure(article, unit="CNY", **values):
    values = {"value": 2374, "text": "2374元", "measure": Figure.Measure.RAISED, **values}
    return Figure.objects.create(article=article, unit=Unit.objects.get(code=unit), **values)


# Events.


def event_type(name="讲座"):
    return EventType.objects.get_or_create(name=name)[0]


def draft_event(name="共享工厂讲座", *, hosts=(), **values):
    """An event on DAY, unless `start_date` says otherwise (None: only `when_text` says when)."""
    values = {"type": values.pop("type", None) or event_type(), "start_date": DAY, "when_text": "日前", **values}
    event = Event.objects.create(name=name, **values)
    event.organizations.add(*hosts)
    return event


def event_in_review(**values):
    return draft_event(**IN_REVIEW, **values)


def published_event(at=PAST, **values):
    return draft_event(**published(at), **values)


def scheduled_event(at=FUTURE, **values):
    return published_event(at, **values)


def withdrawn_event(at=PAST, reason="活动信息有误", **values):
    return draft_event(**withdrawn(at, reason), **values)


# Awards.


def draft_award(name=None, *, recipients=(), **values):
    """An award of 2018; the recipients are organizations."""
    values = {"year": 2018, "level": Award.Level.CITY, **values}
    award = Award.objects.create(name=name or f"温州市“四好”商会{next(_numbers)}", **values)
    for recipient in recipients:
        award.recipients.create(organization=recipient)
    return award


def award_in_review(**values):
    return draft_award(**IN_REVIEW, **values)


def published_award(at=PAST, **values):
    return draft_award(**published(at), **values)


def scheduled_award(at=FUTURE, **values):
    return published_award(at, **values)


def withdrawn_award(at=PAST, reason="评选结果更正", **values):
    return draft_award(**withdrawn(at, reason), **values)


# Editions and standing pages.


def draft_edition(*, articles=(), date=DAY, **values):
    """An edition with the articles on its first page, in this order."""
    edition = Edition.objects.create(date=date, **{"title": f"苍南社会组织{next(_numbers)}", **values})
    for position, article in enumerate(articles, 1):
        edition.items.create(article=article, position=position)
    return edition


def edition_in_review(**values):
    return draft_edition(**IN_REVIEW, **values)


def published_edition(at=PAST, **values):
    return draft_edition(**published(at), **values)


def scheduled_edition(at=FUTURE, **values):
    return published_edition(at, **values)


def withdrawn_edition(at=PAST, reason="版面有误", **values):
    return draft_edition(**withdrawn(at, reason), **values)


PRINTED_PAGE = """义卖款送到孩子手中
5月31日中午，蓝精灵幼儿园携手扶苗公益中心看望两户困难家庭。义卖共筹到爱心款2374元。 （扶苗）

爱心车队护送考生
6月7日至8日，壹家壹公益中心组织三十五辆爱心车免费接送考生。家长们连声道谢。 （促进会）
"""


def page_import(text=PRINTED_PAGE, *, by=None, **values):
    """A printed page of two stories that was really read, and is to be reviewed."""
    fields = {"name": "page.txt", "title": "苍南社会组织", "date": DAY, "locality": "苍南县", **values}
    return take_in(text.encode(), PageImport(**fields), by=by)


def draft_page(**values):
    values = {"title": "投稿须知", "slug": f"page-{next(_numbers)}", "body": "<p>来稿请注明单位。</p>", **values}
    return Page.objects.create(**values)


def page_in_review(**values):
    return draft_page(**IN_REVIEW, **values)


def published_page(at=PAST, **values):
    return draft_page(**published(at), **values)


def scheduled_page(at=FUTURE, **values):
    return published_page(at, **values)


def withdrawn_page(at=PAST, reason="内容过期", **values):
    return draft_page(**withdrawn(at, reason), **values)


# Preview links.


def preview_link(publishable, *, by=None, for_whom="受访者王老师", **values):
    """A valid link to something that readers are yet to see; `expires_at` and other values as they are passed."""
    link = PreviewLink.make(publishable, for_whom=for_whom, by=by or staff())
    for name, value in values.items():
        setattr(link, name, value)
    link.save()
    return link


def expired_link(publishable, **values):
    return preview_link(publishable, made_at=PAST, expires_at=PAST + datetime.timedelta(1), **values)


def revoked_link(publishable, **values):
    return preview_link(publishable, revoked_at=PAST, **values)


# The desk.


def confirmation(publishable=None, *, by=None, **values):
    """Somebody confirmed a number in the text (default: a draft article)."""
    publishable = publishable or draft_article()
    values = {"kind": "mobile", "masked": "138****5678", "step": "publish", "reason": "本人同意公开", **values}
    return PersonalDataConfirmation.objects.create(
        content_type=ContentType.objects.get_for_model(publishable),
        object_id=publishable.pk,
        title=str(publishable),
        by=by or user(),
        **values,
    )


# Files.


def picture_bytes(size=(60, 40), kind="JPEG", mode="RGB", **options):
    content = BytesIO()
    Image.new(mode, size, **({"color": (200, 30, 30)} if mode == "RGB" else {})).save(content, kind, **options)
    return content.getvalue()


def picture_file(name="照片.jpg", content=None, **options):
    """An upload with a real picture: 60 x 40 pixels of red JPEG unless told otherwise."""
    return SimpleUploadedFile(name, content if content is not None else picture_bytes(**options), "image/jpeg")
