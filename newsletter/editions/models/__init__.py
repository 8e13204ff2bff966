from .edition import Edition, EditionPage
from .item import REGION, EditionItem

__all__ = ["REGION", "Edition", "EditionItem", "EditionPage"]
