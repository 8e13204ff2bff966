from .article import Article, ArticleQuerySet, Section
from .attachment import Attachment
from .figure import Figure, Unit
from .links import ArticleAward, ArticleEvent, ArticleOrganization
from .photo import Photo
from .tag import Tag, TaggedArticle

__all__ = [
    "Article",
    "ArticleAward",
    "ArticleEvent",
    "ArticleOrganization",
    "ArticleQuerySet",
    "Attachment",
    "Figure",
    "Photo",
    "Section",
    "Tag",
    "TaggedArticle",
    "Unit",
]
