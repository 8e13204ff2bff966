from django.dispatch import receiver
from django.utils.translation import gettext as _

from orgs.merging import MergeRefused
from orgs.signals import merging

from .models import Award, Recipient


@receiver(merging)
def move_awards(moves, **kwargs):
    _refuse_twins(moves)
    moves.named(Award.objects.all(), "issuer")
    moves.owned(Recipient, "award", same="project")


def _refuse_twins(moves):
    """One award that both have issued cannot become one by itself: its recipients, photos and states are two."""
    theirs = Award.objects.exclude(state=Award.State.TRASHED).filter(issuer=moves.duplicate)
    ours = Award.objects.exclude(state=Award.State.TRASHED).filter(issuer=moves.into)
    twins = {*theirs.values_list("name", "year")} & {*ours.values_list("name", "year")}
    if twins:
        raise MergeRefused(
            _("Both have issued: %(awards)s. Bring the recipients together in one, put the other in the trash.")
            % {"awards": "、".join(f"{year} {name}" for name, year in sorted(twins))}
        )
