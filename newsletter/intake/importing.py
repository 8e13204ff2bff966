"""A file becomes an edition file: the directory and the house's labels go in, stories with their facts come out."""

from newsletter.articles.models import Section
from orgs.models import Organization, OrganizationName

from .child import parse_in_child

_KEYS = ("section", "title", "byline", "paragraphs", "facts")


def import_page(content, *, title, date=None, locality="", encoding=None):
    """The page in `content` (bytes) as the object of an edition file, and the doubts of each story (lists of words).

    `title` is the masthead's, `date` the edition's day or None. Raises `ParseFailed`.
    """
    known = list(Organization.objects.exclude(status=Organization.Status.MERGED).prefetch_related("names"))
    result = parse_in_child(
        content,
        {
            "encoding": encoding,
            "date": date.isoformat() if date else None,
            "locality": locality,
            "organizations": [_entry(organization) for organization in known],
            "sections": list(Section.objects.values_list("name", flat=True)),
        },
    )
    stories = [{key: story[key] for key in _KEYS} for story in result["stories"]]
    named = {name for story in stories for name in _names_in(story["facts"])}
    edition = {"title": title, "date": date.isoformat() if date else "", "locality": locality}
    page = {
        "edition": edition,
        "organizations": [_entry(organization) for organization in known if organization.name in named]
        + [entry for entry in result["new_organizations"] if entry["name"] in named],
        "stories": stories,
    }
    return page, [story["doubts"] for story in result["stories"]]


def _entry(organization):
    findable = [
        name.name for name in organization.names.all() if name.findable and name.kind != OrganizationName.Kind.FULL
    ]
    return {"name": organization.name, "kind": organization.kind, "names": findable}


def _names_in(facts):
    yield from facts["organizations"]
    if facts.get("contributor_kind") == "organization":
        yield facts["contributor"]
    for event in facts["events"]:
        for names in event.get("roles", {}).values():
            yield from names
    for award in facts["awards"]:
        yield from award.get("recipients", [])
        if award.get("issuer"):
            yield award["issuer"]
