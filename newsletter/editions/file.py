"""Edition files: one edition as JSON (docs/edition-file.md). Reading checks the shape; loading, the facts."""

import datetime
import json
import re
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from newsletter.records.dates import iso_day
from newsletter.records.text import clean_line
from orgs.models import name_key


class EditionFileError(Exception):
    """The file cannot be loaded; nothing was changed. `errors` says what is wrong and where, a line each."""

    def __init__(self, errors):
        super().__init__("\n".join(errors))
        self.errors = errors


@dataclass
class OrganizationEntry:
    name: str
    kind: str
    names: list[str]
    region: str
    description: str
    supervisor: str
    grade: str
    member: bool
    website: str
    wechat: str
    phone: str
    email: str
    address: str


@dataclass
class EventEntry:
    where: str
    type: str
    name: str
    start: datetime.date | None
    end: datetime.date | None
    part_of_day: str
    time: datetime.time | None
    end_time: datetime.time | None
    year: int | None
    when_text: str
    venue: str
    places: list[str]
    region: str
    series: str
    series_text: str
    series_year: int | None
    status: str
    status_reason: str
    roles: dict[str, list[str]]


@dataclass
class AwardEntry:
    where: str
    name: str
    year: int
    level: str
    issuer: str
    recipients: list[str]
    person_recipients: list[str]
    project: str
    document: str
    date: datetime.date | None


@dataclass
class AmountEntry:
    where: str
    value: Decimal
    unit: str
    approximate: bool
    text: str
    what: str
    year: int | None
    event: str


@dataclass
class PhotoEntry:
    where: str
    file: str
    caption: str
    credit: str
    alt: str


@dataclass
class StoryEntry:
    where: str
    section: str
    form: str
    kicker: str
    title: list[str]
    subtitle: str
    summary: str
    byline: str
    paragraphs: list[str]
    page: int
    position: int | None
    region: list[int]
    lead: bool
    date: datetime.date | None
    tags: list[str]
    photos: list[PhotoEntry]
    contributor_kind: str
    contributor: str
    organizations: list[str]
    events: list[EventEntry]
    awards: list[AwardEntry]
    amounts: list[AmountEntry]
    note: str


@dataclass
class EditionFile:
    title: str
    number: str
    date: datetime.date
    date_is_assumed: bool
    locality: str
    sections: list[str]
    pages: dict[int, str]
    organizations: list[OrganizationEntry]
    stories: list[StoryEntry]
    ignored: list[str] = field(default_factory=list)


class _Node:
    """One object of the file, read key by key; complaints are gathered with the place where they arose."""

    def __init__(self, data, where, log):
        self.where, self.log = where, log
        if not isinstance(data, dict):
            self.complain("", "must be an object { … }")
            data = {}
        self.data, self.left = data, set(data)

    def complain(self, key, words):
        self.log.errors.append(f"{self.at(key)}: {words}")

    def at(self, key):
        return ", ".join(filter(None, [self.where, key])) or "the file"

    def take(self, key, kinds, words, default=None, required=False):
        self.left.discard(key)
        value = self.data.get(key)
        if value is None:
            if required:
                self.complain(key, "is missing")
            return default
        if not isinstance(value, kinds) or (isinstance(value, bool) and kinds is not bool):
            self.complain(key, f"must be {words}")
            return default
        return value

    def text(self, key, required=False):
        value = self.take(key, str, "a text", None, required)
        if value is None:
            return ""
        value = clean_line(value)
        if required and not value:
            self.complain(key, "is empty")
        return value

    def flag(self, key):
        return self.take(key, bool, "true or false", False)

    def number(self, key, default=None, required=False, low=0, high=32767):
        value = self.take(key, int, "a whole number", default, required)
        if value is not None and not low <= value <= high:
            self.complain(key, f"must be from {low} to {high}, not {value}")
            return default
        return value

    def percents(self, key, count):
        values = self.take(key, list, f"a list of {count} whole numbers", [])
        if values and not (len(values) == count and all(type(value) is int and 0 <= value <= 100 for value in values)):
            self.complain(key, f"must be {count} whole numbers from 0 to 100")
            return []
        return values

    def texts(self, key, required=False):
        values = self.take(key, list, "a list of texts", None, required)
        if values is None:
            return []
        if not all(isinstance(value, str) and clean_line(value) for value in values):
            self.complain(key, "must be a list of texts, none of them empty")
            return []
        if required and not values:
            self.complain(key, "is empty")
        return [clean_line(value) for value in values]

    def parsed(self, key, parse, words, required=False):
        value = self.text(key, required)
        try:
            return parse(value) if value else None
        except ValueError:
            self.complain(key, f"must be {words}, not “{value}”")

    def day(self, key, required=False):
        return self.parsed(key, iso_day, "a day such as 2019-06-04", required)

    def clock(self, key):
        return self.parsed(key, _clock, "a time such as 14:30")

    def nodes(self, key, name, required=False):
        values = self.take(key, list, "a list of objects", [], required)
        return [_Node(value, self.at(f"{name}[{number}]"), self.log) for number, value in enumerate(values, 1)]

    def node(self, key):
        return _Node(self.take(key, dict, "an object { … }", {}), self.at(key), self.log)

    def finish(self):
        self.log.ignored.extend(self.at(key) for key in sorted(self.left))


def _clock(text):
    if not re.fullmatch("[0-9]{2}:[0-9]{2}", text):
        raise ValueError(text)
    return datetime.time.fromisoformat(text)


class _Log:
    def __init__(self):
        self.errors, self.ignored = [], []


def read_edition_file(content):
    """The `EditionFile` in `content` (JSON in UTF-8). Raises `EditionFileError` with all complaints at once."""
    try:
        data = json.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise EditionFileError([f"The file is not UTF-8 text (byte {error.start})."]) from error
    except ValueError as error:
        raise EditionFileError([f"The file is not JSON: {error}."]) from error
    except RecursionError as error:
        raise EditionFileError(["The file is not an edition: it is nested too deeply."]) from error

    log = _Log()
    root = _Node(data, "", log)
    edition = root.node("edition")
    result = EditionFile(
        title=edition.text("title", required=True),
        number=edition.text("number"),
        date=edition.day("date", required=True),
        date_is_assumed=edition.text("date_is") == "assumed",
        locality=edition.text("locality"),
        sections=edition.texts("sections"),
        pages=dict(_page(node) for node in edition.nodes("pages", "pages")),
        organizations=[_organization(node) for node in root.nodes("organizations", "organization")],
        stories=[],
        ignored=log.ignored,
    )
    edition.finish()
    stories = root.take("stories", list, "a list of objects", [], required=True)
    result.stories = [_story(_Node(value, f"story {number}", log)) for number, value in enumerate(stories, 1)]
    root.finish()
    log.errors.extend(_names_borne_twice(result.organizations))
    if log.errors:
        raise EditionFileError(log.errors)
    return result


def _names_borne_twice(organizations):
    bearers = {}
    for entry in organizations:
        for name in dict.fromkeys([entry.name, *entry.names]):
            first = bearers.setdefault(name_key(name), entry.name)
            if first != entry.name:
                yield f"organizations: “{name}” is a name of both {first} and {entry.name}"


def _page(node):
    page = node.number("number", 1, required=True, low=1), node.text("title")
    node.finish()
    return page


def _organization(node):
    entry = OrganizationEntry(
        name=node.text("name", required=True),
        kind=node.text("kind", required=True),
        names=node.texts("names"),
        member=node.flag("member"),
        **{
            key: node.text(key)
            for key in (
                *("region", "description", "supervisor", "grade"),
                *("website", "wechat", "phone", "email", "address"),
            )
        },
    )
    node.finish()
    return entry


def _story(node):
    facts = node.node("facts")
    entry = StoryEntry(
        where=node.where,
        section=node.text("section"),
        form=node.text("form"),
        kicker=node.text("kicker"),
        title=node.texts("title", required=True),
        subtitle=node.text("subtitle"),
        summary=node.text("summary"),
        byline=node.text("byline"),
        paragraphs=node.texts("paragraphs", required=True),
        page=node.number("page", 1, low=1),
        position=node.number("position", low=1),
        region=node.percents("region", 4),
        lead=node.flag("lead"),
        date=node.day("date"),
        tags=node.texts("tags"),
        photos=[_photo(photo) for photo in node.nodes("photos", "photos")],
        contributor_kind=facts.text("contributor_kind"),
        contributor=facts.text("contributor"),
        organizations=facts.texts("organizations"),
        events=[_event(event) for event in facts.nodes("events", "events")],
        awards=[_award(award) for award in facts.nodes("awards", "awards")],
        amounts=[_amount(amount) for amount in facts.nodes("amounts", "amounts")],
        note=facts.text("note"),
    )
    if entry.contributor_kind not in {"", "person", "organization"}:
        facts.complain("contributor_kind", "must be person or organization")
    if entry.contributor and not entry.contributor_kind:
        facts.complain("contributor_kind", "is missing: person or organization")
    facts.finish()
    node.finish()
    return entry


def _photo(node):
    entry = PhotoEntry(
        where=node.where,
        file=node.text("file", required=True),
        caption=node.text("caption"),
        credit=node.text("credit"),
        alt=node.text("alt"),
    )
    node.finish()
    return entry


def _event(node):
    roles = node.node("roles")
    entry = EventEntry(
        where=node.where,
        type=node.text("type", required=True),
        start=node.day("start"),
        end=node.day("end"),
        time=node.clock("time"),
        end_time=node.clock("end_time"),
        year=node.number("year"),
        places=node.texts("places"),
        series_year=node.number("series_year"),
        roles={role: roles.texts(role) for role in list(roles.data)},
        **{
            key: node.text(key)
            for key in (
                *("name", "part_of_day", "when_text", "venue", "region", "status", "status_reason"),
                *("series", "series_text"),
            )
        },
    )
    node.finish()
    return entry


def _award(node):
    entry = AwardEntry(
        where=node.where,
        name=node.text("name", required=True),
        year=node.number("year", 0, required=True),
        level=node.text("level", required=True),
        issuer=node.text("issuer"),
        recipients=node.texts("recipients"),
        person_recipients=node.texts("person_recipients"),
        project=node.text("project"),
        document=node.text("document"),
        date=node.day("date"),
    )
    node.finish()
    return entry


def _amount(node):
    value = node.take("value", (int, float), "a number", 0, required=True)
    try:
        value = Decimal(str(value))
    except InvalidOperation:
        value = Decimal("NaN")
    if not value.is_finite():
        node.complain("value", "must be a number")
    entry = AmountEntry(
        where=node.where,
        value=value,
        unit=node.text("unit", required=True),
        approximate=node.flag("approximate"),
        text=node.text("text", required=True),
        what=node.text("what"),
        year=node.number("year"),
        event=node.text("event"),
    )
    node.finish()
    return entry
