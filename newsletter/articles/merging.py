from django.dispatch import receiver

from orgs.signals import merging

from .models import ArticleOrganization

_ROLES = ArticleOrganization.Role
# From the strongest on.
STRENGTH = [_ROLES.CONTRIBUTOR, _ROLES.SUBJECT, _ROLES.MENTIONED]


@receiver(merging)
def move_links(moves, **kwargs):
    moves.links(ArticleOrganization, "article", roles=STRENGTH, also=["is_primary"])
