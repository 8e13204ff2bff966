from django import template

from newsletter.articles.models import Article
from newsletter.editions.models import Edition, EditionItem

register = template.Library()


@register.inclusion_tag("editions/_place.html")
def place_in_edition(article):
    """Where an article was printed: edition and page, with the stories before and after it there."""
    items = EditionItem.objects.filter(Edition.objects.published().behind("edition"), article=article)
    item = items.select_related("edition").order_by("edition__date", "pk").first()
    if item is None:
        return {"item": None}
    siblings = EditionItem.objects.filter(Article.objects.published().behind("article"), edition=item.edition)
    siblings = list(siblings.select_related("article").defer("article__body"))
    index = next((index for index, sibling in enumerate(siblings) if sibling.pk == item.pk), None)
    return {
        "item": item,
        "edition": item.edition,
        "previous": siblings[index - 1].article if index else None,
        "next": siblings[index + 1].article if index is not None and index + 1 < len(siblings) else None,
    }
