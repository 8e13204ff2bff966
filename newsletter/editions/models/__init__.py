from .edition import Edition, EditionPage
from .item import EditionItem

__all__ = ["Edition", "EditionItem", "EditionPage"]
