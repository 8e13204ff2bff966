"""What was recognized in a story, one by one: what an editor believes or drops, and what is left when that is done."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from newsletter.awards.models import Award
from newsletter.events.models import Event, Participation
from newsletter.records.dates import iso_day

_LISTS = {"event": "events", "award": "awards", "amount": "amounts"}


@dataclass
class Finding:
    kind: str  # contributor, organization, event, award or amount
    value: object  # a name, or the object of the edition file
    is_taken: bool
    is_new: bool  # an organization that the directory does not have
    doubt: str

    @property
    def label(self):
        return _LABELS[self.kind]

    @property
    def words(self):
        return _WORDS[self.kind](self.value)


def findings_of(story):
    """The list of `Finding`s of a story of the review, in the order in which they are shown."""
    facts = story["facts"]
    pairs = [("contributor", facts["contributor"])] if facts.get("contributor") else []
    pairs += [("organization", name) for name in facts["organizations"]]
    pairs += [(kind, value) for kind, key in _LISTS.items() for value in facts[key]]
    new = {organization["name"] for organization in story["new_organizations"]}
    return [
        Finding(
            kind,
            value,
            is_taken=[kind, value] not in story["dropped"],
            is_new=kind in ("contributor", "organization") and value in new,
            doubt=_doubt(story["remarks"], kind, value),
        )
        for kind, value in pairs
    ]


def _doubt(remarks, kind, value):
    for remark in remarks:
        if remark["kind"] == "date" and kind == "event":
            fits = remark["value"].items() <= {key: value[key] for key in remark["value"] if key in value}.items()
        else:
            fits = remark["kind"].removeprefix("new_") == kind and remark["value"] == value
        if fits:
            return f"“{remark['printed']}”：{remark['doubt']}"
    return ""


def taken_facts(story):
    """The `facts` of the edition file without what was dropped; a dropped organization acts nowhere in the story."""
    taken = [finding for finding in findings_of(story) if finding.is_taken]
    gone = {value for kind, value in story["dropped"] if kind == "organization"}
    facts = {"organizations": [finding.value for finding in taken if finding.kind == "organization"]}
    for finding in taken:
        if finding.kind == "contributor" and finding.value not in gone:
            facts |= {key: story["facts"][key] for key in ("contributor_kind", "contributor")}
    for kind, key in _LISTS.items():
        facts[key] = [_without(finding.value, gone) for finding in taken if finding.kind == kind]
    named = {event.get("name") for event in facts["events"]}
    facts["amounts"] = [
        {key: value for key, value in amount.items() if key != "event" or value in named} for amount in facts["amounts"]
    ]
    return facts


def _without(value, gone):
    value = dict(value)
    if "roles" in value:
        roles = {role: [name for name in names if name not in gone] for role, names in value["roles"].items()}
        value["roles"] = {role: names for role, names in roles.items() if names}
    if "recipients" in value:
        value["recipients"] = [name for name in value["recipients"] if name not in gone]
    if value.get("issuer") in gone:
        value["issuer"] = ""
    return value


# In words.


def _event_words(event):
    roles = dict(Participation.Role.choices)
    acting = [f"{roles.get(role, role)}：{'、'.join(names)}" for role, names in event.get("roles", {}).items() if names]
    return _line(event["type"], event.get("name"), _when(event), event.get("venue"), *event.get("places", []), *acting)


def _when(event):
    days = [_day(event[key]) for key in ("start", "end") if event.get(key)]
    when = "—".join(dict.fromkeys(days)) or event.get("when_text") or _year(event.get("year"))
    part = dict(Event.PartOfDay.choices).get(event.get("part_of_day"), "")
    return " ".join(str(word) for word in (when, part, event.get("time")) if word)


def _award_words(award):
    level = dict(Award.Level.choices).get(award.get("level"), "")
    recipients = "、".join([*award.get("recipients", []), *award.get("person_recipients", [])])
    issuer = _("given by %(name)s") % {"name": award["issuer"]} if award.get("issuer") else ""
    return _line(_year(award.get("year")), award["name"], level, issuer, award.get("project"), recipients)


def _amount_words(amount):
    return _line(amount["text"], _measure(amount.get("what")), _year(amount.get("year")))


def _measure(what):
    return {"raised": _("raised"), "donated": _("given"), "taking part": _("taking part")}.get(what, what)


def _day(iso):
    day = iso_day(iso)
    return _("%(month)d/%(day)d") % {"month": day.month, "day": day.day}


def _year(year):
    return _("year %(year)s") % {"year": year} if year else ""


def _line(*parts):
    return " · ".join(str(part) for part in parts if part)


_LABELS = {
    "contributor": gettext_lazy("contributor"),
    "organization": gettext_lazy("organization"),
    "event": gettext_lazy("event"),
    "award": gettext_lazy("award"),
    "amount": gettext_lazy("figure"),
}
_WORDS = {
    "contributor": str,
    "organization": str,
    "event": _event_words,
    "award": _award_words,
    "amount": _amount_words,
}
