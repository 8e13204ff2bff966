from .publishable import Publishable, PublishableQuerySet, TransitionRefused
from .publication import Publication

__all__ = ["Publication", "Publishable", "PublishableQuerySet", "TransitionRefused"]
