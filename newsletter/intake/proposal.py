"""The stories of a review as the page shows them."""

from dataclasses import dataclass

from django.core.files.storage import default_storage

from newsletter.articles.models import Article

from .accepting import known_articles, problems_of
from .findings import Finding, findings_of, taken_facts
from .original import TONES
from .parser.facts import names_in

# A headline has a line or three, each of them short.
_LONGEST_TITLE_LINE = 40


@dataclass
class Proposal:
    number: int
    key: int
    tone: int
    story: dict
    paragraphs: list  # of (text, rows that it needs, whether it may be a line of the headline)
    findings: list[Finding]
    photos: list  # of (number, url, caption, whether it is taken)
    problems: list[str]
    known: Article | None  # the article that has this text already
    first_line: int | None

    @property
    def title(self):
        return "\n".join(self.story["title"])


def proposals_of(page_import):
    stories = page_import.review["stories"]
    known, problems = known_articles(stories), problems_of(stories)
    photos = page_import.result["photos"]
    return [
        Proposal(
            number=number,
            key=story["key"],
            tone=(number - 1) % TONES + 1,
            story=story,
            paragraphs=[(text, len(text) // 34 + 1, len(text) <= _LONGEST_TITLE_LINE) for text in story["paragraphs"]],
            findings=findings_of(story),
            photos=[
                (
                    photo,
                    default_storage.url(photos[photo]["file"]),
                    photos[photo]["caption"],
                    ["photo", photo] not in story["dropped"],
                )
                for photo in story["photos"]
                if photos[photo]["file"]
            ],
            problems=problems.get(story["key"], []),
            known=known.get(story["key"]),
            first_line=min(story["lines"], default=None),
        )
        for number, story in enumerate(stories, 1)
    ]


def unknown_organizations(page_import):
    """The organizations that accepting would create: a list of `{"name", "kind"}`."""
    kinds = page_import.review["kinds"]
    found = {}
    for story in page_import.review["stories"]:
        named = {*names_in(taken_facts(story))} if story["taken"] else set()
        for entry in story["new_organizations"]:
            if entry["name"] in named:
                found[entry["name"]] = kinds.get(entry["name"], entry["kind"])
    return [{"name": name, "kind": kind} for name, kind in found.items()]
