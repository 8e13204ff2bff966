from .merger import Merger, MovedRow
from .name import NameTaken, OrganizationName, name_key
from .organization import NOT_ITSELF, NOT_MERGED, FormerSlug, Organization

__all__ = [
    "NOT_ITSELF",
    "NOT_MERGED",
    "FormerSlug",
    "Merger",
    "MovedRow",
    "NameTaken",
    "Organization",
    "OrganizationName",
    "name_key",
]
