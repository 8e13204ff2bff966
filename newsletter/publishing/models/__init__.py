from .publication import Publication
from .publishable import Publishable, PublishableQuerySet, SaveRefused, TransitionRefused

__all__ = ["Publication", "Publishable", "PublishableQuerySet", "SaveRefused", "TransitionRefused"]
