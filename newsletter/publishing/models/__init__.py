from .publication import Publication
from .publishable import Publishable, PublishableQuerySet
from .review import ReviewStep
from .steps import TransitionRefused

__all__ = ["Publication", "Publishable", "PublishableQuerySet", "ReviewStep", "TransitionRefused"]
