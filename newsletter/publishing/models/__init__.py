from .publication import Publication
from .publishable import Publishable, PublishableQuerySet, TransitionRefused

__all__ = ["Publication", "Publishable", "PublishableQuerySet", "TransitionRefused"]
