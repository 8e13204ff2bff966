from .preview import Guest, PreviewLink
from .publication import Publication
from .publishable import Publishable, PublishableQuerySet
from .review import ReviewStep
from .steps import TransitionRefused
from .tombstone import Tombstone

__all__ = [
    "Guest",
    "PreviewLink",
    "Publication",
    "Publishable",
    "PublishableQuerySet",
    "ReviewStep",
    "Tombstone",
    "TransitionRefused",
]
