from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from newsletter.records.fields import LineField, LinesField
from newsletter.records.models import Record


def new_uuid():
    # The same for every unsaved publication of a site: feeds are asked for before staff have saved one.
    return uuid5(NAMESPACE_URL, settings.SITE_URL)


class Publication(Record):
    """The newsletter itself: one row that staff edit; base template, feeds and loading read it."""

    # The ids of feeds are made of it: it stays when the site moves.
    uuid = models.UUIDField(default=new_uuid, editable=False)
    masthead = LineField(_("masthead"), max_length=40, default="社会组织通讯", help_text=_("e.g. 苍南社会组织"))
    tagline = LineField(_("line under the masthead"), max_length=80, blank=True)
    description = LineField(
        _("description"),
        max_length=200,
        blank=True,
        help_text=_("One sentence for search engines and feed readers."),
    )
    locality = LineField(
        _("locality"),
        max_length=20,
        blank=True,
        help_text=_("The county that “县民政局” means, e.g. 苍南县."),
    )
    publisher = LineField(_("publisher"), max_length=80, blank=True, help_text=_("e.g. 苍南县社会组织促进会"))
    address = LineField(_("postal address"), max_length=200, blank=True)
    phone = LineField(_("phone"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    icp_number = LineField(_("ICP filing number"), max_length=60, blank=True, help_text=_("e.g. 浙ICP备12345678号"))
    police_number = LineField(
        _("public security filing number"), max_length=60, blank=True, help_text=_("e.g. 浙公网安备 33032702000001号")
    )
    note = LinesField(_("words in the footer"), blank=True, rows=2)

    class Meta:
        verbose_name = _("publication")
        verbose_name_plural = _("publication")
        constraints = [
            models.CheckConstraint(
                name="publishing_publication_is_one_row",
                condition=models.Q(pk=1),
                violation_error_message=_("There is one publication only."),
            )
        ]

    def __str__(self):
        return self.masthead

    def save(self, **kwargs):
        self.pk = 1
        super().save(**kwargs)

    @classmethod
    def current(cls):
        """The publication; an unsaved one with defaults before staff have saved it."""
        return cls.objects.first() or cls(pk=1)

    @property
    def police_digits(self):
        """The number in the public security filing, which its registry's address asks for."""
        return "".join(filter(str.isdigit, self.police_number))
