from pathlib import PurePath
from uuid import uuid4

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from newsletter.records.fields import LineField
from newsletter.records.models import Record

FOLDER = "imports/"


def folder_of_its_own(page_import, filename):
    # By its suffix a browser chooses what to do with it: an upload called `.html` must not become a page of ours.
    suffix = PurePath(filename).suffix.lower()
    return f"{FOLDER}{uuid4().hex}/page{suffix if suffix in {'.pdf', '.docx'} else '.txt'}"


class PageImport(Record):
    """A printed page on its way to becoming drafts: the upload, what the parser read, and what an editor makes of it.

    `result` is the parser's and never changes; `review` is the editor's version of it (see `review.py`).
    """

    # The parser's result is long, and an editor's version of it lives only until it is accepted.
    KEEPS_HISTORY = False

    class State(models.TextChoices):
        OPEN = "open", _("To be reviewed")
        ACCEPTED = "accepted", _("Accepted")

    file = models.FileField(_("file"), upload_to=folder_of_its_own, max_length=200, editable=False)
    name = LineField(_("name of the file"), max_length=200, editable=False)
    sha256 = models.CharField(max_length=64, unique=True, editable=False)
    encoding = models.CharField(max_length=10, blank=True, editable=False)
    title = LineField(_("masthead title"), max_length=40, help_text=_("e.g. 苍南社会组织"))
    number = LineField(
        _("number"), max_length=40, blank=True, help_text=_("As printed, e.g. 第6期 or 总第128期. May be empty.")
    )
    date = models.DateField(
        _("date"), help_text=_("The day of the edition: days such as “6月4日” are reckoned from it.")
    )
    page = models.PositiveSmallIntegerField(
        _("page"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(999)],
        help_text=_("Which page of the edition it is; the first one, if the file has several."),
    )
    locality = LineField(
        _("locality"), max_length=20, blank=True, help_text=_("The county that “县民政局” means, e.g. 苍南县.")
    )
    parser_version = models.PositiveIntegerField(_("version of the parser"), editable=False)
    result = models.JSONField(editable=False)
    review = models.JSONField(editable=False)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.OPEN, editable=False)
    edition = models.ForeignKey(
        "editions.Edition",
        verbose_name=_("edition"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="page_imports",
    )
    # What accepting made: [model, key, version], in the order of its making.
    created = models.JSONField(default=list, editable=False)
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True, editable=False)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("accepted by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )

    class Meta:
        verbose_name = _("page import")
        verbose_name_plural = _("page imports")
        ordering = ["-pk"]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("admin:intake_pageimport_change", args=[self.pk])

    @property
    def is_open(self):
        return self.state == self.State.OPEN

    @property
    def stored_names(self):
        """The names in the storage of the upload and of the pictures that came out of it."""
        pictures = [picture["file"] for kind in ("pages", "photos") for picture in self.result[kind]]
        return [self.file.name, *filter(None, pictures)]
