from django.apps import AppConfig
from django.contrib.admin import apps
from django.utils.translation import gettext_lazy as _


class DeskAdminConfig(apps.AdminConfig):
    default = False
    default_site = "newsletter.desk.site.DeskSite"


class DeskConfig(AppConfig):
    name = "newsletter.desk"
    verbose_name = _("Desk")
    default = True
