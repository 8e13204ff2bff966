"""The rows of an archive of any size, as they would stand after sixteen years of work."""

import datetime
import random
from itertools import count
from pathlib import PurePath

from django.core.files import File
from django.core.files.images import get_image_dimensions
from django.core.files.storage import default_storage
from django.db import transaction

from newsletter.articles.models import (
    Article,
    ArticleAward,
    ArticleEvent,
    ArticleOrganization,
    Figure,
    Photo,
    Section,
    Tag,
    TaggedArticle,
    Unit,
)
from newsletter.awards.models import Award, Recipient
from newsletter.editions.management.commands.preparedemo import DEMO
from newsletter.editions.models import Edition, EditionItem, EditionPage
from newsletter.events.models import Event, EventType, Participation
from newsletter.publishing.models import Publication
from newsletter.records.pictures import clean_picture
from newsletter.records.slugs import free_slug, initials, pinyin
from newsletter.records.text import RICH_TEXT_RULES, digest
from orgs.models import Organization, OrganizationName, name_key

from . import prose
from .bulk import Table, loading

# Thursdays, on which editions come out.
FIRST_DAY, LAST_DAY = datetime.date(2010, 1, 7), datetime.date(2026, 6, 25)
_SPAN = (LAST_DAY - FIRST_DAY).days
STORIES_OF_AN_EDITION, STORIES_OF_A_PAGE = 8, 4
AT_ONCE = 4000
_PICTURES = ("lecture.webp", "meeting.jpg", "plaque.png")
_BODIES = (
    ("government", "县民政局", "民政局"),
    ("mass_organization", "县慈善总会", "慈善总会"),
    ("association", "县社会组织促进会", "社促会"),
)
_ROLES = ("co_organizer", "supporter", "participant", "visitor")

_MADE = f"{FIRST_DAY} 00:00:00"
_RECORD = {"created_at": _MADE, "modified_at": _MADE}
_TIMES = ("created_at", "modified_at", "publish_at", "first_public_at")

_sections = Table(Section, "id", "name", "slug", "position", **_RECORD)
_tags = Table(Tag, "id", "name", "slug", **_RECORD)
_types = Table(EventType, "id", "name", "slug", **_RECORD)
_organizations = Table(
    Organization, *("id", "kind", "name", "slug", "region", "member", "listed", "pinyin", "initial"), **_RECORD
)
_names = Table(OrganizationName, "id", "organization", "name", "kind", "key", "pinyin", "initials")
_awards = Table(Award, *("id", "uuid", "name", "year", "level", "issuer", "date"), *_TIMES, state="published")
_recipients = Table(Recipient, "id", "award", "organization")
_editions = Table(
    Edition, *("id", "uuid", "number", "date"), *_TIMES, state="published", title="苍南社会组织", locality="苍南县"
)
_pages = Table(EditionPage, "id", "edition", "number", "title")
_items = Table(EditionItem, "id", "edition", "article", "page", "position", "is_lead")
_articles = Table(
    Article,
    *("id", "uuid", "form", "section", "title", "summary", "body", "opening", "text_digest", "byline", "date"),
    *("state", "withdrawn_at", "withdrawal_reason", *_TIMES),
    body_rules=RICH_TEXT_RULES,
)
_organization_links = Table(ArticleOrganization, "id", "article", "organization", "role", "is_primary")
_event_links = Table(ArticleEvent, "id", "article", "event")
_award_links = Table(ArticleAward, "id", "article", "award")
_tagged = Table(TaggedArticle, "id", "content_object", "tag")
_figures = Table(Figure, "id", "article", "value", "unit", "text", "measure", "event")
_photos = Table(
    Photo,
    *("id", "article", "picture", "picture_width", "picture_height", "picture_colour", "caption", "position"),
    credit="通讯员 供图",
)
_events = Table(
    Event,
    *("id", "uuid", "name", "type", "start_date", "end_date", "when_text", "listed_date", "venue", "region"),
    *_TIMES,
    state="published",
    status="held",
)
_participations = Table(Participation, "id", "event", "organization", "role")

TABLES = [table for table in globals().values() if isinstance(table, Table)]


class Archive:
    """`articles` stories with all that they stand among; their words come from `texts`."""

    def __init__(self, articles, texts):
        self.articles, self.texts = articles, texts
        self._random = random.Random(articles)
        self._number = self._random.random
        self._organizations = min(2000, max(200, articles // 50))
        self._ids = {table: count(1) for table in TABLES}
        # Few stories make few editions; of many, most are told between the editions.
        weeks = max(1, STORIES_OF_AN_EDITION * _SPAN // (7 * articles))
        self._between_editions = 7 * weeks
        self._in_edition = {}

    def chunks(self):
        """Store it, and say after each transaction how many stories there are."""
        with loading([table.model for table in TABLES]):
            with transaction.atomic():
                self._store_frame()
            for start in range(0, self.articles, AT_ONCE):
                end = min(start + AT_ONCE, self.articles)
                with transaction.atomic():
                    self._store_stories(range(start, end))
                yield end
        # An ordinary change at last: kept pages end with it.
        Publication.objects.get_or_create(pk=1, defaults={"masthead": "苍南社会组织", "locality": "苍南县"})

    # What stories stand among.

    def _store_frame(self):
        _sections.store([(pk, name, slug, pk) for pk, name, slug in _named(prose.SECTIONS)])
        _tags.store([*_named(prose.TAGS)])
        _types.store([*_named(prose.EVENT_TYPES)])
        self._store_organizations()
        self._store_awards()
        days = range(self._between_editions, _SPAN + 1, self._between_editions)
        days = [FIRST_DAY + datetime.timedelta(days=day) for day in days]
        _editions.store(
            [(pk, self._uuid(), f"总第{pk}期", day, *_times(day)) for pk, day in enumerate(map(str, days), 1)]
        )
        numbers = [(edition, page) for edition in range(1, len(days) + 1) for page in (1, 2)]
        _pages.store(
            [(pk, edition, page, prose.SECTIONS[3 * (page - 1)]) for pk, (edition, page) in enumerate(numbers, 1)]
        )
        self._units = dict(Unit.objects.values_list("code", "pk"))
        self._pictures = [_picture(DEMO / name) for name in _PICTURES]

    def _store_organizations(self):
        rows, names, slugs = [], [], set()
        found = [*_BODIES, *prose.organizations(self._random)][: self._organizations]
        self._short_names = [short for _kind, _name, short in found]
        for pk, (kind, name, short) in enumerate(found, 1):
            slug = free_slug(short, slugs.__contains__)
            slugs.add(slug)
            region = name.partition("镇")[0] + "镇" if "镇" in name else ""
            member, listed = self._number() < 0.6, self._number() < 0.95
            rows.append((pk, kind, name, slug, region, member, listed, pinyin(short), slug[0].upper()))
            for each, of_kind in ((name, "full"), (short, "short")):
                key = name_key(each)
                names.append((len(names) + 1, pk, each, of_kind, key, pinyin(key).replace(" ", ""), initials(key)))
        _organizations.store(rows)
        _names.store(names)

    def _store_awards(self):
        # As many each year: a county gives no more of them because more is written.
        rows, recipients = [], []
        for year in range(FIRST_DAY.year, LAST_DAY.year):
            for name in prose.AWARDS:
                for level, issuer in (("county", 1), ("town", 2)):
                    pk, day = len(rows) + 1, f"{year + 1}-01-15"
                    rows.append((pk, self._uuid(), name, year, level, issuer, day, *_times(day)))
                    for organization in {self._organization() for _one in range(3)}:
                        recipients.append((len(recipients) + 1, pk, organization))
        _awards.store(rows)
        _recipients.store(recipients)

    # Stories.

    def _store_stories(self, numbers):
        self._rows = {table: [] for table in TABLES}
        for number in numbers:
            self._story(number)
        for table, rows in self._rows.items():
            table.store(rows)

    def _story(self, number):
        chance, pk = self._number, number + 1
        day = FIRST_DAY + datetime.timedelta(days=number * _SPAN // self.articles)
        date, year = str(day), day.year
        times = _times(date)
        form = ("article", "brief", "photo_story")[(chance() > 0.65) + (chance() > 0.9)]
        own = self._organization()
        text = self.texts.text()
        at = text.find("。", len(text) // 3) + 1
        paragraphs = [text[:at], text[at:]] if 0 < at < len(text) else [text]
        state, withdrawn_at, reason = "published", None, ""
        if chance() < 0.005:
            state, withdrawn_at, reason = "withdrawn", f"{date} 09:00:00", "活动信息有误"
        elif chance() < 0.01:
            state, times = "draft", (*times[:2], None, None)
        self._add(
            _articles,
            self._uuid(),
            form,
            {"brief": 2, "photo_story": 3}.get(form) or (1, 4, 5)[int(3 * chance() ** 2)],
            self.texts.title(),
            text[: text.find("。") + 1] if chance() < 0.3 else "",
            "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs),
            text[:160],
            digest(paragraphs),
            self._short_names[own - 1],
            date,
            *(state, withdrawn_at, reason),
            *times,
        )
        event = None
        if number % 4 == 0:
            event = self._event(day, own)
        elif chance() < 0.4:
            event = number // 4 + 1
        if event:
            self._add(_event_links, pk, event)
        self._add(_organization_links, pk, own, "contributor", True)
        self._add(_organization_links, pk, self._organization(), "subject", False)
        for named in {self._organization() for _one in range(int(3 * chance()))}:
            self._add(_organization_links, pk, named, "mentioned", False)
        for tag in {int(len(prose.TAGS) * chance() ** 1.5) + 1 for _one in range(int(3 * chance()))}:
            self._add(_tagged, pk, tag)
        if year > FIRST_DAY.year and chance() < 0.03:
            awards = 2 * len(prose.AWARDS)
            self._add(_award_links, pk, (year - 1 - FIRST_DAY.year) * awards + int(awards * chance()) + 1)
        if chance() < 0.2:
            self._figure(pk, event)
        for position in range(1, 3 if form == "photo_story" else 1 + (chance() < 0.2)):
            self._add(_photos, pk, *self._pictures[int(len(self._pictures) * chance())], "活动现场", position)
        self._item(pk, number)

    def _event(self, day, host):
        chance, pk = self._number, next(self._ids[_events])
        town, venue = prose.TOWNS[int(20 * chance())], prose.VENUES[int(10 * chance())]
        first = day - datetime.timedelta(days=int(4 * chance()))
        if chance() < 0.08:
            when = (None, None, "日前", str(day))
        else:
            when = (str(first), str(first + datetime.timedelta(days=2)) if chance() < 0.1 else None, "", str(first))
        kind = int(len(prose.EVENT_TYPES) * chance() ** 1.5) + 1
        name = self.texts.title().replace("\n", "") if chance() < 0.6 else ""
        self._rows[_events].append((pk, self._uuid(), name, kind, *when, venue, f"{town}镇", *_times(day)))
        self._add(_participations, pk, host, "host")
        for role in _ROLES[: int(3 * chance())]:
            self._add(_participations, pk, self._organization(), role)
        return pk

    def _figure(self, article, event):
        amount = int(10 ** (2 + 4 * self._number()))
        if self._number() < 0.6:
            told = ("raised" if self._number() < 0.5 else "given", self._units["CNY"], f"{amount}元")
        else:
            amount = amount // 100 + 1
            told = ("taking_part", self._units["person"], f"{amount}人")
        measure, unit, words = told
        self._add(_figures, article, f"{amount}.00", unit, words, measure, event)

    def _item(self, article, number):
        # The edition that comes out on the day of the story or next after it.
        edition = -(-(number * _SPAN // self.articles) // self._between_editions)
        position = self._in_edition[edition] = self._in_edition.get(edition, 0) + 1
        if 0 < edition <= _SPAN // self._between_editions and position <= STORIES_OF_AN_EDITION:
            page, place = divmod(position - 1, STORIES_OF_A_PAGE)
            self._add(_items, edition, article, page + 1, place + 1, position == 1)

    def _add(self, table, *values):
        self._rows[table].append((next(self._ids[table]), *values))

    def _organization(self):
        """One of them; of some much more is told than of others."""
        return int(self._organizations * self._number() ** 2) + 1

    def _uuid(self):
        bits = self._random.getrandbits(128) & ~(0xF << 76) | (4 << 76)
        return f"{bits & ~(0x3 << 62) | (0x2 << 62):032x}"


def _named(names):
    slugs = set()
    for pk, name in enumerate(names, 1):
        slug = free_slug(name, slugs.__contains__)
        slugs.add(slug)
        yield pk, name, slug


def _times(day):
    """Nine o'clock in Shanghai, for each of `_TIMES`."""
    return (f"{day} 01:00:00",) * len(_TIMES)


def _picture(path):
    """The values of a photo that shows the picture of this file, which is stored once."""
    with path.open("rb") as file:
        clean = clean_picture(File(file, path.name))
    name = f"photos/seedbench/{path.stem}{PurePath(clean.name).suffix}"
    if not default_storage.exists(name):
        default_storage.save(name, clean)
    with default_storage.open(name) as file:
        return name, *get_image_dimensions(file), clean.colour
