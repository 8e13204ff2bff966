from .preview import Guest, PreviewLink
from .publication import Publication
from .publishable import Publishable, PublishableQuerySet, TransitionRefused

__all__ = ["Guest", "PreviewLink", "Publication", "Publishable", "PublishableQuerySet", "TransitionRefused"]
