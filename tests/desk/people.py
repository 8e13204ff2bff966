"""Members of staff in the groups that `migrate` makes, each with a browser of their own."""

from django.contrib.auth.models import Group
from django.test import Client

from newsletter.desk.roles import ADMINISTRATOR, CHIEF_EDITOR, CORRESPONDENT, EDITOR
from tests import factories

# In the order of what they may do. A superuser is in no group, a reader has no account.
ROLES = (CORRESPONDENT, EDITOR, CHIEF_EDITOR, ADMINISTRATOR)


def member(group, *, writes_for=(), **values):
    """A member of staff in one group. Their admin is English: tests read the words of the code, not a translation."""
    person = factories.staff(**{"language": "en", **values})
    person.groups.add(Group.objects.get(name=group))
    person.writes_for.add(*writes_for)
    return person


def correspondent(*writes_for, **values):
    return member(CORRESPONDENT, writes_for=writes_for, **values)


def editor(**values):
    return member(EDITOR, **values)


def chief_editor(**values):
    return member(CHIEF_EDITOR, **values)


def administrator(**values):
    return member(ADMINISTRATOR, **values)


def superuser(**values):
    return factories.staff(**{"language": "en", "is_superuser": True, **values})


def browser_of(person):
    """A test client that is logged in."""
    client = Client()
    client.force_login(person)
    return client
