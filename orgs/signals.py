"""By this, packages above take part in a merger of two organizations."""

from django.dispatch import Signal

# Comes in the merger's transaction with `moves`, an `orgs.merging.Moves`: a receiver moves every row of its models
# that names the duplicate. A receiver may raise `orgs.merging.MergeRefused`.
merging = Signal()
