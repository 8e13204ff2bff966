"""Finding an organization by any of its names, or making it: what loading and importing do with a list of them."""

from django.core.exceptions import ValidationError

from .models import Organization, OrganizationName, name_key


def organization_for(names, make):
    """The organization that bears one of `names` (the full one first), else what `make()` saves and returns.

    Names that it does not have yet are added; they come second, as a list of `OrganizationName`. Raises
    `ValidationError`, also where the names are those of two.
    """
    found = Organization.objects.filter(names__key__in=[name_key(name) for name in names]).distinct()
    if len(found) > 1:
        raise ValidationError(f"its names are those of two organizations: {'、'.join(map(str, found))}")
    organization = found[0] if found else make()
    added = []
    for name in names:
        if not organization.names.filter(key=name_key(name)).exists():
            row = OrganizationName(organization=organization, name=name, kind=_kind_of(name, names[0]))
            row.full_clean()
            row.save()
            added.append(row)
    return organization, added


def _kind_of(name, full_name):
    """Short where its characters stand in the full name in the same order, as in 社促会; else an alias."""
    letters = iter(full_name)
    is_short = all(letter in letters for letter in name)
    return OrganizationName.Kind.SHORT if is_short else OrganizationName.Kind.ALIAS
