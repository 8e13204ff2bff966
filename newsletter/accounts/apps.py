from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "newsletter.accounts"
    verbose_name = _("Accounts")

    def ready(self):
        from . import audit  # noqa: F401 (connects its receivers)
