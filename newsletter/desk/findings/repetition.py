"""Paragraphs that an article which readers have seen already tells in the same words.

Each article's paragraphs are kept as numbers of 63 bits, so that finding them again is one look into an index.
"""

import hashlib

from django.utils.translation import gettext as _

from newsletter.articles.models import Article
from newsletter.records.text import bare, paragraphs_of

from .finding import Severity, Spot
from .models import ParagraphDigest

SHORTEST = 30


def digests_in(markup):
    """The set of numbers of the paragraphs that are long enough to be alike by no accident."""
    return {_digest(paragraph) for paragraph in paragraphs_of(markup) if _is_long(paragraph)}


def _is_long(paragraph):
    return len(bare(paragraph)) >= SHORTEST


def _digest(paragraph):
    return int.from_bytes(hashlib.sha256(bare(paragraph).encode()).digest()[:8]) >> 1


def keep_digests(article):
    """Let the index say what the article's text says now."""
    wanted = digests_in(article.body)
    kept = dict(ParagraphDigest.objects.filter(article=article).values_list("digest", "pk"))
    if gone := [pk for digest, pk in kept.items() if digest not in wanted]:
        ParagraphDigest.objects.filter(pk__in=gone).delete()
    ParagraphDigest.objects.bulk_create(
        [ParagraphDigest(article=article, digest=digest) for digest in sorted(wanted - set(kept))],
        ignore_conflicts=True,
    )


def find(article, paragraphs):
    """(index of the paragraph, `Spot`) for each of `paragraphs` that another published article has, too."""
    wanted = {_digest(text): n for n, text in enumerate(paragraphs) if _is_long(text)}
    known = ParagraphDigest.objects.filter(digest__in=wanted, article__in=Article.objects.published())
    others = {}
    for digest, pk in known.exclude(article=article.pk).order_by("article_id").values_list("digest", "article_id"):
        others.setdefault(wanted[digest], pk)
    articles = Article.objects.defer("body").in_bulk(others.values())
    for number, pk in sorted(others.items()):
        other = articles[pk]
        words = _("The same paragraph stands in “%(title)s” (%(day)s).") % {"title": other, "day": other.date}
        link = (str(other), other.get_absolute_url())
        yield number, Spot("repeated_paragraph", words, ((0, len(paragraphs[number])),), Severity.WARNING, link=link)
