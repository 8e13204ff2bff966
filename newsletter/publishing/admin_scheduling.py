from django.contrib.admin.widgets import AdminSplitDateTime, AdminTimeWidget
from django.db import models
from django.utils.translation import gettext_lazy as _

from newsletter.records.dates import shanghai_words


class _TimeWidget(AdminTimeWidget):
    def format_value(self, value):
        # The Chinese format has no seconds: a form that nobody changed would move the moment of publishing.
        shown = super().format_value(value)
        return f"{value:%H:%M:%S}" if getattr(value, "second", 0) else shown


class ShanghaiDateTime(AdminSplitDateTime):
    """Says beside the field whose time it is, whatever the clock of the computer says."""

    class Media:
        # After the first one, which warns of another clock in words that do not name Shanghai.
        js = ["admin/js/admin/DateTimeShortcuts.js", "admin/shanghai-time.js"]

    def __init__(self, attrs=None):
        super().__init__(attrs)
        self.widgets[1] = _TimeWidget()

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        return {**context, "time_label": _("Shanghai time (UTC+8):")}


class SchedulingMixin:
    """Moments of publishing are typed and shown as Shanghai's."""

    formfield_overrides = {models.DateTimeField: {"widget": ShanghaiDateTime}}

    def step_words(self, obj, step):
        """What was done with the object by the step, for the message after it."""
        if step == "publish" and obj.is_scheduled():
            return _("scheduled for %(moment)s") % {"moment": shanghai_words(obj.publish_at)}
        return self.STEPS[step][1]
