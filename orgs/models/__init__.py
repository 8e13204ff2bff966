from .name import NameTaken, OrganizationName, name_key
from .organization import FormerSlug, Organization

__all__ = ["FormerSlug", "NameTaken", "Organization", "OrganizationName", "name_key"]
