"""By these, packages above take part in a step: `submit`, `approve`, `send_back`, `reopen`, `publish`, `unschedule` …

The final review is the step `publish`; `approve` are those before it, `reopen` is a change of an approved text.

Both come in the step's transaction with `publishable`, `step` (its name) and `by` (a user or None).
"""

from django.dispatch import Signal

# A receiver may raise TransitionRefused: then nothing changes, and the person is told why.
before_step = Signal()
# The step is saved; what a receiver writes is kept or lost with it.
after_step = Signal()

# In the admin, with `request`, and those of one with `publishable`.

# Somebody pressed the button of a `step`; what was typed is saved. A receiver answers with the address of a page that
# asks something first and takes the step then, or None.
step_wanted = Signal()
# The same of several from a list, with `publishables` and `step`. A receiver answers with None, or with the name of a
# template and a context, in which `left_out` are those for which the page's one button does not take the step.
steps_wanted = Signal()
# A form is in order and will now be saved with its parts; a receiver of a model's signals may raise SaveRefused.
form_accepted = Signal()
