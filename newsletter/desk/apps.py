from django.apps import AppConfig
from django.contrib.admin import apps
from django.db.models.signals import post_migrate, post_save
from django.utils.translation import gettext_lazy as _


class DeskAdminConfig(apps.AdminConfig):
    default = False
    default_site = "newsletter.desk.site.DeskSite"


class DeskConfig(AppConfig):
    name = "newsletter.desk"
    verbose_name = _("Desk")
    default = True

    def ready(self):
        from newsletter.publishing import signals

        from .findings import asking, gate
        from .roles import grant_permissions

        # Last of all apps: Django makes each app's permissions in the same signal, in the order of the apps.
        post_migrate.connect(grant_permissions, sender=self)
        gate.connect(signals, post_save)
        asking.connect(signals)
