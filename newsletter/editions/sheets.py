"""An edition as the pages that its stories fill."""

from dataclasses import dataclass
from functools import cached_property

from newsletter.articles.models import Article

from .models import EditionItem, EditionPage

# A column beside the lead story; further briefs stand among the articles.
BRIEFS_BESIDE = 5


@dataclass
class Layout:
    """Articles by the size in which they stand on a page: the lead, and each list in the order of the page."""

    lead: Article | None
    briefs: list[Article]
    stories: list[Article]
    photo_stories: list[Article]

    @classmethod
    def of(cls, articles, lead=None):
        """`lead` is one of the articles; without one the first of them leads."""
        lead = lead or next(iter(articles), None)
        forms = {form: [each for each in articles if each.form == form and each != lead] for form in Article.Form}
        briefs = forms["brief"]
        return cls(lead, briefs[:BRIEFS_BESIDE], [*forms["article"], *briefs[BRIEFS_BESIDE:]], forms["photo_story"])


@dataclass
class Sheet:
    """A page that readers can open: what is known of the printed one, or None, and the items that they see there."""

    number: int
    printed: EditionPage | None
    items: list[EditionItem]

    @cached_property
    def layout(self):
        lead = next((item.article for item in self.items if item.is_lead), None)
        return Layout.of([item.article for item in self.items], lead)


def public_items(edition, *, preview=False):
    """The items of an edition whose articles readers see (in a preview: or will see), by page and position."""
    articles = Article.objects.for_previews() if preview else Article.objects.published()
    return (
        edition.items.filter(articles.behind("article"))
        .select_related("article__section")
        .prefetch_related("article__photos")
        .defer("article__body")
    )


def sheets_of(edition, items):
    """The sheets of an edition, by number: its printed pages, and those on which the items stand."""
    printed, placed = {page.number: page for page in edition.pages.all()}, {}
    for item in items:
        placed.setdefault(item.page, []).append(item)
    return [Sheet(number, printed.get(number), placed.get(number, [])) for number in sorted({*printed, *placed})]
