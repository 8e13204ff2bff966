"""What briefs name: contributors in the byline, organizations and an event in the text, found as a page import does."""

from dataclasses import dataclass, field
from functools import cached_property

from newsletter.articles.models import ArticleOrganization
from newsletter.events.models import EventType
from newsletter.intake.importing import directory_entries
from newsletter.intake.parser.page import facts_of
from newsletter.intake.parser.recognize import Directory
from newsletter.intake.parser.recognize.contributor import names_in_byline
from newsletter.publishing.models import Publication
from orgs.models import Organization, OrganizationName, name_key


@dataclass
class Reading:
    """What one brief names. `person` is who of the byline is no organization.

    `event` is a fact as edition files have it, but with (Organization, role) pairs as its `roles`.
    """

    contributors: list = field(default_factory=list)
    person: str = ""
    # {Organization: role}: subjects act in the brief or stand in its headline, as in loaded editions.
    organizations: dict = field(default_factory=dict)
    event: dict | None = None
    event_type: EventType | None = None

    @property
    def marks(self):
        """What of it is a proposal to look at, as short words: a form remembers by them what was shown."""
        found = [f"by-{organization.pk}" for organization in self.contributors]
        return found + [str(organization.pk) for organization in self.organizations] + ["event"] * bool(self.event_type)

    @property
    def when(self):
        """The day or the words that say when the event was; "" where there is none."""
        return when_of(self.event) if self.event_type else ""


def when_of(event):
    return event.get("start") or event.get("when_text") or ""


class Reader:
    """Reads any number of briefs with the directory as it stands now: the number of queries is always the same.

    Days without a year are understood from `day`; `县…` means `locality` (default: that of the publication).
    """

    def __init__(self, day, locality=""):
        self.day, self._locality = day, locality
        self.types = {event_type.name: event_type for event_type in EventType.objects.all()}
        self.organizations = Organization.objects.defer("description").in_bulk()
        self.keys, self.names = {}, {}
        for pk, key, name in OrganizationName.objects.values_list("organization_id", "key", "name"):
            self.keys[key] = self.organizations[pk]
            self.names.setdefault(self.keys[key], []).append(name)

    @cached_property
    def locality(self):
        return self._locality or Publication.current().locality

    @cached_property
    def directory(self):
        return Directory(directory_entries())

    def find(self, name):
        """The organization that bears the name, or None."""
        derived = self.directory.index(self.locality).names.get(name)
        return self.keys.get(name_key(name)) or (derived and self.keys.get(name_key(derived.full)))

    def is_name(self, words):
        """Whether the words, as they stand in brackets, name an organization of the directory."""
        return any(map(self.find, [words, *names_in_byline(words)]))

    def read(self, title, text, byline):
        """The `Reading` of a brief."""
        story = {"title": title.split("\n"), "paragraphs": text.split("\n"), "byline": byline, "section": ""}
        facts = facts_of(story, self.directory, day=self.day, locality=self.locality)["facts"]
        reading = Reading(*self._who(byline, facts), organizations=self._roles(facts, title))
        if event := next((event for event in facts["events"] if when_of(event)), None):
            acting = [(self.find(name), role) for role, names in event["roles"].items() for name in names]
            reading.event = {**event, "roles": [pair for pair in acting if pair[0]]}
            reading.event_type = self.types.get(event["type"])
        return reading

    def _who(self, byline, facts):
        """(organizations, persons) of a byline, which may name several: 扶苗 王芳."""
        whole = self.find(byline)
        found = {name: self.find(name) for name in names_in_byline(byline)}
        contributors = [whole] if whole else [*dict.fromkeys(filter(None, found.values()))]
        if not contributors and facts.get("contributor_kind") == "organization":
            # A misprint, or more words than the name.
            return [*filter(None, [self.find(facts["contributor"])])], ""
        return contributors, "" if whole else "、".join(
            name for name, organization in found.items() if not organization
        )

    def _roles(self, facts, title):
        roles = ArticleOrganization.Role
        acting = {name for event in facts["events"] for names in event["roles"].values() for name in names}
        acting |= {name for award in facts["awards"] for name in award.get("recipients", [])}
        found = {}
        for name in dict.fromkeys([*facts["organizations"], *sorted(acting)]):
            if organization := self.find(name):
                is_subject = name in acting or any(one in title for one in self.names[organization])
                if is_subject or organization not in found:
                    found[organization] = roles.SUBJECT if is_subject else roles.MENTIONED
        return found
