from django.dispatch import receiver

from orgs.signals import merging

from .models import Participation

_ROLES = Participation.Role
# From the strongest on.
STRENGTH = [
    *(_ROLES.HOST, _ROLES.ORGANIZER, _ROLES.CO_ORGANIZER, _ROLES.SUPPORTER),
    *(_ROLES.PARTICIPANT, _ROLES.VISITOR, _ROLES.ESCORT),
]


@receiver(merging)
def move_participations(moves, **kwargs):
    moves.links(Participation, "event", roles=STRENGTH)
