"""By these, packages above take part in a step: `submit`, `approve`, `send_back`, `reopen`, `publish`, `unschedule` …

The final review is the step `publish`; `approve` are those before it, `reopen` is a change of an approved text.

Both come in the step's transaction with `publishable`, `step` (its name) and `by` (a user or None).
"""

from django.dispatch import Signal

# A receiver may raise TransitionRefused: then nothing changes, and the person is told why.
before_step = Signal()
# The step is saved; what a receiver writes is kept or lost with it.
after_step = Signal()
